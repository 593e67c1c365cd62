import { createRequire } from 'node:module';
import path from 'node:path';
import { createEnvelope, fetchCertificate, fetchDocument, getAuditLog, getEnvelope, isSkySignError, remind, searchEnvelopes, uploadDocument, voidEnvelope } from '@sky-sign/client/sender';
import type { EnvelopeInput, EnvelopeSearch, Sender } from '@sky-sign/client/sender';
import { serveFile } from '@sky-sign/server/node';
import type { Context, Hono } from 'hono';

const pdfjs = path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'legacy/build');

/** The city, as every envelope of this portal names it. */
const city = { name: '青葉市 財政部契約課', email: 'keiyaku@city.aoba.example', contact: '電話 022-000-1234（平日 8時30分～17時15分）' };

interface SenderPage {
  readonly files: string;
  readonly origins: readonly string[];
  readonly sender: () => Sender | undefined;
}

/**
 * The clerk's page and the back end behind it, which holds the API key: the page never sees it. A real portal checks its own
 * log-in in `guarded`, and which envelopes this clerk may see.
 */
export function senderRoutes(app: Hono, { files, origins, sender }: SenderPage): void {
  app.get('/sender', async (c) => (await serveFile([files], 'sender.html', c.req.raw)) ?? c.notFound());
  app.get('/portal/sender/:name', async (c) => (await serveFile([path.join(files, 'sender')], c.req.param('name'), c.req.raw)) ?? c.notFound());
  app.get('/portal/pdfjs/:name', async (c) => (await serveFile([pdfjs], c.req.param('name'), c.req.raw)) ?? c.notFound());

  const guarded = (answer: (sender: Sender, c: Context) => Promise<Response>) => async (c: Context) => {
    if (c.req.method !== 'GET' && !origins.includes(c.req.header('Origin') ?? '')) return c.json({ detail: 'Only pages of the portal may ask.' }, 403);
    const held = sender();
    if (!held) return c.json({ detail: 'The demo is not ready yet.' }, 503);
    try {
      return await answer(held, c);
    } catch (error) {
      if (!isSkySignError(error)) throw error;
      return c.json({ code: error.code, detail: error.message }, 422);
    }
  };
  const idOf = (c: Context): string => c.req.param('id') ?? '';

  app.post('/portal/api/documents', guarded(async (held, c) => c.json(await uploadDocument(held, { name: c.req.query('name') ?? '', bytes: await c.req.arrayBuffer() }))));
  app.post('/portal/api/envelopes', guarded(async (held, c) => c.json(await createEnvelope(held, { ...(await c.req.json<EnvelopeInput>()), sender: city }))));
  app.get('/portal/api/envelopes', guarded(async (held, c) => c.json(await searchEnvelopes(held, c.req.query() as EnvelopeSearch))));
  app.get('/portal/api/envelopes/:id', guarded(async (held, c) => c.json(await getEnvelope(held, { envelopeId: idOf(c) }))));
  app.post('/portal/api/envelopes/:id/remind', guarded(async (held, c) => c.json(await remind(held, { envelopeId: idOf(c) }))));
  app.post('/portal/api/envelopes/:id/void', guarded(async (held, c) => c.json(await voidEnvelope(held, { envelopeId: idOf(c), ...(await c.req.json<{ reason: string }>()) }))));
  app.get('/portal/api/envelopes/:id/audit', guarded(async (held, c) => c.body((await getAuditLog(held, { envelopeId: idOf(c) })).map((line) => `${JSON.stringify(line)}\n`).join(''))));
  app.get('/portal/api/envelopes/:id/documents/:documentId/file', guarded(async (held, c) => {
    const { documents } = await getEnvelope(held, { envelopeId: idOf(c) });
    const file = documents.find(({ id }) => id === c.req.param('documentId'));
    return file ? asPdf(c, await fetchDocument(held, { documentId: file.id, sha256: file.sha256 })) : c.notFound();
  }));
  app.get('/portal/api/envelopes/:id/documents/:documentId/certificate', guarded(async (held, c) => asPdf(c, await fetchCertificate(held, { envelopeId: idOf(c), documentId: c.req.param('documentId') ?? '' }))));
}

const asPdf = (c: Context, bytes: Uint8Array): Response => c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'application/pdf' });
