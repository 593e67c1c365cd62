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
await cli.main();
