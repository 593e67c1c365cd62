import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Cell } from './cell.js';
import { CONTENDERS } from './contenders.js';
import { createIdentity } from './identity.js';
import { INPUTS } from './inputs.js';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'pades-bench-'));
try {
  const identity = join(folder, 'identity.json');
  await writeFile(identity, JSON.stringify(await createIdentity()));
  const input = join(folder, 'input.pdf');
  const base = await measure(['nothing', input, identity]);
  console.log(`Node ${process.version}, ${cpus().length} cores, base ${base.peak.toFixed(0)} MB\n`);
  console.log('| input | contender | median | × T_sha | peak RSS | runs |\n|---|---|---|---|---|---|');
  for (const [name, make] of Object.entries(INPUTS)) {
    await writeFile(input, make());
    for (const contender of Object.keys(CONTENDERS)) {
      const cell = await measure([contender, input, identity]);
      console.log(`| ${name} | ${contender} | ${time(cell.median)} | ${(cell.median / cell.sha).toFixed(1)} of ${time(cell.sha)} | ${cell.peak.toFixed(0)} MB | ${cell.runs} |`);
    }
  }
} finally {
  await rm(folder, { recursive: true });
}

async function measure(args: readonly string[]): Promise<Cell> {
  const cell = fileURLToPath(new URL('cell.ts', import.meta.url));
  const { stdout } = await run(process.execPath, ['--import', 'tsx', cell, ...args]);
  return JSON.parse(stdout) as Cell;
}

function time(milliseconds: number): string {
  return `${milliseconds.toPrecision(milliseconds < 100 ? 2 : 3)} ms`;
}
