import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { CONTENDERS, ENGINE, NODE, SHA, canSign } from './contenders.js';
import { printGoals, type Measured } from './goals.js';
import { createIdentity } from './identity.js';
import { INPUTS, type InputName } from './inputs.js';
import { idlePeak, race } from './race.js';

/** Which inputs each key signs; the peers that take PKCS#12 only are out of the second. */
const KEYS = { 'RSA-2048': Object.keys(INPUTS) as InputName[], 'P-256': ['100 KB scan', '1 MB, 30 objects a page'] as InputName[] } as const;

/** `npm run bench -- '100 KB scan'` for some inputs only. */
const only = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'pades-bench-'));
// Beside the packages that the cells import.
const built = fileURLToPath(new URL('../node_modules/.cache/pades-bench/', import.meta.url));
try {
  await mkdir(built, { recursive: true });
  // Without a loader of TypeScript in the processes that are measured.
  await build({ entryPoints: [fileURLToPath(new URL('cell.ts', import.meta.url))], outdir: built, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', outExtension: { '.js': '.mjs' } });
  const input = path.join(folder, 'input.pdf');
  const identity = path.join(folder, 'identity.json');
  const cell = path.join(built, 'cell.mjs');
  await writeFile(identity, JSON.stringify(await createIdentity('RSA-2048')));
  const files = { cell, input, identity };
  const idle = { node: await idlePeak(NODE, files), engine: await idlePeak(ENGINE, files) };
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, load ${load()} before; Node alone ${idle.node.toFixed(0)} MB, with our engine ${idle.engine.toFixed(0)} MB\n`);
  console.log('| key | input | contender | median | minimum | × T_sha | peak RSS | runs |\n|---|---|---|---|---|---|---|---|');
  const results = new Map<InputName, Measured>();
  for (const [keyType, inputs] of Object.entries(KEYS) as [keyof typeof KEYS, InputName[]][]) {
    await writeFile(identity, JSON.stringify(await createIdentity(keyType)));
    for (const name of inputs.filter((known) => only.length === 0 || only.includes(known))) {
      const bytes = INPUTS[name]();
      await writeFile(input, bytes);
      const cells = await race(Object.keys(CONTENDERS).filter((contender) => canSign(contender, keyType)), files);
      for (const [contender, { median, min, peak, runs }] of cells) {
        console.log(`| ${keyType} | ${name} | ${contender} | ${time(median)} | ${time(min)} | ${(median / (cells.get(SHA)?.median ?? NaN)).toFixed(1)} | ${peak.toFixed(0)} MB | ${runs} |`);
      }
      if (keyType === 'RSA-2048') results.set(name, { cells, size: bytes.length / 2 ** 20 });
    }
  }
  console.log(`\nload ${load()} after\n`);
  printGoals(results, idle);
} finally {
  await rm(folder, { recursive: true });
  await rm(built, { recursive: true, force: true });
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function time(milliseconds: number): string {
  return `${milliseconds.toPrecision(milliseconds < 100 ? 2 : 3)} ms`;
}
