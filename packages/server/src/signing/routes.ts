import { accessCodeEntry, completionRequest, declineRequest, delegationRequest, draft, sessionEvent, sessionResume, sessionStart } from '@sky-sign/protocol';
import type { Progress } from '@sky-sign/protocol';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { newNonce } from '../auth/nonce.js';
import { complete } from '../completion/complete.js';
import { clientOf } from '../http/client.js';
import type { Client } from '../http/client.js';
import { readJson, readOptionalJson } from '../http/read-json.js';
import { notFound, ServerError } from '../problem.js';
import { progressOf, recipientsOf } from '../sender/view-envelope.js';
import type { Services } from '../services.js';
import { authenticate, authenticateByKey } from './authenticate.js';
import { decline } from './decline.js';
import { delegate } from './delegate.js';
import { describeSession } from './describe-session.js';
import { enterAccessCode } from './enter-access-code.js';
import { issueToken } from './issue-token.js';
import { recordEvent } from './record-event.js';
import { saveDraft } from './save-draft.js';
import { serveRevision } from './serve-revision.js';
import { startSession } from './start-session.js';

/** What the element calls for a signer: every route but the first two wants token, proof and origin of the session. */
export function signingRoutes(services: Services): Hono {
  const app = new Hono();
  const { tables } = services.store;
  const client = (c: Context): Client => clientOf(services, c);
  // Seals are pictures, two thirds of a byte a character.
  const actBytes = services.limits.sealBytes * 6 + 1024 * 1024;

  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('DPoP-Nonce')) c.res.headers.set('DPoP-Nonce', await newNonce(services));
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });

  app.post('/sessions', async (c) => {
    const { linkToken } = await readJson(c.req.raw, sessionStart);
    return c.json(await startSession(services, c.req.raw, { linkToken, client: client(c) }), 201);
  });

  app.post('/sessions/:id/access-code', async (c) => {
    const { accessCode } = await readJson(c.req.raw, accessCodeEntry);
    return c.json(await enterAccessCode(services, c.req.raw, { sessionId: c.req.param('id'), code: accessCode, client: client(c) }));
  });

  app.post('/sessions/:id/resume', async (c) => {
    // Without a body where a token has only run out.
    const { linkToken } = (await readOptionalJson(c.req.raw, sessionResume)) ?? {};
    const caller = await authenticateByKey(services, c.req.raw, { sessionId: c.req.param('id'), linkToken });
    return c.json({ ...(await issueToken(services, tables, caller.session.id)), session: await describeSession(services, tables, caller) });
  });

  app.get('/sessions/:id', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    return c.json(await describeSession(services, tables, caller));
  });

  app.put('/sessions/:id/draft', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    return c.json(await saveDraft(services, caller, await readJson(c.req.raw, draft, actBytes)));
  });

  app.post('/sessions/:id/completion', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    const idempotencyKey = c.req.header('Idempotency-Key') ?? '';
    if (idempotencyKey === '' || idempotencyKey.length > 200) throw new ServerError('request_invalid', 'The Idempotency-Key header is missing.');
    const request = await readJson(c.req.raw, completionRequest, actBytes);
    const result = await complete(services, caller, { request, idempotencyKey, client: client(c) });
    return c.json(result, result.status === 'signed' ? 200 : 202);
  });

  app.post('/sessions/:id/decline', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    const { reason } = await readJson(c.req.raw, declineRequest);
    await decline(services, caller, { reason, client: client(c) });
    return c.body(null, 204);
  });

  app.post('/sessions/:id/delegation', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    await delegate(services, caller, { ...(await readJson(c.req.raw, delegationRequest)), client: client(c) });
    return c.body(null, 204);
  });

  app.post('/sessions/:id/events', async (c) => {
    const caller = await authenticate(services, c.req.raw, c.req.param('id'));
    await recordEvent(services, caller, { event: await readJson(c.req.raw, sessionEvent), client: client(c) });
    return c.body(null, 204);
  });

  app.get('/documents/:id/revisions/:sha256', (c) =>
    serveRevision(services, c.req.raw, { documentId: c.req.param('id'), sha256: c.req.param('sha256'), client: client(c) }),
  );

  app.get('/envelopes/:id/progress', async (c) => {
    const { envelope, recipient } = await authenticate(services, c.req.raw);
    if (envelope.id !== c.req.param('id')) throw notFound();
    const recipients = (await recipientsOf(tables, envelope)).map((each) => ({ ...progressOf(each), ...(each.id === recipient.id && { you: true }) }));
    return c.json({ status: envelope.status, recipients } satisfies Progress);
  });
  return app;
}

