import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

export interface IndexEntry {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly type: 'story' | 'docs';
}

/** A built Storybook on the loopback interface. */
export interface OpenStorybook {
  readonly origin: string;
  readonly entries: readonly IndexEntry[];
  close(): Promise<void>;
}

/** Builds it from source into a folder of its own, which is gone at the end. */
export async function openStorybook(): Promise<OpenStorybook> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sky-storybook-'));
  await build(folder);
  const { entries } = JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8')) as { entries: Record<string, IndexEntry> };
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)));
    void stat(file).then(
      (found) => {
        const isFile = found.isFile();
        response.writeHead(isFile ? 200 : 404, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=600' });
        if (isFile) createReadStream(file).pipe(response);
        else response.end();
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String(portOf(server))}`,
    entries: Object.values(entries),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function build(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const script = path.join(root, 'node_modules/storybook/dist/bin/dispatcher.js');
    const child = spawn(process.execPath, [script, 'build', '--disable-telemetry', '--quiet', '--output-dir', folder], { cwd: root, env: { ...process.env, CI: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`Storybook was not built (${String(code)}):\n${said}`))));
  });
}
