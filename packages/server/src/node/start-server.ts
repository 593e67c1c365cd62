import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Crypto } from '@peculiar/webcrypto';
import { nodeHash } from '@sky-sign/pades/node';
import { Hono } from 'hono';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createApp } from '../app.js';
import { createApiKey } from '../auth/api-key.js';
import { importMasterKey, openKeyRing } from '../keys/key-ring.js';
import { startWorker } from '../outbox/worker.js';
import type { Worker } from '../outbox/worker.js';
import type { Services } from '../services.js';
import type { Store } from '../store/store.js';
import { clientAddressBehind } from './client-address.js';
import { readConfig, StartError } from './config.js';
import type { Config } from './config.js';
import { openDevelopmentPki } from './development-pki.js';
import { createNetwork, readTsa } from './network.js';
import { openSqlite } from './open-sqlite.js';
import { readOperator } from './operator-key.js';
import { pageRoutes } from './page-routes.js';
import { requestLog } from './request-log.js';
import { createSmtp } from './smtp.js';
import { startTsa } from './start-tsa.js';
import type { RunningTsa } from './start-tsa.js';

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
export async function startServer({ env = process.env, assets = [], routes, signals = false }: ServerOptions = {}): Promise<RunningServer> {
  const config = readConfig(env);
  const log = pino({ level: config.logLevel, redact: ['req.headers', '*.token', '*.accessCode'] });
  const crypto = new Crypto() as unknown as globalThis.Crypto;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openSqlite(path.join(config.dataDir, 'sky-sign.sqlite'));
  await releaseLeases(store);
  const closing: (() => Promise<void>)[] = [() => store.close()];
  try {
    const masterKey = await importMasterKey(crypto, await readMasterKey(crypto, config));
    const keys = await openKeyRing({ crypto, store, masterKey });
    const trust = await openTrust(crypto, config, log);
    if (trust.tsa) closing.unshift(trust.tsa.stop);
    const smtp = config.smtp && createSmtp(config.smtp);
    if (smtp) closing.unshift(() => Promise.resolve(smtp.close()));
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
      font: japaneseFont(),
      limits: config.limits,
      patienceMs: 5_000,
      leaseMs: 60_000,
      log: ({ level, event, error, ...details }) => log[level]({ ...details, ...(error !== undefined && { err: error }) }, event),
      clientAddress: clientAddressBehind(config.trustedProxies),
      wake: () => worker?.wake(),
    };
    const app = new Hono();
    app.use(requestLog(log));
    app.get('/healthz', async (c) => c.json({ status: 'ok', keys: (await store.tables.keys.find({})).length }));
    routes?.(app, services);
    app.route('/', pageRoutes(services, { assets, outbox: !config.production }));
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

async function readMasterKey(crypto: globalThis.Crypto, { masterKey, dataDir }: Config): Promise<Uint8Array> {
  if (masterKey !== undefined) return Uint8Array.from(Buffer.from(masterKey, 'base64'));
  const file = path.join(dataDir, 'development-master-key');
  const held = await readFile(file, 'utf8').catch(() => undefined);
  if (held !== undefined) return Uint8Array.from(Buffer.from(held, 'base64'));
  const made = crypto.getRandomValues(new Uint8Array(32));
  await writeFile(file, Buffer.from(made).toString('base64'), { mode: 0o600 });
  return made;
}

interface Trust extends Pick<Services, 'signer' | 'anchors'> {
  readonly tsaUrl: string;
  /** The development authority. */
  readonly tsa: RunningTsa | undefined;
  /** Path of the development root; empty where the operator brought their own. */
  readonly rootPem: string;
}

async function openTrust(crypto: globalThis.Crypto, config: Config, log: Logger): Promise<Trust> {
  if (config.operator && config.tsaUrl !== undefined) {
    return { ...(await readOperator(crypto, config.operator)), tsaUrl: config.tsaUrl, tsa: undefined, rootPem: '' };
  }
  const folder = path.join(config.dataDir, 'pki');
  const { pki, made } = await openDevelopmentPki(crypto, folder);
  log.warn({ pki: made ? 'made' : 'opened' }, 'DEVELOPMENT keys: signatures made here are worth nothing outside');
  const own = config.operator ? await readOperator(crypto, config.operator) : undefined;
  const tsa = await startTsa(config);
  if (tsa.pid === 0) log.warn({ tsa: tsa.url }, 'the port of the development TSA is taken: what listens there is asked for timestamps');
  return {
    signer: own?.signer ?? { crypto, key: pki.operator.key, certificate: pki.operator.certificate, chain: pki.operator.chain },
    anchors: [...(own?.anchors ?? []), pki.root.certificate],
    tsaUrl: config.tsaUrl ?? tsa.url,
    tsa,
    rootPem: path.join(folder, 'root.pem'),
  };
}

/** Read once, when the first page is drawn. */
function japaneseFont(): Services['font'] {
  let font: Promise<Uint8Array> | undefined;
  const file = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf');
  return () => (font ??= readFile(file).then((buffer) => new Uint8Array(buffer)));
}

async function listen(app: Hono, { host, port }: Config, closing: (() => Promise<void>)[]): Promise<number> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new StartError(taken ? `Port ${String(port)} is taken. Choose another one: PORT=9000 npm start` : `Cannot listen on ${host}:${String(port)}.`, { cause });
  }
  closing.unshift(async () => {
    const closed = once(server, 'close');
    server.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3_000);
    await closed;
    clearTimeout(timer);
  });
  return (server.address() as { port: number }).port;
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
