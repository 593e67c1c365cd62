// Runs every check in turn, counts what their tests say, and ends in one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './ensure-chromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (name) => path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/** Each check prints its own report; `count` reads how many tests passed and failed from it. */
const checks = [
  { name: 'types', command: [bin('tsc'), '--noEmit'] },
  { name: 'lint', command: [bin('eslint'), '.'] },
  { name: 'node', command: [bin('mocha')], count: countMocha },
  { name: 'browser', command: [bin('wtr')], count: countWtr },
  { name: 'build', command: [bin('rollup'), '-c', '--silent'] },
  { name: 'journey', command: [bin('mocha'), '--config', 'examples/demo/e2e/mocharc.json'], count: countMocha },
];

const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  process.env.CHROMIUM = await ensureChromium();
} catch (error) {
  // What needs no browser is still checked; what does, fails.
  console.error(`\n${error.message}\n`);
  failed += 1;
}
for (const check of checks) {
  if (only.length > 0 && !only.includes(check.name)) continue;
  const started = Date.now();
  const { code, output } = await run(check.command);
  const counted = check.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  passed += counted.passed;
  failed += counted.failed;
  // A runner that ends badly without naming a failed test, or that ran nothing, is a failure too.
  if ((code !== 0 && counted.failed === 0) || (code === 0 && counted.passed === 0)) failed += 1;
  console.log(`\n[${check.name}] ${code === 0 ? 'ok' : 'failed'}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve({ code: 1, output });
    });
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function countMocha(output) {
  return { passed: Number(/^\s*(\d+) passing/mu.exec(output)?.[1] ?? 0), failed: Number(/^\s*(\d+) failing/mu.exec(output)?.[1] ?? 0) };
}

function countWtr(output) {
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, '');
  const last = (pattern) => Number([...plain.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { passed: last(/(\d+) passed/gu), failed: last(/(\d+) failed/gu) };
}
