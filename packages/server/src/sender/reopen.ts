import type { Sender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import { endLinks, endSessions } from '../envelope/recipients.js';
import { enqueueMail } from '../outbox/enqueue.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { add } from '../store/table.js';

/** How often the sender may open a locked recipient again. */
export const maxUnlocks = 3;

interface Which {
  readonly envelopeId: string;
  readonly recipientId: string;
}

/** Opens what wrong codes had locked: five new tries, a new link by mail; the old one is dead. */
export async function unlock(services: Services, sender: Sender, which: Which): Promise<void> {
  await services.store.transaction(async (tables) => {
    const recipient = await openRecipient(tables, sender, which);
    const { id, envelopeId, lockedAt, status, unlocks } = recipient;
    if (lockedAt === null) throw new ServerError('envelope_state', 'This recipient is not locked.');
    if (unlocks >= maxUnlocks) throw new ServerError('unlock_limit', `This recipient was unlocked ${String(maxUnlocks)} times already. Take the envelope back and send a new one with another code.`);
    await endLinks(tables, id, 'replaced');
    await endSessions(tables, id, 'replaced');
    await tables.recipients.update({ id }, { lockedAt: null, tries: 0, unlocks: add(1) });
    if (status === 'active') await enqueueMail(services, tables, { template: 'request', envelopeId, recipientId: id });
    await appendAudit(services, tables, { envelopeId, type: 'unlocked', data: { recipientId: id, keyId: sender.keyId, times: unlocks + 1 }, personal: sender.client });
  });
  services.wake();
}

/** Mails the request to one person with a new link; the old one, and what was opened with it, is dead. */
export async function resend(services: Services, sender: Sender, which: Which): Promise<void> {
  await services.store.transaction(async (tables) => {
    const { id, envelopeId, lockedAt, status } = await openRecipient(tables, sender, which);
    if (status !== 'active') throw new ServerError('envelope_state', `It is not this recipient's turn (${status}): there is no link to send again.`);
    if (lockedAt !== null) throw new ServerError('envelope_state', 'This recipient is locked after wrong access codes: unlock sends a new link.');
    await endLinks(tables, id, 'replaced');
    await endSessions(tables, id, 'replaced');
    await enqueueMail(services, tables, { template: 'request', envelopeId, recipientId: id });
    await appendAudit(services, tables, { envelopeId, type: 'resent', data: { recipientId: id, keyId: sender.keyId }, personal: sender.client });
  });
  services.wake();
}

async function openRecipient(tables: Tables, { tenant }: Sender, { envelopeId, recipientId }: Which): Promise<RecipientRow> {
  const [recipient] = await tables.recipients.find({ id: recipientId, envelopeId, tenant });
  const [envelope] = await tables.envelopes.find({ id: envelopeId, tenant });
  if (!recipient || !envelope) throw notFound();
  if (envelope.status !== 'sent' && envelope.status !== 'in_progress') throw new ServerError('envelope_state', `The envelope is ${envelope.status}: nothing is open.`);
  return recipient;
}
