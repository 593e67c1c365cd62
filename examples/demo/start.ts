// What `npm start` runs: the reference server, a development timestamp authority, a city portal, and one request to sign.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSender } from '@sky-sign/client/sender';
import { demoAccessCode } from '@sky-sign/mocks/seed';
import { readConfig, startServer, StartError } from '@sky-sign/server/node';
import { portalRoutes } from './portal-routes.js';
import type { PortalRequest } from './portal-routes.js';
import { seedDemo } from './seed-demo.js';

const widget = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../packages/widget/dist/cdn');

async function start(): Promise<void> {
  const config = readConfig(process.env);
  if (config.production) throw new StartError('This is the demo, with development keys. In production run packages/server (see its README).');
  if (process.argv.includes('--reset')) await rm(config.dataDir, { recursive: true, force: true });

  // Found when the portal is asked, for the request is made after the server has started.
  const demo: { shown?: PortalRequest } = {};
  const server = await startServer({
    assets: [widget],
    signals: true,
    routes: (app) => portalRoutes(app, { origins: config.publicOrigins, request: () => demo.shown }),
  });
  const { apiKey, rootPem, tsa, tsaPid } = server.development!;
  // The portal's back end and the server are one process here, so it calls by the loopback address.
  const sender = createSender({ server: `http://127.0.0.1:${server.port}`, apiKey });
  demo.shown = { sender, ...(await seedDemo(sender, { dataDir: config.dataDir, font: server.services.font })) };

  console.log(`
  sky-sign demo (development keys: signatures made here are worth nothing outside)

  Portal of the contractor   ${server.url}/
  Page of the city           ${server.url}/sender
  Mails that were "sent"     ${server.url}/outbox
  アクセスコード               ${demoAccessCode}
  Development API key        ${apiKey}
  Root certificate           ${path.relative(process.cwd(), rootPem)}
  Timestamp authority        ${tsa} (process ${tsaPid}; "npm run tsa" starts it again)

  Ctrl-C stops; "npm start -- --reset" begins anew.
`);
}

/** A signal that npm gets ends the shell between us, which does not pass it on: without it there is nothing to run for. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();
}

endWithParent();
start().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
