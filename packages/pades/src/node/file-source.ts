import { open, type FileHandle } from 'node:fs/promises';
import type { ByteSource } from '../byte-source.js';

/** Objects are small and lie together: a block is read once for all of them. */
const BLOCK = 32 << 10;
const KEPT_BLOCKS = 8;
const CHUNK = 1 << 20;

/** A file as a `ByteSource`. A path is opened and stays open until `close`; a handle stays the caller's. */
export async function fileSource(file: string | FileHandle): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = typeof file === 'string' ? await open(file, 'r') : file;
  const { size } = await handle.stat();
  const blocks = new Map<number, Promise<Uint8Array>>();

  async function readAt(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    return bytes.subarray(0, await fill(handle, bytes, offset));
  }

  function readBlock(number: number): Promise<Uint8Array> {
    const kept = blocks.get(number);
    if (kept) return kept;
    const fresh = readAt(number * BLOCK, BLOCK);
    blocks.set(number, fresh);
    fresh.catch(() => blocks.delete(number));
    const [oldest] = blocks.keys();
    if (blocks.size > KEPT_BLOCKS && oldest !== undefined) blocks.delete(oldest);
    return fresh;
  }

  return {
    length: size,
    async read(offset, length) {
      const number = Math.floor(offset / BLOCK);
      const from = offset - number * BLOCK;
      return from + length <= BLOCK ? (await readBlock(number)).subarray(from, from + length) : readAt(offset, length);
    },
    pass: (from, to) => readAhead(handle, from, to),
    async close() {
      if (typeof file === 'string') await handle.close();
    },
  };
}

/** Two buffers in turn: one is read into while the other is looked at. */
async function* readAhead(handle: FileHandle, from: number, to: number): AsyncGenerator<Uint8Array> {
  const both = new Uint8Array(CHUNK * 2);
  const start = async (at: number, turn: number) => {
    const bytes = both.subarray(turn * CHUNK, turn * CHUNK + Math.max(0, Math.min(CHUNK, to - at)));
    return bytes.subarray(0, await fill(handle, bytes, at));
  };
  let ahead = start(from, 0);
  try {
    for (let [at, turn] = [from, 1]; at < to; turn = 1 - turn) {
      const chunk = await ahead;
      if (chunk.length === 0) throw new RangeError(`the file ended at ${at} of ${to} bytes`);
      at += chunk.length;
      ahead = start(at, turn);
      yield chunk;
    }
  } finally {
    // Whoever stops early may close the file at once.
    await ahead.catch(() => undefined);
  }
}

/** Fills the bytes from a place in the file, and says how far it reached. */
async function fill(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
