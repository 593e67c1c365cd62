import { protocolVersion } from '@sky-sign/protocol';
import type { SessionIntro } from '@sky-sign/protocol';
import { maxTries } from '../auth/access-code.js';
import { verifyProof } from '../auth/dpop.js';
import type { Proof } from '../auth/dpop.js';
import { refused, requestOrigin } from '../auth/origin.js';
import { hashToken, isToken } from '../auth/tokens.js';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import { newId } from '../ids.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { toJson } from '../store/rows.js';
import type { EnvelopeRow, RecipientRow, SessionRow, TokenRow } from '../store/rows.js';
import { gt } from '../store/table.js';
import { contactOf } from './describe-session.js';
import { endedStateOf, expire, linkEnded, locked } from './ended.js';

/** After a lost answer the same key may exchange an embed token again, this long. */
const repeatMs = 2 * 60_000;

/**
 * Exchanges a link or embed token for a session bound to the key of the proof. Nothing is "viewed" by that, nothing of the
 * envelope is told: mail scanners open links, run scripts and even post.
 */
export async function startSession(services: Services, request: Request, { linkToken, client }: { linkToken: string; client: Client }): Promise<SessionIntro> {
  const { tables } = services.store;
  const proof = await verifyProof(services, request);
  const origin = requestOrigin(request, services);
  const hash = await hashToken(services.crypto, linkToken);
  const [token] = await tables.tokens.find({ hash });
  if (!token || token.kind === 'download' || !isToken(token.kind, linkToken)) throw unknown();
  if (token.kind === 'link' ? !services.publicOrigins.includes(origin) : token.origin !== origin) throw refused();
  const [envelope] = await tables.envelopes.find({ id: token.envelopeId });
  const [recipient] = await tables.recipients.find({ id: token.recipientId });
  if (!envelope || !recipient) throw unknown();
  await expire(services, envelope);
  const [fresh] = await tables.tokens.find({ hash });
  const ended = fresh?.endedState ?? endedStateOf(envelope, recipient);
  if (ended) throw linkEnded(ended, envelope);
  if (recipient.lockedAt !== null) throw locked(envelope);
  if (token.kind === 'embed' && !(await spendEmbedToken(services, token, { proof, client }))) throw unknown();
  return introduce(envelope, recipient, await createSession(services, { token, proof, origin }));
}

/** Single use by one key; anybody else hears what an unknown token hears, and the sender's log keeps it. */
async function spendEmbedToken(services: Services, { hash, envelopeId, recipientId, expiresAt }: TokenRow, { proof: { jkt }, client }: { proof: Proof; client: Client }): Promise<boolean> {
  const { store, now, log } = services;
  const spent = await store.transaction(async (tables) => {
    const [first] = await tables.tokens.update({ hash, usedBy: null, expiresAt: gt(now()) }, { usedBy: jkt, usedAt: now() });
    if (first) return true;
    const [again] = await tables.tokens.find({ hash, usedBy: jkt, usedAt: gt(now() - repeatMs) });
    if (again) return true;
    await appendAudit(services, tables, { envelopeId, type: 'embed_token_refused', data: { recipientId, expired: expiresAt <= now() }, personal: client });
    return false;
  });
  if (!spent) log({ level: 'warn', event: 'embed_token_refused', envelopeId, recipientId });
  return spent;
}

interface Opening {
  readonly token: TokenRow;
  readonly proof: Proof;
  readonly origin: string;
}

async function createSession({ crypto, now, store }: Services, { token, proof, origin }: Opening): Promise<SessionRow> {
  const session: SessionRow = {
    id: newId(crypto, 'ses'),
    tenant: token.tenant,
    envelopeId: token.envelopeId,
    recipientId: token.recipientId,
    jkt: proof.jkt,
    jwk: toJson(proof.jwk as JsonWebKey),
    origin,
    via: token.kind === 'link' ? 'hosted' : 'embedded',
    createdAt: now(),
    lastSeenAt: now(),
    openedAt: null,
    endedState: null,
  };
  await store.tables.sessions.insert(session);
  return session;
}

function introduce(envelope: EnvelopeRow, recipient: RecipientRow, session: SessionRow): SessionIntro {
  return {
    sessionId: session.id,
    protocolVersion,
    sender: contactOf(envelope),
    reference: envelope.number,
    locale: recipient.locale,
    accessCodeRequired: recipient.codeHash !== null,
    accessCodeHint: recipient.codeHint,
    triesLeft: maxTries - recipient.tries,
  };
}

const unknown = (): ServerError => new ServerError('link_unknown', 'This link is not known here. Open it again from the newest mail, or ask the sender for a new one.');
