#!/usr/bin/env node
import process from 'node:process';

try {
  await import('../dist/node/main.js');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('sky-sign-server: the package is not built yet; run "npm run build" in the repository first');
  process.exitCode = 2;
}
