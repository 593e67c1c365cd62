import { downloadStart } from '@sky-sign/protocol';
import { Hono } from 'hono';
import { hashToken } from '../auth/tokens.js';
import { appendAudit } from '../audit/append.js';
import { attachment } from '../http/content-disposition.js';
import { clientOf } from '../http/client.js';
import { readJson } from '../http/read-json.js';
import { serveSource } from '../http/serve-source.js';
import { notFound } from '../problem.js';
import type { Services } from '../services.js';
import { gt } from '../store/table.js';
import { openDownload } from './open-download.js';
import { openFile } from './open-file.js';

/** After the act: the download page's data, and native downloads by a ticket in the path. */
export function downloadRoutes(services: Services): Hono {
  const app = new Hono();
  const { tables } = services.store;

  app.post('/downloads', async (c) => {
    const { token } = await readJson(c.req.raw, downloadStart);
    c.header('Cache-Control', 'no-store');
    const { page, locale } = await openDownload(services, { token, client: clientOf(services, c) });
    // What the page is to speak; it is no part of the data.
    c.header('Content-Language', locale);
    return c.json(page);
  });

  app.get('/files/:ticket', async (c) => {
    const hash = await hashToken(services.crypto, c.req.param('ticket'));
    const [ticket] = await tables.tickets.find({ hash, expiresAt: gt(services.now()) });
    const file = ticket && (await openFile(services, ticket));
    if (!file) throw notFound();
    const { envelopeId, name, source, sha256 } = file;
    const data = { recipientId: ticket.recipientId, documentId: ticket.documentId, what: ticket.what, sha256 };
    await services.store.transaction((inside) => appendAudit(services, inside, { envelopeId, type: 'downloaded', data, personal: clientOf(services, c) }));
    const headers = {
      'Cache-Control': 'private, no-store',
      'Content-Disposition': attachment(name),
      'Content-Security-Policy': "default-src 'none'; sandbox",
    };
    return serveSource(c.req.raw, { source, sha256, headers }).response;
  });
  return app;
}
