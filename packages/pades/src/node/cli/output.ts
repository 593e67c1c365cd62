import { realpath } from 'node:fs/promises';
import type { Hash } from '../../hash.js';
import { nodeHash } from '../node-hash.js';
import { UsageError } from './arguments.js';

/** Where a command writes its words. */
export interface Console {
  out(text: string): void;
  /** Progress and complaints. */
  err(text: string): void;
}

/** IN stays as it is. */
export async function refuseSameFile(input: string, output: string): Promise<void> {
  const [from, to] = await Promise.all([realpath(input), realpath(output).catch(() => undefined)]);
  if (from === to) throw new UsageError('IN and OUT are the same file');
}

const BIG = 32 << 20;
const STEPS = 10;

/** A hash that says how far it has come, where the file is long enough for somebody to wonder. */
export function hashWithProgress(console: Console): Hash {
  return (algorithm, chunks, length = 0) => nodeHash(algorithm, length < BIG ? chunks : counted(chunks, length, console));
}

async function* counted(chunks: AsyncIterable<Uint8Array>, length: number, console: Console): AsyncGenerator<Uint8Array> {
  let [done, step] = [0, 0];
  for await (const chunk of chunks) {
    yield chunk;
    done += chunk.length;
    const reached = Math.min(STEPS, Math.floor((done / length) * STEPS));
    if (reached > step) console.err(`hashed ${Math.round(done / (1 << 20))} of ${Math.round(length / (1 << 20))} MB\n`);
    step = reached;
  }
}
