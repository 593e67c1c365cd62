// Runs every check in turn and ends in one line `N passed, N failed`.
const checks = [];
let failed = 0;
for (const check of checks) {
  if (!(await check())) failed += 1;
}
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
