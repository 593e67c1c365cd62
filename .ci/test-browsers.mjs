// `npm run test:browsers`: the browser tests and the journey from end to end in Chromium, Firefox and WebKit. Names choose some
// of them: `npm run test:browsers -- firefox`. An engine that is missing is a failure.
import { engines, findBrowser } from './browsers/find-browser.mjs';
import { bin, countMocha, countWtr, runChecks } from './run-checks.mjs';

const wanted = process.argv.length > 2 ? process.argv.slice(2) : engines;
const missing = wanted.flatMap((engine) => {
  try {
    findBrowser(engine);
    return [];
  } catch (error) {
    return [error.message];
  }
});
if (missing.length > 0) {
  console.error(`${missing.join('\n')}\n\n0 passed, ${missing.length} failed`);
  process.exit(1);
}

await runChecks([
  { name: 'element', command: [process.execPath, '.ci/build-element.mjs'] },
  ...wanted.flatMap((engine) => [
    { name: `browser, ${engine}`, command: [bin('wtr')], count: countWtr, env: { BROWSERS: engine } },
    { name: `journey, ${engine}`, command: [bin('mocha'), '--config', 'examples/demo/e2e/mocharc.json', '--grep', 'the whole journey'], count: countMocha, env: { BROWSERS: engine } },
  ]),
]);
