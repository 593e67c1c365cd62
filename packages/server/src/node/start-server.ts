import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeHash } from '@sky-sign/pades/node';
import { Hono } from 'hono';
import { pino } from 'pino';
import { answerError, createApp } from '../app.js';
import { createApiKey } from '../auth/api-key.js';
import { startWorker } from '../outbox/worker.js';
import type { Worker } from '../outbox/worker.js';
import type { Services } from '../services.js';
import type { Store } from '../store/store.js';
import { clientAddressBehind } from './client-address.js';
import { createClamd } from './clamd.js';
import { readConfig } from './config.js';
import type { Config } from './config.js';
import { createHeavyPool } from './heavy-pool.js';
import { japaneseFont } from './japanese-font.js';
import { listen } from './listen.js';
import { createNetwork, readTsa } from './network.js';
import { openData } from './open-data.js';
import { openTrust } from './open-trust.js';
import { pageRoutes } from './page-routes.js';
import { readText } from './read-text.js';
import { errorForLog, requestLog } from './request-log.js';
import { createSmtp } from './smtp.js';

export interface ServerOptions {
  /** Instead of `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folders that are served under `/assets/`, the first that has a file wins; the element's `sky-sign.js` lies there. */
  readonly assets?: readonly string[];
  /** Adds routes of one's own; they come before the server's, so `/` is free to take. */
  readonly routes?: (app: Hono, services: Services) => void;
  /** Stops on SIGINT and SIGTERM, which is what a program wants and a test does not. */
  readonly signals?: boolean;
}

export interface RunningServer {
  /** The first public address. */
  readonly url: string;
  readonly port: number;
  readonly config: Config;
  readonly services: Services;
  /** In development: an API key that may be printed, and what was made up. */
  readonly development: { readonly apiKey: string; readonly rootPem: string; readonly tsa: string; readonly tsaPid: number; readonly firstStart: boolean } | undefined;
  stop(): Promise<void>;
}

/** Starts the reference server in Node: database, keys, timestamp authority, worker, HTTP. Rejects with a `StartError` that says what to do. */
export async function startServer({ env = process.env, assets, routes, signals = false }: ServerOptions = {}): Promise<RunningServer> {
  const config = readConfig(env);
  const log = pino({ level: config.logLevel, redact: ['req.headers', '*.token', '*.accessCode'], serializers: { err: errorForLog } });
  const { crypto, store, keys } = await openData(config);
  const closing: (() => Promise<void>)[] = [() => store.close()];
  try {
    await releaseLeases(store);
    const trust = await openTrust(crypto, config, log);
    if (trust.tsa) closing.unshift(trust.tsa.stop);
    const smtp = config.smtp && createSmtp(config.smtp);
    if (smtp) closing.unshift(() => Promise.resolve(smtp.close()));
    const writeLog: Services['log'] = ({ level, event, error, ...details }) => log[level]({ ...details, ...(error !== undefined && { err: error }) }, event);
    const heavy = createHeavyPool({ threads: config.threads, log: writeLog });
    closing.unshift(heavy.close);
    let worker: Worker | undefined;
    const services: Services = {
      crypto,
      store,
      keys,
      hash: nodeHash,
      now: Date.now,
      publicOrigins: config.publicOrigins,
      signer: trust.signer,
      anchors: trust.anchors,
      ...createNetwork({ tsaUrl: trust.tsaUrl, egressAllow: config.egressAllow, authority: trust.tsa?.url }),
      ...(smtp && { deliver: smtp.deliver }),
      heavy,
      readText,
      ...(config.clamd !== undefined && { scan: createClamd({ address: config.clamd }) }),
      font: japaneseFont(),
      limits: config.limits,
      patienceMs: 5_000,
      leaseMs: 60_000,
      log: writeLog,
      clientAddress: clientAddressBehind(config.trustedProxies),
      wake: () => worker?.wake(),
    };
    const app = new Hono();
    app.onError(answerError(services));
    app.use(requestLog(log));
    // Alive; and able to work: the database answers and the worker runs.
    app.get('/healthz', (c) => c.json({ status: 'ok' }));
    app.get('/readyz', async (c) => {
      const ready = worker !== undefined && (await store.tables.keys.find({}).then((rows) => rows.length > 0, () => false));
      return c.json({ status: ready ? 'ready' : 'not_ready' }, ready ? 200 : 503);
    });
    routes?.(app, services);
    app.route('/', pageRoutes(services, { assets: assets ?? config.assets, outbox: !config.production }));
    app.route('/', createApp(services));

    const port = await listen(app, config, closing);
    worker = startWorker(services);
    closing.unshift(worker.stop);
    const development = config.production ? undefined : { ...(await developmentKey(services, config)), rootPem: trust.rootPem, tsa: readTsa(trust.tsaUrl).url, tsaPid: trust.tsa?.pid ?? 0 };
    const running: RunningServer = { url: config.publicOrigins[0], port, config, services, development, stop: () => closeAll(closing) };
    if (signals) stopOnSignals(running);
    return running;
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

/** The embedded database has one process, so leases that are left over belong to a dead one. */
async function releaseLeases({ tables }: Store): Promise<void> {
  await tables.outbox.update({ doneAt: null }, { leaseUntil: 0, dueAt: 0 });
  await tables.envelopes.update({}, { leaseUntil: 0 });
}

/** The development API key stays readable in the data folder; the database has only its hash. */
async function developmentKey(services: Services, { dataDir }: Config): Promise<{ apiKey: string; firstStart: boolean }> {
  const file = path.join(dataDir, 'development-api-key');
  const held = await readFile(file, 'utf8').catch(() => undefined);
  if (held !== undefined) return { apiKey: held.trim(), firstStart: false };
  const apiKey = await createApiKey(services, 'development');
  await writeFile(file, `${apiKey}\n`, { mode: 0o600 });
  return { apiKey, firstStart: true };
}

async function closeAll(closing: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closing) await close();
}

function stopOnSignals({ stop }: RunningServer): void {
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
