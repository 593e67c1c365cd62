import { readAudit } from '../audit/export.js';
import type { AuditLine } from '../audit/export.js';
import type { Services } from '../services.js';
import type { DocumentRow, EnvelopeRow, RecipientRow } from '../store/rows.js';
import type { CertificateFacts, Operation } from './certificate-facts.js';

/** Reads what is known of a document's completed envelope. */
export async function readFacts(services: Services, { envelope, document }: { envelope: EnvelopeRow; document: DocumentRow }): Promise<CertificateFacts> {
  const { tables } = services.store;
  const log = await readAudit(services, tables, envelope.id);
  const head = log.at(-1);
  const [revision] = await tables.revisions.find({ documentId: document.id, number: document.revision });
  if (!head || !revision) throw new Error(`Envelope ${envelope.id} has no log or document ${document.id} no revision.`);
  const recipients = new Map((await tables.recipients.find({ envelopeId: envelope.id })).map((row) => [row.id, row]));
  const operations = log.filter(({ type }) => type === 'consented').map((line) => operationOf(line, { log, recipients }));
  return {
    document: { name: document.name, certificateId: document.certificateId, sha256: revision.sha256, length: revision.length, pages: (JSON.parse(document.pages) as unknown[]).length },
    controlNumber: envelope.controlNumber,
    envelopeNumber: envelope.number,
    title: envelope.title,
    creator: { name: envelope.senderName, email: envelope.senderEmail },
    sentAt: envelope.sentAt ?? 0,
    completedAt: envelope.completedAt ?? 0,
    operations,
    audit: { seq: head.seq, hash: head.hash },
  };
}

function operationOf({ at, data, personal }: AuditLine, { log, recipients }: { log: readonly AuditLine[]; recipients: ReadonlyMap<string, RecipientRow> }): Operation {
  const recipient = recipients.get(String(data['recipientId']));
  if (!recipient) throw new Error(`The log names recipient ${String(data['recipientId'])}, who is not there.`);
  const opened = log.find((line) => line.type === 'opened' && line.data['sessionId'] === data['sessionId']);
  const { name, organization, email } = recipient;
  return {
    at: Date.parse(at),
    address: personal['address'] ?? '',
    name,
    organization,
    email,
    means: { via: data['via'] === 'embedded' ? 'embedded' : 'hosted', origin: String(data['origin']), code: opened?.data['code'] === true },
    consentSha256: String(data['consentSha256']),
    act: data['act'] === 'approve' ? 'approve' : 'sign',
  };
}
