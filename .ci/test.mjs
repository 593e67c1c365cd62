// `npm test`: every check, with Chromium as the browser. Names choose some of them: `npm test -- types lint`.
import os from 'node:os';
import { ensureChromium } from './ensure-chromium.mjs';
import { bin, countMocha, countWtr, runChecks } from './run-checks.mjs';

const checks = [
  { name: 'types', command: [bin('tsc'), '--noEmit'] },
  { name: 'lint', command: [bin('eslint'), '.'] },
  { name: 'node', command: [bin('mocha'), '--parallel', '--jobs', String(Math.min(os.availableParallelism(), 4))], count: countMocha },
  { name: 'browser', command: [bin('wtr')], count: countWtr },
  { name: 'stories', command: [bin('mocha'), '--config', 'stories/test/mocharc.json'], count: countMocha },
  { name: 'build', command: [bin('rollup'), '-c', '--silent'] },
  { name: 'journey', command: [bin('mocha'), '--config', 'examples/demo/e2e/mocharc.json'], count: countMocha },
];

const only = process.argv.slice(2);
let failed = 0;
try {
  process.env.CHROMIUM = await ensureChromium();
} catch (error) {
  // What needs no browser is still checked; what does, fails.
  console.error(`\n${error.message}\n`);
  failed += 1;
}
await runChecks(checks.filter(({ name }) => only.length === 0 || only.includes(name)), { failed });
