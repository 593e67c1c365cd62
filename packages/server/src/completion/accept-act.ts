import { canonicalJson } from '@sky-sign/protocol';
import type { CompletionRequest, ConsentRecord } from '@sky-sign/protocol';
import { sha256Hex, utf8 } from '../bytes.js';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import { newId } from '../ids.js';
import { enqueue } from '../outbox/enqueue.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { Caller } from '../signing/describe-session.js';
import { linkEnded } from '../signing/ended.js';
import type { ActRow } from '../store/rows.js';
import { approve } from './approve.js';
import { checkConsent, checkDisplayed, checkViewed } from './check-consent.js';
import { drawFills } from './draw-fills.js';
import type { Fill } from './draw-fills.js';

/** What an accepted act keeps, encrypted, until it is sealed. */
export interface ActPayload {
  readonly fills: readonly Fill[];
}

export interface Accepted {
  readonly act: ActRow;
  /** The outbox job that finishes it, whoever is still there; an approval is finished at once. */
  readonly jobId?: string;
}

interface Submission {
  readonly request: CompletionRequest;
  readonly idempotencyKey: string;
  readonly bodyHash: string;
  readonly client: Client;
}

/** An act that may be accepted any number of times, until somebody does. */
export interface PreparedAct {
  readonly act: Omit<ActRow, 'position'>;
  readonly consent: ConsentRecord;
  readonly client: Client;
}

/** Step 1, outside of any transaction: the record of consent is checked, and everything is drawn, once. */
export async function prepareAct(services: Services, caller: Caller, { request, idempotencyKey, bodyHash, client }: Submission): Promise<PreparedAct> {
  const { crypto, store, keys, now } = services;
  const { session, recipient, envelope } = caller;
  await checkConsent(services, caller, request);
  const documents = await store.tables.documents.find({ envelopeId: envelope.id });
  const fills = await drawFills(services, { recipient, documents, values: request.values, seals: request.seals });
  const id = newId(crypto, 'act');
  const payload: ActPayload = { fills };
  const act: PreparedAct['act'] = {
    id,
    tenant: envelope.tenant,
    envelopeId: envelope.id,
    recipientId: recipient.id,
    sessionId: session.id,
    state: 'sealing',
    at: now(),
    idempotencyKey,
    bodyHash,
    consent: new TextDecoder().decode(canonicalJson(request.consent)),
    consentSignature: request.consentSignature,
    withValues: fills.some(({ value, checked }) => value !== '' || checked) ? 1 : 0,
    sealed: await keys.seal(`act/${id}`, utf8(JSON.stringify(payload))),
  };
  return { act, consent: request.consent, client };
}

/**
 * The end of step 1, in one short transaction: act, consent hash in the log, job in the outbox. `busy` where somebody's
 * values are just being sealed, `repeat` where another request of this person (a double click) was faster.
 */
export async function acceptAct(services: Services, caller: Caller, { act, consent, client }: PreparedAct): Promise<Accepted | 'busy' | 'repeat'> {
  const { session, recipient, envelope } = caller;
  const consentSha256 = await sha256Hex(services.crypto, canonicalJson(consent));
  return services.store.transaction(async (tables) => {
    if ((await tables.acts.find({ recipientId: recipient.id })).length > 0) return 'repeat';
    const [current] = await tables.recipients.find({ id: recipient.id });
    const [now] = await tables.envelopes.find({ id: envelope.id });
    if (now?.status !== 'sent' && now?.status !== 'in_progress') throw new ServerError('envelope_state', `The envelope is ${now?.status ?? 'gone'}.`);
    if (now.deadline <= act.at) throw linkEnded('expired', now);
    if (current?.status !== 'active') throw new ServerError('not_your_turn', `It is not your turn now (${current?.status ?? 'gone'}).`);
    const earlier = await tables.acts.find({ envelopeId: envelope.id });
    // Values that are just being sealed are not in what this person saw; once they are, the person is shown them and asked again.
    if (earlier.some(({ state, withValues }) => state === 'sealing' && withValues === 1)) return 'busy';
    await checkDisplayed(tables, caller, consent);
    await checkViewed(tables, caller);
    const accepted: ActRow = { ...act, position: earlier.length };
    await tables.acts.insert(accepted);
    await tables.recipients.update({ id: recipient.id }, { status: 'sealing', statusAt: act.at });
    await tables.envelopes.update({ id: envelope.id, status: 'sent' }, { status: 'in_progress' });
    await tables.drafts.delete({ recipientId: recipient.id });
    const data = { actId: act.id, recipientId: recipient.id, sessionId: session.id, via: session.via, origin: session.origin, act: consent.act, consentSha256, displayed: consent.documents };
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'consented', data, personal: client });
    if (recipient.role === 'approver') return { act: await approve(services, tables, accepted) };
    return { act: accepted, jobId: await enqueue(services, tables, 'seal', { actId: act.id, envelopeId: envelope.id }) };
  });
}
