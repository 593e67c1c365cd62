import { randomUUID } from 'node:crypto';
import { chmod, constants, copyFile, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ByteSource } from '../byte-source.js';
import { fileSource } from './file-source.js';
import { whileUnfinished } from './unfinished.js';

export interface Files {
  readonly input: string;
  readonly output: string;
}

/**
 * The input and what `append` makes of it as the output, which appears whole or not at all; the same path twice replaces the file.
 * What is read is the copy already, so that nobody changes it between hashing and writing.
 */
export async function appendToCopy<T extends { readonly delta: Uint8Array }>({ input, output }: Files, append: (source: ByteSource) => Promise<T>): Promise<T> {
  const partial = `${output}.${randomUUID()}.partial`;
  return whileUnfinished(partial, async () => {
    try {
      const { mode } = await stat(input);
      await copyFile(input, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      // The input may be read-only, and what is not finished is nobody else's.
      await chmod(partial, 0o600);
      const result = await appendTo(partial, append, mode);
      await rename(partial, output);
      await flushFolder(path.dirname(output));
      return result;
    } finally {
      await rm(partial, { force: true });
    }
  });
}

async function appendTo<T extends { readonly delta: Uint8Array }>(file: string, append: (source: ByteSource) => Promise<T>, mode: number): Promise<T> {
  const handle = await open(file, 'r+');
  try {
    const source = await fileSource(handle);
    const result = await append(source);
    for (let written = 0; written < result.delta.length; ) {
      written += (await handle.write(result.delta, written, result.delta.length - written, source.length + written)).bytesWritten;
    }
    await handle.chmod(mode & 0o777);
    await handle.sync();
    return result;
  } finally {
    await handle.close();
  }
}

/** So that the new name outlives a power failure; where folders cannot be opened (Windows) the system takes care of it. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
