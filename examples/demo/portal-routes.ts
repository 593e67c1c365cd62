import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmbedToken, isSkySignError } from '@sky-sign/client/sender';
import type { Sender } from '@sky-sign/client/sender';
import { serveFile } from '@sky-sign/server/node';
import type { Hono } from 'hono';
import { senderRoutes } from './sender-routes.js';

const files = path.join(path.dirname(fileURLToPath(import.meta.url)), 'portal');

/** Which request the portal shows: found when it is asked for, since the demo is made after the server has started. */
export interface PortalRequest {
  readonly sender: Sender;
  readonly envelopeId: string;
  readonly recipientId: string;
}

/** The city's portal: the contractor's page, the clerk's, their files, and the back-end call that opens a session for the person at the portal. */
export function portalRoutes(app: Hono, { origins, request }: { origins: readonly string[]; request: () => PortalRequest | undefined }): void {
  app.get('/', async (c) => (await serveFile([files], 'index.html', c.req.raw)) ?? c.notFound());
  app.get('/portal/:name', async (c) => (await serveFile([files], c.req.param('name'), c.req.raw)) ?? c.notFound());
  senderRoutes(app, { files, origins, sender: () => request()?.sender });
  app.post('/portal/embed-token', async (c) => {
    const origin = c.req.header('Origin') ?? '';
    const shown = request();
    // A real portal checks its own log-in here; this one has a single contractor.
    if (!origins.includes(origin)) return c.json({ message: 'Only pages of the portal may ask.' }, 403);
    if (!shown) return c.json({ message: 'The demo is not ready yet.' }, 503);
    const { sender, envelopeId, recipientId } = shown;
    try {
      return c.json(await createEmbedToken(sender, { envelopeId, recipientId, origin }));
    } catch (error) {
      // Signed, declined or over: there is nothing to open any more.
      if (isSkySignError(error) && error.code === 'envelope_state') return c.json({ message: error.message }, 409);
      throw error;
    }
  });
}
