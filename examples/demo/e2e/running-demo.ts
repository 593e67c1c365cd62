import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The demo as `npm start` runs it, on free ports and on a data folder of its own. */
export interface RunningDemo {
  readonly url: string;
  readonly dataDir: string;
  readonly port: number;
  readonly tsaPort: number;
  /** Everything that it printed so far. */
  log(): string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const started = new Set<ChildProcess>();
process.on('exit', () => started.forEach((child) => child.kill('SIGKILL')));

/** Starts the demo; the same `dataDir` and ports start it again where it was. */
export async function runDemo(again?: Pick<RunningDemo, 'dataDir' | 'port' | 'tsaPort'>, env: Record<string, string> = {}): Promise<RunningDemo> {
  const dataDir = again?.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'sky-sign-demo-')));
  const port = again?.port ?? (await freePort());
  const tsaPort = again?.tsaPort ?? (await freePort());
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/demo/start.ts'], {
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port), TSA_PORT: String(tsaPort), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(() => started.delete(child));
  const url = `http://localhost:${port}`;
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`The demo ended:\n${output}`);
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok && output.includes('/outbox');
  });
  return {
    url,
    dataDir,
    port,
    tsaPort,
    log: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

/** Stops the demo and removes what it kept. */
export async function endDemo(demo: RunningDemo): Promise<void> {
  await demo.stop();
  await rm(demo.dataDir, { recursive: true, force: true });
}

/** Calls `check` until it answers true; lets a refused connection pass, everything else through. */
export async function waitFor(check: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      if (await check()) return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (Date.now() > end) throw new Error(`Nothing after ${seconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
