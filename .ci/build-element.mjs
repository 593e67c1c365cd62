// Builds the element's own files for a web server (packages/widget/dist/cdn).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rollup = path.join(root, 'node_modules/rollup/dist/bin/rollup');
const { status } = spawnSync(process.execPath, [rollup, '-c', '--silent'], { cwd: root, stdio: 'inherit', env: { ...process.env, SKY_BUILD: 'cdn' } });
process.exitCode = status ?? 1;
