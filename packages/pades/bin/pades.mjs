#!/usr/bin/env node
import process from 'node:process';

let cli;
try {
  cli = await import('../dist/node/cli/run-cli.js');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('pades: the package is not built yet; run "npm run build" in the repository first');
  process.exit(2);
}
process.exitCode = await cli.runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
