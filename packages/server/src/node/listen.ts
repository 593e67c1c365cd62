import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { StartError } from './config.js';
import type { Config } from './config.js';

/** Whoever sends headers or a body drop by drop holds a connection no longer than this; an upload over a slow line may take its time. */
export const timeouts = { headersTimeout: 15_000, requestTimeout: 300_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 5_000 } as const;

/** Serves the app, and gives the port; `closing` gets what ends it: open requests may take three seconds. */
export async function listen(app: Hono, { host, port }: Pick<Config, 'host' | 'port'>, closing: (() => Promise<void>)[], limits: Readonly<Record<keyof typeof timeouts, number>> = timeouts): Promise<number> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions: { ...limits } });
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
