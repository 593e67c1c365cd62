import type { ByteSource } from '@sky-sign/pades';
import { openRevision } from '../blobs/revisions.js';
import { openSource } from '../blobs/source.js';
import type { Services } from '../services.js';
import type { CertificateRow, TicketRow } from '../store/rows.js';

export interface OpenFile {
  readonly envelopeId: string;
  /** With its ending. */
  readonly name: string;
  readonly source: ByteSource;
  readonly sha256: string;
}

/** The file of a ticket. */
export async function openFile(services: Services, { documentId, number, what }: TicketRow): Promise<OpenFile | undefined> {
  const { tables } = services.store;
  const [document] = await tables.documents.find({ id: documentId });
  if (!document?.envelopeId) return undefined;
  const { envelopeId, name } = document;
  if (what === 'certificate') {
    const [certificate] = await tables.certificates.find({ documentId });
    return certificate && { envelopeId, name: `契約締結証明書 ${name}.pdf`, ...(await openCertificate(services, certificate)) };
  }
  const [revision] = await tables.revisions.find({ documentId, number });
  return revision && { envelopeId, name: `${name}.pdf`, source: await openRevision(services, { documentId, number }), sha256: revision.sha256 };
}

export async function openCertificate(services: Services, { segmentId, sha256 }: CertificateRow): Promise<Pick<OpenFile, 'source' | 'sha256'>> {
  return { source: await openSource(services, [segmentId]), sha256 };
}
