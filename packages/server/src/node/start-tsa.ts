import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from './config.js';
import { entryFile, extension } from './entry-file.js';

export interface RunningTsa {
  readonly url: string;
  /** 0 where the port was taken, and what holds it is asked instead. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** How long a child may take to end by itself. */
const patienceMs = 2_000;
/** How often a taken port is tried again. */
const againMs = 3_000;

/**
 * Starts the development timestamp authority in a process of its own. It is not started again when it dies: that is an
 * outage like any other. Where its port is taken, by one that was started by hand or is about to end, that one is used
 * until the port is free.
 */
export async function startTsa(config: Config): Promise<RunningTsa> {
  const { host, tsaPort } = config;
  let child = launch(config);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const port = await listening(child);
  const tryAgain = (): void => {
    child = launch(config);
    void listening(child).then((free) => (free === undefined ? later() : undefined));
  };
  const later = (): void => {
    if (!stopped) timer = setTimeout(tryAgain, againMs);
  };
  if (port === undefined) later();
  return {
    url: `http://${host}:${String(port ?? tsaPort)}/`,
    pid: port === undefined ? 0 : (child.pid ?? 0),
    stop() {
      stopped = true;
      clearTimeout(timer);
      return end(child);
    },
  };
}

function launch({ dataDir, host, tsaPort }: Config): ChildProcess {
  return fork(entryFile(`tsa-main${extension}`), {
    env: { ...process.env, DATA_DIR: dataDir, HOST: host, TSA_PORT: String(tsaPort), NODE_ENV: 'development' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Its port, or `undefined` where it ended before it had one. */
function listening(child: ChildProcess): Promise<number | undefined> {
  return Promise.race([once(child, 'message').then(([message]) => (message as { port: number }).port), once(child, 'exit').then(() => undefined)]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}
