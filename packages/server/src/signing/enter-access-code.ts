import type { OpenedSession } from '@sky-sign/protocol';
import { isCode, maxTries } from '../auth/access-code.js';
import { verifyProof } from '../auth/dpop.js';
import { checkOrigin } from '../auth/origin.js';
import { appendAudit } from '../audit/append.js';
import { endSessions } from '../envelope/recipients.js';
import type { Client } from '../http/client.js';
import { enqueueMail } from '../outbox/enqueue.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { RecipientRow } from '../store/rows.js';
import { add, lt } from '../store/table.js';
import { describeSession } from './describe-session.js';
import type { Caller } from './describe-session.js';
import { locked, refuseEnded } from './ended.js';
import { sessionInvalid, sessionLife } from './authenticate.js';
import { issueToken } from './issue-token.js';

/** Past the code at once, per recipient. */
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

  return store.transaction(async (tables) => {
    const alive = (await tables.sessions.find({ recipientId: recipient.id, endedState: null })).filter(
      ({ id, openedAt, lastSeenAt, createdAt }) =>
        id !== sessionId && openedAt !== null && now() - lastSeenAt < sessionLife.idleMs && now() - createdAt < sessionLife.absoluteMs,
    );
    if (alive.length >= maxOpenSessions) throw new ServerError('too_many_sessions', 'This request is open in three other windows. Close one and wait half an hour, or go on there.');
    const [opened] = await tables.sessions.update({ id: sessionId, endedState: null }, { openedAt: session.openedAt ?? now(), lastSeenAt: now() });
    if (!opened) throw sessionInvalid();
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'opened', data: { recipientId: recipient.id, sessionId, via: session.via, origin: session.origin, code: recipient.codeHash !== null }, personal: client });
    return { ...(await issueToken(services, tables, sessionId)), session: await describeSession(services, tables, { ...caller, session: opened }) };
  });
}

async function checkCode(services: Services, caller: Caller, { code, client }: { code: string; client: Client }): Promise<void> {
  const { store } = services;
  const { recipient, envelope } = caller;
  if (recipient.codeHash === null || recipient.codeSalt === null) {
    if (code === '') return;
    throw new ServerError('request_invalid', 'accessCode: none is asked here, so it must be empty.');
  }
  const [counted] = await store.tables.recipients.update({ id: recipient.id, tries: lt(maxTries), lockedAt: null }, { tries: add(1) });
  if (!counted) throw locked(envelope);
  const verifier = { subject: recipient.codeSubject, hash: recipient.codeHash, salt: recipient.codeSalt, keyId: recipient.codeKeyId ?? services.keys.newest('pepper') };
  if (await isCode(services, verifier, code)) {
    const [reset] = await store.tables.recipients.update({ id: recipient.id, lockedAt: null }, { tries: 0 });
    if (!reset) throw locked(envelope);
    return;
  }
  const triesLeft = maxTries - counted.tries;
  await recordWrong(services, caller, { triesLeft, client });
  if (triesLeft === 0) throw locked(envelope);
  throw new ServerError('access_code_wrong', `The access code is wrong. ${String(triesLeft)} more tries.`, { triesLeft });
}

/** A wrong code goes to the log; the fifth locks the recipient and is told to both sides, once. */
async function recordWrong(services: Services, { session, recipient, envelope }: Caller, { triesLeft, client }: { triesLeft: number; client: Client }): Promise<void> {
  const data = { recipientId: recipient.id, sessionId: session.id, triesLeft };
  await services.store.transaction(async (tables) => {
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'access_code_wrong', data, personal: client });
    if (triesLeft > 0) return;
    const [row]: readonly RecipientRow[] = await tables.recipients.update({ id: recipient.id, lockedAt: null }, { lockedAt: services.now() });
    if (!row) return;
    await endSessions(tables, recipient.id, 'locked');
    await enqueueMail(services, tables, { template: 'locked', envelopeId: envelope.id, recipientId: recipient.id });
    await enqueueMail(services, tables, { template: 'lockedSender', envelopeId: envelope.id, recipientId: '', about: recipient.id });
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'access_code_locked', data: { recipientId: recipient.id }, personal: client });
  });
  services.wake();
}
