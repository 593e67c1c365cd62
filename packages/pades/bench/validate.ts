// Validation against SHA-256 over the same bytes in the same run; beside another validator, where BESIDE names a command that
// takes a file and a root certificate.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { bytesSource } from '../src/byte-source.js';
import { joinBytes } from '../src/hash.js';
import { nodeHash } from '../src/node/node-hash.js';
import { preparePdf } from '../src/form/prepare-pdf.js';
import { augmented, createWorld, signIn, type World } from '../src/testing/long-term.js';
import { validatePdf } from '../src/validate/validate-pdf.js';
import { INPUTS, type InputName } from './inputs.js';

const SIGNERS = 3;
const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);
const inputs: readonly InputName[] = ['100 KB scan', '1 MB, 30 objects a page', '10 MB scan', '10 MB object-dense', '100 MB scan'];

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${RUNS} runs, medians; ${SIGNERS} signers, B-LT after each, B-LTA at the end\n`);
console.log('| file | T_sha | validate | over the goal of (signatures + timestamps) × 1.5 × T_sha + 40 ms | beside, as a command |\n|---|---|---|---|---|');
const world = await createWorld();
const validate = (bytes: Uint8Array) => validatePdf(bytesSource(bytes), { anchors: [world.pki.root.certificate], hash: nodeHash, crypto: globalThis.crypto });
const folder = await mkdtemp(path.join(tmpdir(), 'pades-validate-'));
try {
  for (const name of inputs) {
    const bytes = await signedBySeveral(world, INPUTS[name]());
    const sha = await median(async () => void (await nodeHash('SHA-256', whole(bytes))));
    let report = await validate(bytes);
    const own = await median(async () => void (report = await validate(bytes)));
    if (!report.ok || report.signatures.length !== SIGNERS + 1) throw new Error(`${name}: ${JSON.stringify(report.signatures.map(({ field, problems }) => [field, problems]))}`);
    const tokens = SIGNERS * 2 + 1;
    const goal = tokens * 1.5 * sha + 40;
    console.log(`| ${name} | ${sha.toFixed(1)} ms | ${own.toFixed(0)} ms | ${(own / goal).toFixed(2)} × (${goal.toFixed(0)} ms) | ${await beside(bytes)} |`);
  }
} finally {
  await rm(folder, { recursive: true });
}

async function signedBySeveral(authority: World, base: Uint8Array): Promise<Uint8Array> {
  const fields = Array.from({ length: SIGNERS }, (_, i) => ({ kind: 'signature', name: `seal${i + 1}`, page: 1, rect: [50 + i * 60, 50, 100 + i * 60, 100] }) as const);
  let bytes = joinBytes([base, await preparePdf(bytesSource(base), { fields })]);
  for (const [i, { name }] of fields.entries()) {
    bytes = await signIn(authority, bytes, { field: name });
    bytes = await augmented(authority, bytes, { level: i === SIGNERS - 1 ? 'B-LTA' : 'B-LT' });
  }
  return bytes;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function median(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
}

/** One run of another validator over the same file, its start included. */
async function beside(bytes: Uint8Array): Promise<string> {
  const [command, ...args] = (process.env['BESIDE'] ?? '').split(' ');
  if (!command) return '–';
  const [file, root] = [path.join(folder, 'signed.pdf'), path.join(folder, 'root.pem')];
  await writeFile(file, bytes);
  await writeFile(root, world.pki.root.certificatePem());
  const start = performance.now();
  const { status, stderr } = spawnSync(command, [...args, file, root], { encoding: 'utf8' });
  const spent = performance.now() - start;
  return status === 0 ? `${spent.toFixed(0)} ms` : `failed: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}
