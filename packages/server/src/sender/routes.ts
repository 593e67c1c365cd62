import { embedTokenInput, envelopeInput, line, routes, voidRequest } from '@sky-sign/protocol';
import type { EnvelopeView } from '@sky-sign/protocol';
import { Hono } from 'hono';
import type { Context } from 'hono';
import * as v from 'valibot';
import { authenticateSender } from '../auth/api-key.js';
import type { Sender } from '../auth/api-key.js';
import type { Scope } from '../auth/grants.js';
import { appendAudit } from '../audit/append.js';
import { readAudit } from '../audit/export.js';
import { openCertificate } from '../downloads/open-file.js';
import { clientOf } from '../http/client.js';
import { bodyOf, readJson } from '../http/read-json.js';
import { serveSource } from '../http/serve-source.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { expireOverdue } from '../signing/expire-overdue.js';
import { createEmbedToken } from './create-embed-token.js';
import { codeWarnings, createEnvelope } from './create-envelope.js';
import { logDownload } from './log-download.js';
import { resend, unlock } from './reopen.js';
import { sendEnvelope } from './send-envelope.js';
import { uploadDocument } from '../intake/upload-document.js';
import { viewEnvelope } from './view-envelope.js';
import { remind, voidEnvelope } from './void-envelope.js';

/** What host back ends call, with an API key. */
export function senderRoutes(services: Services): Hono {
  const app = new Hono();
  const view = async (tenant: string, id: string, warnings: EnvelopeView['warnings'] = []): Promise<EnvelopeView> => ({
    ...(await viewEnvelope(services.store.tables, { tenant, id })),
    warnings,
  });

  const senderOf = (c: Context, scope: Scope): Promise<Sender> => authenticateSender(services, c.req.raw, { client: clientOf(services, c), scope });

  /** The envelope of the path is expired from its deadline on, whoever asks first. */
  const onEnvelope = async (c: Context, scope: Scope): Promise<Sender> => {
    const sender = await senderOf(c, scope);
    await expireOverdue(services, { tenant: sender.tenant, id: c.req.param('id') ?? '' });
    return sender;
  };

  app.post(routes.documents, async (c) => {
    const sender = await senderOf(c, 'documents:write');
    const announced = Number(c.req.header('Content-Length') ?? 0);
    if (announced > services.limits.documentBytes) {
      throw new ServerError('document_too_large', `The PDF is larger than ${String(services.limits.documentBytes)} bytes. Make it smaller, or split it.`);
    }
    const name = (c.req.query('name') ?? '').trim().replace(/\.pdf$/iu, '').slice(0, 200);
    if (name === '' || !v.is(line(200), name)) throw new ServerError('request_invalid', 'name: how people call the document, as a query parameter.');
    return c.json(await uploadDocument(services, { sender, name, body: bodyOf(c.req.raw), sanitize: c.req.query('sanitize') === 'true', allowAttachments: c.req.query('allowAttachments') === 'true' }), 201);
  });

  app.post(routes.envelopes, async (c) => {
    const sender = await senderOf(c, 'envelopes:write');
    const input = await readJson(c.req.raw, envelopeInput);
    const id = await createEnvelope(services, sender, input);
    if (input.send) await sendEnvelope(services, sender, id);
    return c.json(await view(sender.tenant, id, codeWarnings(input)), 201);
  });

  app.get('/v1/envelopes/:id', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:read');
    return c.json(await view(sender.tenant, c.req.param('id')));
  });

  app.post('/v1/envelopes/:id/send', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:write');
    await sendEnvelope(services, sender, c.req.param('id'));
    return c.json(await view(sender.tenant, c.req.param('id')));
  });

  app.post('/v1/envelopes/:id/void', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:write');
    const { reason } = await readJson(c.req.raw, voidRequest);
    await voidEnvelope(services, sender, { id: c.req.param('id'), reason });
    return c.json(await view(sender.tenant, c.req.param('id')));
  });

  app.post('/v1/envelopes/:id/remind', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:write');
    await remind(services, sender, c.req.param('id'));
    return c.json(await view(sender.tenant, c.req.param('id')));
  });

  app.post('/v1/envelopes/:id/recipients/:recipientId/unlock', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:write');
    const { id, recipientId } = c.req.param();
    await unlock(services, sender, { envelopeId: id, recipientId });
    return c.json(await view(sender.tenant, id));
  });

  app.post('/v1/envelopes/:id/recipients/:recipientId/resend', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:write');
    const { id, recipientId } = c.req.param();
    await resend(services, sender, { envelopeId: id, recipientId });
    return c.json(await view(sender.tenant, id));
  });

  app.get('/v1/envelopes/:id/documents/:documentId/certificate', async (c) => {
    const sender = await onEnvelope(c, 'envelopes:read');
    const { id, documentId } = c.req.param();
    const { tables } = services.store;
    const [document] = await tables.documents.find({ id: documentId, envelopeId: id, tenant: sender.tenant });
    const [certificate] = document ? await tables.certificates.find({ documentId }) : [];
    if (!document || !certificate) throw notFound();
    const { source, sha256 } = await openCertificate(services, certificate);
    const { response, carries } = serveSource(c.req.raw, { source, sha256, headers: { 'Cache-Control': 'private, no-store' } });
    if (carries?.start === 0) await logDownload(services, sender, { document, what: 'certificate', sha256 });
    return response;
  });

  app.get('/v1/envelopes/:id/audit', async (c) => {
    const { tenant, keyId, client } = await onEnvelope(c, 'audit:read');
    const [envelope] = await services.store.tables.envelopes.find({ id: c.req.param('id'), tenant });
    if (!envelope) throw notFound();
    // Reading the log is a line of the log, too: the last one that is read.
    await services.store.transaction((tables) => appendAudit(services, tables, { envelopeId: envelope.id, type: 'log_read', data: { keyId }, personal: client }));
    const lines = await readAudit(services, services.store.tables, envelope.id);
    return c.body(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), 200, { 'Content-Type': 'application/jsonl', 'Cache-Control': 'private, no-store' });
  });

  app.post('/v1/envelopes/:id/recipients/:recipientId/embed-tokens', async (c) => {
    const sender = await onEnvelope(c, 'embed');
    const { origin } = await readJson(c.req.raw, embedTokenInput);
    const { id, recipientId } = c.req.param();
    return c.json(await createEmbedToken(services, sender, { envelopeId: id, recipientId, origin }), 201);
  });
  return app;
}
