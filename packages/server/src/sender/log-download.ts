import type { Sender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import type { Services } from '../services.js';
import type { DocumentRow } from '../store/rows.js';

/** A line of the log for what a sender takes out of an envelope. */
export async function logDownload(services: Services, { keyId, client }: Sender, { document: { id: documentId, envelopeId }, what, sha256 }: { document: DocumentRow; what: 'document' | 'certificate'; sha256: string }): Promise<void> {
  if (envelopeId === null) return;
  await services.store.transaction((tables) => appendAudit(services, tables, { envelopeId, type: 'downloaded', data: { keyId, documentId, what, sha256 }, personal: client }));
}
