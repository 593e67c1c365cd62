import { bytesSource, concatSource, signPdf, validatePdf } from '@sky-sign/pades';
import { appendAudit } from '../audit/append.js';
import { hashSource } from '../blobs/revisions.js';
import { storeSegment } from '../blobs/segment.js';
import { concat } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import { newId } from '../ids.js';
import type { Services } from '../services.js';
import { readFacts } from './facts.js';

/** Writes the contract certificate of a completed document, signs it (B-LTA) and keeps it. Doing it again does nothing. */
export async function makeCertificate(services: Services, documentId: string): Promise<void> {
  const { crypto, now, store } = services;
  const [document] = await store.tables.documents.find({ id: documentId });
  const [envelope] = document?.envelopeId ? await store.tables.envelopes.find({ id: document.envelopeId, status: 'completed' }) : [];
  if (!document || !envelope || (await store.tables.certificates.find({ documentId })).length > 0) return;
  const facts = await readFacts(services, { envelope, document });
  const bytes = await signCertificate(services, await services.heavy.drawCertificate(facts));
  const sha256 = await hashSource(services, bytesSource(bytes));
  await store.transaction(async (tables) => {
    if ((await tables.certificates.find({ documentId })).length > 0) return;
    const segmentId = newId(crypto, 'seg');
    await storeSegment(services, tables, { tenant: document.tenant, segmentId, bytes });
    await tables.certificates.insert({ documentId, envelopeId: envelope.id, segmentId, sha256, length: bytes.length, createdAt: now() });
    const data = { documentId, sha256, of: facts.document.sha256, head: facts.audit };
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'certificate', data });
  });
}

/** By the operator, invisibly, to last; and only what validates is kept. */
async function signCertificate(services: Services, pdf: Uint8Array): Promise<Bytes> {
  const { signer, hash, anchors, crypto } = services;
  const clock = (): Date => new Date(services.now());
  const base = bytesSource(pdf);
  const { delta } = await signPdf(base, {
    signer,
    hash,
    create: { page: 1 },
    at: clock(),
    reason: '契約締結証明書の発行',
    location: '日本',
    timestamp: { request: services.timestamp, anchors, now: clock },
    longTerm: { level: 'B-LTA', network: services.status, anchors, now: clock, certificates: signer.chain ?? [] },
  });
  const { ok, signatures } = await validatePdf(concatSource(base, delta), { anchors, hash, crypto, at: clock() });
  if (!ok || signatures[0]?.level !== 'B-LTA') throw new Error(`The certificate does not validate: ${signatures.flatMap(({ problems }) => problems).join(', ')}`);
  return concat(pdf, delta);
}
