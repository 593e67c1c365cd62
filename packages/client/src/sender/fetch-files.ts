import { routes } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** The bytes of a document as an envelope's view names it by its hash: as sent, or with the signatures so far. */
export async function fetchDocument(sender: Sender, { documentId, sha256 }: { documentId: string; sha256: string }): Promise<Uint8Array> {
  return asSender('Loading the document', () => bytesOf(sender, routes.revision(documentId, sha256)));
}

/** 契約締結証明書 of a document (PDF); `not_found` until its envelope is completed and the certificate is written. */
export async function fetchCertificate(sender: Sender, { envelopeId, documentId }: { envelopeId: string; documentId: string }): Promise<Uint8Array> {
  return asSender('Loading the certificate', () => bytesOf(sender, routes.certificate(envelopeId, documentId)));
}

async function bytesOf(sender: Sender, path: string): Promise<Uint8Array> {
  return new Uint8Array(await sender.http.get(path.slice(1), { timeout: false }).arrayBuffer());
}
