import { appendAudit } from '../audit/append.js';
import { enqueue, enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { endLinks } from './recipients.js';

/** All have signed and approved: everybody gets the documents, and each document its certificate. */
export async function completeEnvelope(services: Services, tables: Tables, envelopeId: string): Promise<void> {
  const [envelope] = await tables.envelopes.update({ id: envelopeId }, { status: 'completed', completedAt: services.now() });
  const recipients = (await tables.recipients.find({ envelopeId }, { orderBy: 'position' })).filter(getsDocuments);
  for (const { id } of recipients) {
    await endLinks(tables, id, 'completed');
    await enqueueMail(services, tables, { template: 'completed', envelopeId, recipientId: id });
  }
  if (!recipients.some(({ email }) => email === envelope?.senderEmail)) {
    await enqueueMail(services, tables, { template: 'completed', envelopeId, recipientId: '' });
  }
  await appendAudit(services, tables, { envelopeId, type: 'completed', data: {} });
  for (const { id } of await tables.documents.find({ envelopeId })) await enqueue(services, tables, 'certificate', { documentId: id });
}

const getsDocuments = ({ role, status }: RecipientRow): boolean => role === 'copy' || status === 'signed';
