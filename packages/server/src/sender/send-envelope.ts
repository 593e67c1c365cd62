import type { Sender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import { appendRevision } from '../blobs/revisions.js';
import { activateNext } from '../envelope/recipients.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { toJson } from '../store/rows.js';
import { prepareDocument } from './prepare-documents.js';
import type { PreparedDocument } from './prepare-documents.js';
import { recipientsOf } from './view-envelope.js';

/** Sends a draft: the documents get their preparation revision, the first recipients their mail. Sending twice is harmless. */
export async function sendEnvelope(services: Services, { tenant, keyId, client }: Sender, id: string): Promise<void> {
  const { store, now } = services;
  const [envelope] = await store.tables.envelopes.find({ id, tenant });
  if (!envelope) throw notFound();
  if (envelope.status === 'sent' || envelope.status === 'in_progress') return;
  if (envelope.status !== 'draft') throw new ServerError('envelope_state', `The envelope is ${envelope.status}; only a draft can be sent.`);
  if (envelope.deadline <= now()) throw new ServerError('envelope_state', 'The deadline of this draft has passed: make a new one.');
  const signers = (await recipientsOf(store.tables, envelope)).filter(({ role }) => role === 'signer');
  const documents = await store.tables.documents.find({ envelopeId: id }, { orderBy: 'position' });

  const prepared: PreparedDocument[] = [];
  for (const document of documents) prepared.push(await prepareDocument(services, document, signers));

  await store.transaction(async (tables) => {
    const [sent] = await tables.envelopes.update({ id, status: 'draft' }, { status: 'sent', sentAt: now() });
    if (!sent) return;
    for (const { document, certificateId, delta, sha256, length } of prepared) {
      if (!(await appendRevision(services, tables, { document, kind: 'preparation', delta, sha256, length }))) {
        throw new Error(`Document ${document.id} changed while it was prepared.`);
      }
      await tables.documents.update({ id: document.id }, { certificateId });
    }
    for (const recipient of signers) {
      const names = prepared.map(({ document, signatureFields }) => [document.id, signatureFields.get(recipient.id) ?? '']);
      await tables.recipients.update({ id: recipient.id }, { signatureFields: toJson(Object.fromEntries(names) as Record<string, string>) });
    }
    await activateNext(services, tables, id);
    const data = { keyId, documents: prepared.map(({ document, certificateId, sha256 }) => ({ id: document.id, certificateId, sha256 })) };
    await appendAudit(services, tables, { envelopeId: id, type: 'sent', data, personal: client });
  });
  services.wake();
}
