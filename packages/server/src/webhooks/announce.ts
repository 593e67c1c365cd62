import type { WebhookEvent } from '@sky-sign/protocol';
import { enqueue } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** Lines of the log that hosts hear of. */
const events: Readonly<Record<string, WebhookEvent>> = {
  sent: 'envelope.sent',
  opened: 'recipient.opened',
  signed: 'recipient.signed',
  approved: 'recipient.approved',
  delegated: 'recipient.delegated',
  access_code_locked: 'recipient.locked',
  mail_failed: 'recipient.undeliverable',
  completed: 'envelope.completed',
  certificate: 'envelope.certified',
  declined: 'envelope.declined',
  voided: 'envelope.voided',
  expired: 'envelope.expired',
};

/** Queues a call for each receiver of the tenant that wants to hear of this, in the transaction in which it happens. */
export async function announce(needs: Pick<Services, 'crypto' | 'now'>, tables: Tables, { envelopeId, type, at, data }: { envelopeId: string; type: string; at: number; data: Readonly<Record<string, unknown>> }): Promise<void> {
  const event = events[type];
  if (!event) return;
  const [envelope] = await tables.envelopes.find({ id: envelopeId });
  if (!envelope) return;
  const recipientId = typeof data['recipientId'] === 'string' && data['recipientId'] !== '' ? { recipientId: data['recipientId'] } : {};
  for (const { id: webhookId, events: wanted } of await tables.webhooks.find({ tenant: envelope.tenant, disabledAt: null })) {
    if (fromJson(wanted).includes(event)) await enqueue(needs, tables, 'webhook', { webhookId, envelopeId, event, at, ...recipientId });
  }
}
