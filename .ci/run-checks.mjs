import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The path of a tool that the project has installed. */
export const bin = (name) => path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/**
 * Runs checks (`{name, command, count?, env?}`) in turn, counts what their tests say, and ends in one line `N passed, N failed`.
 * Each prints its own report; `count` reads from it how many tests passed and failed. `failed` is what failed before.
 */
export async function runChecks(checks, { failed = 0 } = {}) {
  let passed = 0;
  for (const check of checks) {
    const started = Date.now();
    const { code, output } = await run(check);
    const counted = check.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
    passed += counted.passed;
    failed += counted.failed;
    // A runner that ends badly without naming a failed test, or that ran nothing, is a failure too.
    if ((code !== 0 && counted.failed === 0) || (code === 0 && counted.passed === 0)) failed += 1;
    console.log(`\n[${check.name}] ${code === 0 ? 'ok' : 'failed'}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function run({ command: [command, ...args], env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
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

export function countMocha(output) {
  return { passed: Number(/^\s*(\d+) passing/mu.exec(output)?.[1] ?? 0), failed: Number(/^\s*(\d+) failing/mu.exec(output)?.[1] ?? 0) };
}

export function countWtr(output) {
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, '');
  const last = (pattern) => Number([...plain.matchAll(pattern)].at(-1)?.[1] ?? 0);
  return { passed: last(/(\d+) passed/gu), failed: last(/(\d+) failed/gu) };
}
