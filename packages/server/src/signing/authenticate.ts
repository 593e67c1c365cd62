import { verifyProof } from '../auth/dpop.js';
import { checkOrigin } from '../auth/origin.js';
import { hashToken, isToken } from '../auth/tokens.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { SessionRow } from '../store/rows.js';
import { lt } from '../store/table.js';
import type { Caller } from './describe-session.js';
import { refuseEnded } from './ended.js';
import { sessionLife } from './session-life.js';

/** How often "last seen" is written: a document is dozens of requests. */
const seenEveryMs = 60_000;

/** Who is behind a signer's request: token, proof by the session's key, origin; the session must be alive and past the code. */
export async function authenticate(services: Services, request: Request, sessionId?: string): Promise<Caller> {
  const { crypto, store, now } = services;
  const [scheme, token = ''] = (request.headers.get('Authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'dpop' || !isToken('session', token)) throw sessionInvalid();
  const { jkt } = await verifyProof(services, request, token);
  const [held] = await store.tables.sessionTokens.find({ hash: await hashToken(crypto, token) });
  if (!held || held.expiresAt <= now()) throw sessionInvalid();
  const [session] = await store.tables.sessions.find({ id: held.sessionId, jkt });
  if (!session) throw sessionInvalid();
  checkOrigin(request, services, session.origin);
  if (sessionId !== undefined && sessionId !== session.id) throw notFound();
  return callerOf(services, session);
}

/** The same by proof of the key alone: to get a token. Where the page has a link token, that must be for the same person's request. */
export async function authenticateByKey(services: Services, request: Request, { sessionId, linkToken }: { sessionId: string; linkToken: string | undefined }): Promise<Caller> {
  const { jkt } = await verifyProof(services, request);
  const [session] = await services.store.tables.sessions.find({ id: sessionId, jkt });
  if (!session) throw sessionInvalid();
  checkOrigin(request, services, session.origin);
  // First: nothing is told of a request, not even that it has ended, to a page that means another one.
  if (linkToken !== undefined) await refuseOtherToken(services, session, linkToken);
  return callerOf(services, session);
}

/** A page that means another request, or another person, must not go on with this session: two people at one computer. */
async function refuseOtherToken({ crypto, store }: Services, session: SessionRow, linkToken: string): Promise<void> {
  const [token] = await store.tables.tokens.find({ hash: await hashToken(crypto, linkToken) });
  if (token?.recipientId !== session.recipientId || token.kind === 'download') throw sessionInvalid();
}

async function callerOf(services: Services, session: SessionRow): Promise<Caller> {
  const { store, now } = services;
  const { id, openedAt, createdAt, lastSeenAt } = session;
  if (openedAt === null || now() - lastSeenAt > sessionLife.idleMs || now() - createdAt > sessionLife.absoluteMs) throw sessionInvalid();
  const [recipient] = await store.tables.recipients.find({ id: session.recipientId });
  const [envelope] = await store.tables.envelopes.find({ id: session.envelopeId });
  if (!recipient || !envelope) throw sessionInvalid();
  await refuseEnded(services, { session, recipient, envelope });
  if (now() - lastSeenAt > seenEveryMs) await store.tables.sessions.update({ id, lastSeenAt: lt(now()) }, { lastSeenAt: now() });
  return { session, recipient, envelope };
}

export function sessionInvalid(): ServerError {
  return new ServerError('session_invalid', 'The session is unknown or has ended. Resume it, or open the link again.', { headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });
}
