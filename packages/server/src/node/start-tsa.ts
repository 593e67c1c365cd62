import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './config.js';
import type { Config } from './config.js';

export interface RunningTsa {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the development timestamp authority in a process of its own. It is not started again when it dies: that is an outage like any other. */
export async function startTsa({ dataDir, host, tsaPort }: Config): Promise<RunningTsa> {
  const here = fileURLToPath(import.meta.url);
  const child = fork(path.join(path.dirname(here), `tsa-main${path.extname(here)}`), {
    env: { ...process.env, DATA_DIR: dataDir, HOST: host, TSA_PORT: String(tsaPort), NODE_ENV: 'development' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await Promise.race([
    once(child, 'message').then(([message]) => (message as { port: number }).port),
    once(child, 'exit').then(() => {
      throw new StartError(`The development TSA could not start on port ${String(tsaPort)}. Choose another one: TSA_PORT=8888 npm start`);
    }),
  ]);
  return { url: `http://${host}:${String(port)}/`, pid: child.pid ?? 0, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
