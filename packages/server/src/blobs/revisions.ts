import { readChunks } from '@sky-sign/pades';
import type { ByteSource } from '@sky-sign/pades';
import { hex } from '../bytes.js';
import { newId } from '../ids.js';
import type { Services } from '../services.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { storeSegment } from './segment.js';
import { openSource } from './source.js';

/** The file as it is at one revision: every segment up to it, one after the other. */
export async function openRevision(services: Pick<Services, 'crypto' | 'keys' | 'store'>, { documentId, number }: { documentId: string; number: number }): Promise<ByteSource> {
  const rows = await services.store.tables.revisions.find({ documentId }, { orderBy: 'number' });
  return openSource(
    services,
    rows.filter((row) => row.number <= number).map((row) => row.segmentId),
  );
}

/** SHA-256 of a whole file, read chunk by chunk. */
export async function hashSource({ hash }: Pick<Services, 'hash'>, source: ByteSource): Promise<string> {
  return hex(await hash('SHA-256', readChunks(source, 0, source.length)));
}

export interface NewRevision {
  readonly document: DocumentRow;
  readonly kind: RevisionRow['kind'];
  readonly delta: Uint8Array;
  /** Of the whole file with the delta. */
  readonly sha256: string;
  readonly length: number;
  readonly recipientId?: string;
  readonly withValues?: boolean;
}

/** Stores what a revision appended and makes it the newest, unless somebody else was faster: then `false`, and nothing counts. */
export async function appendRevision(services: Services, tables: Tables, revision: NewRevision): Promise<boolean> {
  const { document, delta } = revision;
  const number = document.revision + 1;
  const [swapped] = await tables.documents.update({ id: document.id, revision: document.revision }, { revision: number });
  if (!swapped) return false;
  const segmentId = newId(services.crypto, 'seg');
  await storeSegment(services, tables, { tenant: document.tenant, segmentId, bytes: delta });
  await tables.revisions.insert({
    documentId: document.id,
    number,
    kind: revision.kind,
    segmentId,
    sha256: revision.sha256,
    length: revision.length,
    segmentLength: delta.length,
    recipientId: revision.recipientId ?? null,
    withValues: revision.withValues ? 1 : 0,
    createdAt: services.now(),
  });
  return true;
}
