import type { ByteSource } from '@sky-sign/pades';
import { withoutTurning } from '@sky-sign/protocol';
import type { UploadedDocument } from '@sky-sign/protocol';
import type { Sender } from '../auth/api-key.js';
import { beginSegment, rechunk, storeSegment } from '../blobs/segment.js';
import { openSource } from '../blobs/source.js';
import { hex, sha256Hex } from '../bytes.js';
import { newId } from '../ids.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { toJson } from '../store/rows.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import type { UploadFacts } from './inspect-upload.js';

interface Upload {
  readonly sender: Sender;
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly sanitize: boolean;
  readonly allowAttachments: boolean;
}

/** Stores an upload as it comes in (hashed, encrypted, never whole in memory), then has it scanned and read, and keeps or refuses it. */
export async function uploadDocument(services: Services, { sender, name, body, ...options }: Upload): Promise<UploadedDocument> {
  const { crypto, store, now, limits } = services;
  const [segmentId, rewrittenId] = [newId(crypto, 'seg'), newId(crypto, 'seg')];
  const writer = await beginSegment(crypto, services.keys, { tenant: sender.tenant, segmentId });
  try {
    // Length 0 until the last chunk: what breaks off, even by a crash, can be found and removed.
    await store.tables.segments.insert(writer.row(now()));
    const original = hex(await services.hash('SHA-256', stored()));
    const segment = writer.row(now());
    await store.tables.segments.update({ id: segmentId }, { length: segment.length });
    const source = await openSource(services, [segmentId]);
    await refuseInfected(services, source);
    const intake = await services.heavy.inspect(source, { ...options, at: now() });
    if (intake.verdict === 'refused') {
      const { code, reason, detail } = intake.refusal;
      throw new ServerError(code, detail, { reason });
    }
    const { facts, rewritten } = intake;
    if (rewritten) await storeSegment(services, store.tables, { tenant: sender.tenant, segmentId: rewrittenId, bytes: rewritten });
    const kept = rewritten ? { segmentId: rewrittenId, sha256: await sha256Hex(crypto, rewritten), length: rewritten.length } : { segmentId, sha256: original, length: segment.length };
    const document = documentRow(services, { sender, name, facts, original });
    await store.transaction(async (tables) => {
      if (rewritten) await forget(tables, segmentId);
      await tables.documents.insert(document);
      await tables.revisions.insert(firstRevision(document, kept));
    });
    return { id: document.id, name, length: kept.length, sha256: kept.sha256, originalSha256: original, pages: facts.pages.length, flags: [...facts.flags], attachments: [...facts.attachments] };
  } catch (error) {
    for (const id of [segmentId, rewrittenId]) await forget(store.tables, id);
    throw error;
  }

  async function* stored(): AsyncGenerator<Uint8Array> {
    let length = 0;
    for await (const chunk of rechunk(body)) {
      length += chunk.data.length;
      if (length > limits.documentBytes) {
        throw new ServerError('document_too_large', `The PDF is larger than ${String(limits.documentBytes)} bytes. Make it smaller, or split it.`);
      }
      if (chunk.data.length === 0) throw new ServerError('document_not_pdf', 'The body is empty: it must be the PDF itself.');
      await writer.write(store.tables, chunk);
      yield chunk.data;
    }
  }
}

/** Where a scanner is configured, nothing that it has not seen is taken. */
async function refuseInfected({ scan, log }: Services, source: ByteSource): Promise<void> {
  const verdict = await scan?.(source).catch((error: unknown) => {
    log({ level: 'error', event: 'scan_failed', error });
    throw new ServerError('service_unavailable', 'The virus scanner does not answer, so nothing is taken at the moment.', { headers: { 'Retry-After': '60' }, cause: error });
  });
  if (verdict === undefined || verdict.verdict === 'clean') return;
  log({ level: 'warn', event: 'scan_refused', ...verdict });
  if (verdict.verdict !== 'found') throw new ServerError('document_too_large', 'The PDF is larger than the virus scanner takes. Make it smaller, or split it.');
  throw new ServerError('document_infected', 'The virus scanner found something in the file.', { reason: verdict.found });
}

async function forget(tables: Pick<Tables, 'segments' | 'chunks'>, segmentId: string): Promise<void> {
  await tables.segments.delete({ id: segmentId });
  await tables.chunks.delete({ segmentId });
}

function documentRow({ crypto, now }: Services, { sender, name, facts, original }: { sender: Sender; name: string; facts: UploadFacts; original: string }): DocumentRow {
  return {
    id: newId(crypto, 'doc'),
    tenant: sender.tenant,
    name,
    pages: toJson(facts.pages),
    fieldNames: toJson(facts.fieldNames),
    flags: toJson(facts.flags),
    attachments: toJson(facts.attachments.map(withoutTurning)),
    originalSha256: original,
    signed: facts.signed ? 1 : 0,
    createdAt: now(),
    envelopeId: null,
    position: 0,
    mustView: 0,
    certificateId: '',
    revision: 0,
  };
}

function firstRevision({ id, createdAt }: DocumentRow, { segmentId, sha256, length }: Pick<RevisionRow, 'segmentId' | 'sha256' | 'length'>): RevisionRow {
  return { documentId: id, number: 0, kind: 'upload', segmentId, sha256, length, segmentLength: length, recipientId: null, withValues: 0, createdAt };
}
