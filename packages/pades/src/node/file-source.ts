import { open, type FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../byte-source.js';

/** A file as a `ByteSource`. A path is opened and stays open until `close`; a handle stays the caller's. */
export async function fileSource(file: string | FileHandle): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = typeof file === 'string' ? await open(file, 'r') : file;
  const { size } = await handle.stat();
  return {
    length: size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(bytes, filled, wanted - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    async close() {
      if (typeof file === 'string') await handle.close();
    },
  };
}
