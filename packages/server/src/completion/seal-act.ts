import { fromUtf8 } from '../bytes.js';
import { isOpen } from '../envelope/recipients.js';
import type { Services } from '../services.js';
import type { ActRow, RecipientRow } from '../store/rows.js';
import { lt, lte } from '../store/table.js';
import type { ActPayload } from './accept-act.js';
import { commitAct } from './commit-act.js';
import { signDocument } from './sign-documents.js';
import type { SignedDocument } from './sign-documents.js';

/** The envelope is being sealed for somebody else; try again shortly. */
export class Busy extends Error {
  constructor() {
    super('The envelope is leased to another act.');
    this.name = 'Busy';
  }
}

/**
 * Finishes an accepted act: lease, sign every document outside of any transaction, commit. May be called any number of
 * times, by anybody, after any crash: what was not committed never happened, what was is not done again.
 */
export async function sealAct(services: Services, actId: string, renew: () => Promise<void>): Promise<void> {
  const { tables } = services.store;
  const [act] = await tables.acts.find({ id: actId });
  if (!act || act.state === 'done') return;
  await letEarlierPass(services, act);
  const fence = await takeLease(services, act);
  try {
    const recipient = await recipientOf(services, act);
    const payload = JSON.parse(fromUtf8(await services.keys.open(`act/${act.id}`, act.sealed ?? new Uint8Array()))) as ActPayload;
    const last = await isLast(services, recipient);
    const signed: SignedDocument[] = [];
    for (const [i, document] of (await tables.documents.find({ envelopeId: act.envelopeId }, { orderBy: 'position' })).entries()) {
      if (i > 0) {
        await tables.envelopes.update({ id: act.envelopeId, fence }, { leaseUntil: services.now() + services.leaseMs });
        await renew();
      }
      signed.push(await signDocument(services, { act, recipient, document, fills: payload.fills, last }));
    }
    await commitAct(services, { act, signed, last, fence });
  } catch (error) {
    await tables.envelopes.update({ id: act.envelopeId, fence }, { leaseUntil: 0 });
    throw error;
  }
  services.log({ level: 'info', event: 'sealed', actId, envelopeId: act.envelopeId });
  services.wake();
}

/** Who was accepted before somebody's values did not see them: those signatures come first. */
async function letEarlierPass({ store }: Services, { envelopeId, withValues, position }: ActRow): Promise<void> {
  if (withValues === 0) return;
  const earlier = await store.tables.acts.find({ envelopeId, state: 'sealing', position: lt(position) });
  if (earlier.length > 0) throw new Busy();
}

/** One sealing at a time per envelope; the number that comes back only grows, so that a late one is recognised. */
async function takeLease({ store, now, leaseMs }: Services, { envelopeId }: ActRow): Promise<number> {
  const [envelope] = await store.tables.envelopes.find({ id: envelopeId });
  const fence = (envelope?.fence ?? 0) + 1;
  const [leased] = await store.tables.envelopes.update({ id: envelopeId, fence: fence - 1, leaseUntil: lte(now()) }, { fence, leaseUntil: now() + leaseMs });
  if (!leased) throw new Busy();
  return fence;
}

/**
 * Nobody else is still to sign; approvers add nothing to the files. It stays true while the lease is held: nobody joins an
 * envelope, and only its holder signs.
 */
async function isLast({ store }: Services, { id, envelopeId }: RecipientRow): Promise<boolean> {
  const recipients = await store.tables.recipients.find({ envelopeId, role: 'signer' });
  return recipients.every((each) => each.id === id || !isOpen(each));
}

async function recipientOf({ store }: Services, { recipientId }: ActRow): Promise<RecipientRow> {
  const [recipient] = await store.tables.recipients.find({ id: recipientId });
  if (!recipient) throw new Error(`There is no recipient ${recipientId}.`);
  return recipient;
}
