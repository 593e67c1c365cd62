import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readChunks } from '@sky-sign/pades';
import { concat } from '../bytes.js';
import { ServerError } from '../problem.js';
import type { PageText } from '../sender/find-anchor.js';
import type { Services } from '../services.js';

const timeoutMs = 30_000;
const memoryMb = 512;

/** PDF.js in a thread of its own with limits: the document is somebody's, and is read once, when an envelope is made. */
export const readText: NonNullable<Services['readText']> = async (source) => {
  const parts: Uint8Array[] = [];
  for await (const part of readChunks(source, 0, source.length)) parts.push(part);
  const bytes = concat(...parts);
  const worker = startThread();
  try {
    return await new Promise<readonly PageText[]>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('Reading took too long.')), timeoutMs);
      timer.unref();
      worker.once('message', (pages: readonly PageText[]) => resolve(pages));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended.')));
      worker.postMessage(bytes, [bytes.buffer]);
    });
  } catch (cause) {
    throw new ServerError('anchor_not_found', 'The text of the document cannot be read: give page and rect.', { cause });
  } finally {
    await worker.terminate();
  }
};

function startThread(): Worker {
  const here = fileURLToPath(import.meta.url);
  const options = { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 }, execArgv: [], env: {} };
  // From source, a thread has to be told first how TypeScript is read. Built, everything lies in one folder of chunks.
  if (path.extname(here) !== '.ts') return new Worker(new URL('text-worker.js', nodeFolder()), options);
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/cjs$/u, 'mjs')).href;
  const file = pathToFileURL(path.join(path.dirname(here), 'text-worker.ts'));
  return new Worker(`import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`, { ...options, eval: true });
}

/** `dist/node/`, from there itself or from `dist/chunks/`. */
function nodeFolder(): URL {
  return new URL('../node/', import.meta.url);
}
