import { appendAudit } from '../audit/append.js';
import { endAll } from '../envelope/recipients.js';
import type { Client } from '../http/client.js';
import { enqueueMail } from '../outbox/enqueue.js';
import { ServerError } from '../problem.js';
import { recipientsOf } from '../sender/view-envelope.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';
import type { Caller } from './describe-session.js';

/** 辞退・差戻し: ends the envelope for everybody, and tells the sender why. */
export async function decline(services: Services, { session, recipient, envelope }: Caller, { reason, client }: { reason: string; client: Client }): Promise<void> {
  await services.store.transaction(async (tables) => {
    await takeTurn(tables, recipient.id, envelope.id);
    await tables.recipients.update({ id: recipient.id }, { status: 'declined', statusAt: services.now() });
    await tables.envelopes.update({ id: envelope.id }, { status: 'declined' });
    await endAll(tables, await recipientsOf(tables, envelope), 'declined');
    await enqueueMail(services, tables, { template: 'declined', envelopeId: envelope.id, recipientId: '' });
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'declined', data: { recipientId: recipient.id, sessionId: session.id }, personal: { ...client, reason } });
  });
  services.wake();
}

/** Throws unless it is this recipient's turn now and no signature of the envelope is being finished. */
export async function takeTurn(tables: Tables, recipientId: string, envelopeId: string): Promise<void> {
  const [recipient] = await tables.recipients.find({ id: recipientId });
  const [envelope] = await tables.envelopes.find({ id: envelopeId });
  if (envelope?.status !== 'sent' && envelope?.status !== 'in_progress') throw new ServerError('envelope_state', `The envelope is ${envelope?.status ?? 'gone'}.`);
  if (recipient?.status !== 'active') throw new ServerError('not_your_turn', `It is not your turn now (${recipient?.status ?? 'gone'}).`);
  if ((await tables.acts.find({ envelopeId, state: 'sealing' })).length > 0) throw new ServerError('envelope_state', 'A signature is being finished. Try again in a moment.');
}
