import type { Sender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import { endAll } from '../envelope/recipients.js';
import { enqueueMail } from '../outbox/enqueue.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { recipientsOf } from './view-envelope.js';

/** Takes an envelope back before it is completed: every link and session dies, and who was asked already is told why. */
export async function voidEnvelope(services: Services, { tenant, keyId, client }: Sender, { id, reason }: { id: string; reason: string }): Promise<void> {
  await services.store.transaction(async (tables) => {
    const [envelope] = await tables.envelopes.find({ id, tenant });
    if (!envelope) throw notFound();
    if (envelope.status === 'voided') return;
    if (!['draft', 'sent', 'in_progress'].includes(envelope.status)) throw new ServerError('envelope_state', `The envelope is ${envelope.status} and cannot be taken back.`);
    if ((await tables.acts.find({ envelopeId: id, state: 'sealing' })).length > 0) {
      throw new ServerError('envelope_state', 'A signature is being finished. Try again in a moment.');
    }
    await tables.envelopes.update({ id }, { status: 'voided' });
    const recipients = await recipientsOf(tables, envelope);
    await endAll(tables, recipients, 'voided');
    for (const { id: recipientId, status } of recipients) {
      if (status === 'active' || status === 'signed') await enqueueMail(services, tables, { template: 'voided', envelopeId: id, recipientId });
    }
    await appendAudit(services, tables, { envelopeId: id, type: 'voided', data: { keyId }, personal: { ...client, reason } });
  });
  services.wake();
}

/** リマインド: a mail of its own to everybody whose turn it is, with a link of its own; earlier links stay good. */
export async function remind(services: Services, { tenant, keyId, client }: Sender, id: string): Promise<void> {
  await services.store.transaction(async (tables) => {
    const [envelope] = await tables.envelopes.find({ id, tenant });
    if (!envelope) throw notFound();
    if (envelope.status !== 'sent' && envelope.status !== 'in_progress') throw new ServerError('envelope_state', `The envelope is ${envelope.status}: nobody is to be reminded.`);
    for (const recipient of await tables.recipients.find({ envelopeId: id, status: 'active', lockedAt: null })) {
      await enqueueMail(services, tables, { template: 'reminder', envelopeId: id, recipientId: recipient.id });
    }
    await appendAudit(services, tables, { envelopeId: id, type: 'reminded', data: { keyId }, personal: client });
  });
  services.wake();
}
