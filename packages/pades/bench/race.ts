import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Order } from './cell.js';
import { PARSE_AND_WRITE, SHA, type ENGINE, type NODE } from './contenders.js';
import { checkOutput } from './check-output.js';

export interface Result {
  readonly median: number;
  readonly min: number;
  /** Megabytes of a fresh process after one signature. */
  readonly peak: number;
  readonly runs: number;
}

/** Milliseconds of signing before the clock counts; at least one run. */
const WARM_UP = 800;
const ROUNDS = 15;
/** Who takes longer than this, in milliseconds, takes part in fewer rounds. */
const SLOW = 1500;
const SLOW_ROUNDS = 3;

export interface Race {
  /** The bundled `cell.ts`. */
  readonly cell: string;
  readonly input: string;
  readonly identity: string;
}

/** All contenders with one input, in turn, round by round, so that whatever else the machine does hits them alike. */
export async function race(contenders: readonly string[], { cell, input, identity }: Race): Promise<Map<string, Result>> {
  const runners: Runner[] = [];
  for (const name of contenders) runners.push(await start(name, fork(cell, [name, input, identity], { execArgv: [] }), `${input}.checked`));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { times, rounds, tell } of runners) if (round < rounds) times.push(await tell({ kind: 'sign' }));
  }
  return new Map(runners.map(({ name, times, peak, process: child }) => {
    child.disconnect();
    times.sort((a, b) => a - b);
    return [name, { median: times[times.length >> 1] ?? NaN, min: times[0] ?? NaN, peak, runs: times.length }];
  }));
}

interface Runner {
  readonly name: string;
  readonly process: ChildProcess;
  readonly peak: number;
  readonly rounds: number;
  readonly times: number[];
  tell(order: Order): Promise<number>;
}

async function start(name: string, child: ChildProcess, output: string): Promise<Runner> {
  child.once('exit', (code) => {
    if (code) throw new Error(`${name} ended with ${code}`);
  });
  await once(child, 'message');
  const tell = async (order: Order) => {
    child.send(order);
    const [answer] = (await once(child, 'message')) as [number];
    return answer;
  };
  let last = await tell({ kind: 'sign' });
  const peak = await tell({ kind: 'peak' });
  if (name !== SHA && name !== PARSE_AND_WRITE) {
    await tell({ kind: 'save', path: output });
    checkOutput(output);
    for (const end of ['', '.cms', '.content']) await rm(`${output}${end}`);
  }
  for (let spent = 0; spent < WARM_UP; spent += last) last = await tell({ kind: 'sign' });
  return { name, process: child, peak, rounds: last > SLOW ? SLOW_ROUNDS : ROUNDS, times: [], tell };
}

/** Megabytes of a process that signs nothing. */
export async function idlePeak(what: typeof NODE | typeof ENGINE, { cell, input, identity }: Race): Promise<number> {
  const child = fork(cell, [what, input, identity], { execArgv: [] });
  await once(child, 'message');
  child.send({ kind: 'peak' } satisfies Order);
  const [peak] = (await once(child, 'message')) as [number];
  child.disconnect();
  return peak;
}
