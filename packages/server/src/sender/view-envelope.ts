import type { EnvelopeView, RecipientProgress } from '@sky-sign/protocol';
import { notFound } from '../problem.js';
import { maxUnlocks } from './reopen.js';
import type { EnvelopeRow, RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** The sender's view of an envelope; another tenant's is not found. Never a link, a token or a code. */
export async function viewEnvelope(tables: Tables, { tenant, id }: { tenant: string; id: string }): Promise<Omit<EnvelopeView, 'warnings'>> {
  const [envelope] = await tables.envelopes.find({ id, tenant });
  if (!envelope) throw notFound();
  const documents = await tables.documents.find({ envelopeId: id }, { orderBy: 'position' });
  return {
    id,
    title: envelope.title,
    number: envelope.number,
    status: envelope.status,
    documents: await Promise.all(
      documents.map(async (document) => {
        const [revision] = await tables.revisions.find({ documentId: document.id, number: document.revision });
        if (!revision) throw new Error(`Document ${document.id} has no revision ${String(document.revision)}.`);
        const { sha256, length } = revision;
        const [certificate] = await tables.certificates.find({ documentId: document.id });
        return { ...(certificate && { certificate: { sha256: certificate.sha256, length: certificate.length } }), id: document.id, name: document.name, certificateId: document.certificateId, revision: document.revision, sha256, length };
      }),
    ),
    recipients: (await recipientsOf(tables, envelope)).map((recipient) => ({
      ...progressOf(recipient),
      email: recipient.email,
      ...(recipient.undeliverableAt !== null && { undeliverableAt: new Date(recipient.undeliverableAt).toISOString() }),
      ...(recipient.lockedAt !== null && { lockedAt: new Date(recipient.lockedAt).toISOString(), unlocksLeft: Math.max(0, maxUnlocks - recipient.unlocks) }),
    })),
  };
}

export function recipientsOf(tables: Tables, { id }: Pick<EnvelopeRow, 'id'>): Promise<readonly RecipientRow[]> {
  return tables.recipients.find({ envelopeId: id }, { orderBy: 'position' });
}

export function progressOf(recipient: RecipientRow): RecipientProgress {
  const { id, name, organization, role, signingOrder, status, statusAt } = recipient;
  return { id, name, organization, role, order: signingOrder, status, ...(status !== 'waiting' && { at: new Date(statusAt).toISOString() }) };
}
