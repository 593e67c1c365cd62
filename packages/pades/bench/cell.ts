import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CONTENDERS, type ContenderName } from './contenders.js';
import type { BenchIdentity } from './identity.js';

/** One cell of the table, in a process of its own: milliseconds when warm, and megabytes after the first signature. */
export interface Cell {
  readonly median: number;
  readonly sha: number;
  readonly peak: number;
  readonly runs: number;
}

/** Milliseconds of signing before the clock counts; at least one run. */
const WARM_UP = 800;
const RUNS = 9;
/** Cells that take longer than this, in milliseconds, run fewer times. */
const SLOW = 3000;
const SLOW_RUNS = 3;
const STATUS = '/proc/self/status';

const [name, path = '', identityPath = ''] = process.argv.slice(2);
const identity = JSON.parse(await readFile(identityPath, 'utf8')) as BenchIdentity;
process.stdout.write(JSON.stringify(name === 'nothing' ? await base() : await measure()));

async function measure(): Promise<Cell> {
  const sign = await CONTENDERS[name as ContenderName](path, identity);
  let last = await timed(sign);
  const peak = peakMegabytes();
  for (let spent = 0; spent < WARM_UP; spent += last) last = await timed(sign);
  const runs = last > SLOW ? SLOW_RUNS : RUNS;
  const median = await medianOf(runs, sign);
  const output = await sign();
  const input = await readFile(path);
  const sha = await medianOf(RUNS, async () => createHash('sha256').update(input).digest());
  check(output.length === 1 && name === 'ours, from the file' ? [input, ...output] : output);
  return { median, sha, peak, runs };
}

/** The process with our engine and without an input. */
async function base(): Promise<Cell> {
  await import('../src/index.js');
  return { median: 0, sha: 0, peak: peakMegabytes(), runs: 0 };
}

async function medianOf(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await timed(work));
  return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** On Linux `maxRSS` begins at what the parent had when it forked; `VmHWM` is the process's own. */
function peakMegabytes(): number {
  const own = existsSync(STATUS) ? /VmHWM:\s+(\d+) kB/u.exec(readFileSync(STATUS, 'utf8'))?.[1] : undefined;
  return Number(own ?? process.resourceUsage().maxRSS) / 1024;
}

/** Nobody is fast by leaving something out: the ranges reach the end of the file, and the CMS between them carries their digest. */
function check(parts: readonly Uint8Array[]): void {
  const file = Buffer.concat(parts);
  const at = file.lastIndexOf('/ByteRange');
  const [, start, length, next, rest] = /^\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/u.exec(file.toString('latin1', at, at + 100))?.map(Number) ?? [];
  if (start !== 0 || length === undefined || next === undefined || rest === undefined || next + rest !== file.length) throw new Error(`${name} does not cover the file`);
  const digest = createHash('sha256').update(file.subarray(0, length)).update(file.subarray(next)).digest();
  if (!Buffer.from(file.toString('latin1', length + 1, next - 1), 'hex').includes(digest)) throw new Error(`${name} signs another digest`);
}
