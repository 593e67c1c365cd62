// `npm run fuzz:validate -- --seed N --cases N`: changes valid files at random and looks whether the verdicts are right.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runFuzz, type Failure, type FuzzOutcome, type FuzzedFile } from '../../testing/fuzz/run-fuzz.js';
import { seedsFrom } from './seed-folder.js';

/** Milliseconds: long, since others may be busy, too. */
const HUNG = 120_000;
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '10000' },
    /** The number of the first case: to run one again, with `--cases 1`. */
    first: { type: 'string', default: '0' },
    /** A folder of files to change; made where it is absent, so that the next run changes the same. */
    files: { type: 'string' },
    /** A folder for the files whose verdict is wrong. */
    keep: { type: 'string' },
  },
});

if (process.send) await work();
else await watch();

type Message = { readonly fuzzed: FuzzedFile } | { readonly failure: Failure } | { readonly outcome: FuzzOutcome };

/** Judging runs in a process of its own: nothing else could end a verdict that does not come. */
async function watch(): Promise<void> {
  const worker = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { serialization: 'advanced' });
  let current: FuzzedFile | undefined;
  let since = performance.now();
  const watchdog = setInterval(() => {
    if (performance.now() - since < HUNG || !current) return;
    keep(current);
    console.error('no verdict comes');
    worker.kill('SIGKILL');
  }, 1000);
  let outcome: FuzzOutcome | undefined;
  worker.on('message', (message: Message) => {
    since = performance.now();
    if ('fuzzed' in message) current = message.fuzzed;
    else if ('failure' in message) tell(message.failure);
    else ({ outcome } = message);
  });
  await new Promise((resolve) => worker.once('exit', resolve));
  clearInterval(watchdog);
  process.exitCode = outcome && outcome.failures.length === 0 ? 0 : 1;
  if (outcome) report(outcome);
  else console.log(current ? `ended at case ${current.index}, ${current.mutation} (${current.base})` : 'ended before the first case');
}

async function work(): Promise<void> {
  const seeds = await seedsFrom(values.files);
  const outcome = await runFuzz(seeds, {
    seed: Number(values.seed),
    first: Number(values.first),
    cases: Number(values.cases),
    onCase: (fuzzed) => void process.send?.({ fuzzed } satisfies Message),
    onFailure: (failure) => void process.send?.({ failure } satisfies Message),
  });
  process.send?.({ outcome } satisfies Message, () => process.disconnect());
}

function report({ made, failures, slowest }: FuzzOutcome): void {
  for (const [mutation, count] of made) console.log(`${String(count).padStart(6)} ${mutation}`);
  const judged = [...made.values()].reduce((sum, count) => sum + count, 0);
  console.log(`seed ${values.seed}: ${judged} cases in ${Math.round((performance.now()) / 1000)} s, ${failures.length} wrong; the slowest took ${Math.round(slowest.time)} ms (case ${slowest.index}, ${slowest.mutation})`);
}

function tell(failure: Failure): void {
  keep(failure);
  console.log(`case ${failure.index}, ${failure.mutation} (${failure.base}): ${failure.why}`);
}

function keep({ index, bytes }: FuzzedFile): void {
  if (values.keep === undefined) return;
  mkdirSync(values.keep, { recursive: true });
  writeFileSync(path.join(values.keep, `${values.seed}-${index}.pdf`), bytes);
}
