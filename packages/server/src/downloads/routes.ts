import { downloadStart } from '@sky-sign/protocol';
import { Hono } from 'hono';
import { hashToken } from '../auth/tokens.js';
import { appendAudit } from '../audit/append.js';
import { openRevision } from '../blobs/revisions.js';
import { attachment } from '../http/content-disposition.js';
import { clientOf } from '../http/client.js';
import { readJson } from '../http/read-json.js';
import { serveSource } from '../http/serve-source.js';
import { notFound } from '../problem.js';
import type { Services } from '../services.js';
import { gt } from '../store/table.js';
import { openDownload } from './open-download.js';

/** After the act: the download page's data, and native downloads by a ticket in the path. */
export function downloadRoutes(services: Services): Hono {
  const app = new Hono();
  const { tables } = services.store;

  app.post('/downloads', async (c) => {
    const { token } = await readJson(c.req.raw, downloadStart);
    c.header('Cache-Control', 'no-store');
    return c.json(await openDownload(services, { token, client: clientOf(services, c) }));
  });

  app.get('/files/:ticket', async (c) => {
    const hash = await hashToken(services.crypto, c.req.param('ticket'));
    const [ticket] = await tables.tickets.find({ hash, expiresAt: gt(services.now()) });
    const [document] = ticket ? await tables.documents.find({ id: ticket.documentId }) : [];
    const [revision] = ticket ? await tables.revisions.find({ documentId: ticket.documentId, number: ticket.number }) : [];
    if (!ticket || !document?.envelopeId || !revision) throw notFound();
    const data = { recipientId: ticket.recipientId, documentId: document.id, revision: revision.number, sha256: revision.sha256 };
    const entry = { envelopeId: document.envelopeId, type: 'downloaded', data, personal: clientOf(services, c) };
    await services.store.transaction((inside) => appendAudit(services, inside, entry));
    const source = await openRevision(services, { documentId: document.id, number: revision.number });
    const headers = {
      'Cache-Control': 'private, no-store',
      'Content-Disposition': attachment(`${document.name}.pdf`),
      'Content-Security-Policy': "default-src 'none'; sandbox",
    };
    return serveSource(c.req.raw, { source, sha256: revision.sha256, headers }).response;
  });
  return app;
}
