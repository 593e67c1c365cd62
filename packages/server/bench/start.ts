import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reach } from '../src/testing/remote-server.js';
import type { RemoteServer } from '../src/testing/remote-server.js';
import { origin } from '../src/testing/test-server.js';

const main = fileURLToPath(new URL('../src/node/main.ts', import.meta.url));

export interface BenchServer {
  readonly remote: RemoteServer;
  /** Bytes that the server's process holds now, and the most that it ever held. */
  memory(): Promise<{ readonly now: number; readonly most: number }>;
  stop(): Promise<void>;
}

/** A server in a process of its own, on SQLite in a folder that is new, with its timestamp authority in a third process. */
export async function startBenchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sky-sign-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  // BENCH_PROFILE: a folder for a CPU profile of the server.
  const profile = process.env['BENCH_PROFILE'];
  const child = fork(main, {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), TSA_PORT: '0', PUBLIC_URL: `${origin},${url}`, LOG_LEVEL: 'error' },
    execArgv: [...process.execArgv, ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`])],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  while (!(await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 50));
  const remote = reach(url, (await readFile(path.join(dataDir, 'development-api-key'), 'utf8')).trim());
  return {
    remote,
    async memory() {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8');
      const kilobytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) * 1024;
      return { now: kilobytes('VmRSS'), most: kilobytes('VmHWM') };
    },
    async stop() {
      await end(child);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
