import type { OpenedSession } from '@sky-sign/protocol';
import { verifyProof } from '../auth/dpop.js';
import { checkOrigin } from '../auth/origin.js';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import type { Services } from '../services.js';
import type { SessionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { checkCode } from './check-code.js';
import { describeSession } from './describe-session.js';
import type { Caller } from './describe-session.js';
import { refuseEnded } from './ended.js';
import { sessionInvalid } from './authenticate.js';
import { issueToken } from './issue-token.js';
import { sessionLife } from './session-life.js';

/** Past the code at once, per recipient: nobody tells the server of a window that was closed, so the newest ones count. */
const maxOpenSessions = 3;

/** Opens the envelope with the access code (an empty one where none is asked). Counted first, verified then. */
export async function enterAccessCode(services: Services, request: Request, { sessionId, code, client }: { sessionId: string; code: string; client: Client }): Promise<OpenedSession> {
  const { store, now } = services;
  const { jkt } = await verifyProof(services, request);
  const [session] = await store.tables.sessions.find({ id: sessionId, jkt });
  if (!session || now() - session.createdAt > sessionLife.unopenedMs) throw sessionInvalid();
  checkOrigin(request, services, session.origin);
  const [recipient] = await store.tables.recipients.find({ id: session.recipientId });
  const [envelope] = await store.tables.envelopes.find({ id: session.envelopeId });
  if (!recipient || !envelope) throw sessionInvalid();
  const caller: Caller = { session, recipient, envelope };
  await refuseEnded(services, caller);
  await checkCode(services, caller, { code, client });

  const answer = await store.transaction(async (tables) => {
    const [opened] = await tables.sessions.update({ id: sessionId, endedState: null }, { openedAt: session.openedAt ?? now(), lastSeenAt: now() });
    if (!opened) throw sessionInvalid();
    const superseded = await endOldest(tables, opened);
    const data = { recipientId: recipient.id, sessionId, via: session.via, origin: session.origin, code: recipient.codeHash !== null, ...(superseded.length > 0 && { superseded }) };
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'opened', data, personal: client });
    return { ...(await issueToken(services, tables, sessionId)), session: await describeSession(services, tables, { ...caller, session: opened }) };
  });
  services.wake();
  return answer;
}

/** Ends the sessions that were unused longest, as many as there are too many. Returns their ids. */
async function endOldest(tables: Tables, { id: newest, recipientId }: SessionRow): Promise<readonly string[]> {
  const open = (await tables.sessions.find({ recipientId, endedState: null }, { orderBy: 'lastSeenAt', descending: true })).filter(({ id, openedAt }) => openedAt !== null && id !== newest);
  const oldest = open.slice(maxOpenSessions - 1).map(({ id }) => id);
  for (const id of oldest) await tables.sessions.update({ id }, { endedState: 'superseded' });
  return oldest;
}
