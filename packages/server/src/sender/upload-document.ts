import type { UploadedDocument } from '@sky-sign/protocol';
import type { Sender } from '../auth/api-key.js';
import { beginSegment, rechunk } from '../blobs/segment.js';
import { openSource } from '../blobs/source.js';
import { hex } from '../bytes.js';
import { newId } from '../ids.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { toJson } from '../store/rows.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import { inspectUpload } from './intake.js';

interface Upload {
  readonly sender: Sender;
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Stores an upload as it comes in (hashed, encrypted, never whole in memory), then reads it and keeps or refuses it. */
export async function uploadDocument(services: Services, { sender, name, body }: Upload): Promise<UploadedDocument> {
  const { crypto, store, now, limits } = services;
  const segmentId = newId(crypto, 'seg');
  const writer = await beginSegment(crypto, services.keys, { tenant: sender.tenant, segmentId });
  try {
    // Length 0 until the last chunk: what breaks off, even by a crash, can be found and removed.
    await store.tables.segments.insert(writer.row(now()));
    const sha256 = hex(await services.hash('SHA-256', stored()));
    const segment = writer.row(now());
    await store.tables.segments.update({ id: segmentId }, { length: segment.length });
    const facts = await inspectUpload(services, await openSource(services, [segmentId]));
    const document: DocumentRow = {
      id: newId(crypto, 'doc'),
      tenant: sender.tenant,
      name,
      pages: toJson(facts.pages),
      fieldNames: toJson(facts.fields.map((field) => field.name)),
      flags: toJson(flagsOf(facts)),
      signed: facts.signatures.length > 0 ? 1 : 0,
      createdAt: now(),
      envelopeId: null,
      position: 0,
      mustView: 0,
      certificateId: '',
      revision: 0,
    };
    const upload: RevisionRow = {
      documentId: document.id,
      number: 0,
      kind: 'upload',
      segmentId,
      sha256,
      length: segment.length,
      segmentLength: segment.length,
      recipientId: null,
      withValues: 0,
      createdAt: now(),
    };
    await store.transaction(async (tables) => {
      await tables.documents.insert(document);
      await tables.revisions.insert(upload);
    });
    return { id: document.id, name, length: segment.length, sha256, pages: facts.pages.length, flags: flagsOf(facts) };
  } catch (error) {
    await store.tables.segments.delete({ id: segmentId });
    await store.tables.chunks.delete({ segmentId });
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

function flagsOf(facts: Awaited<ReturnType<typeof inspectUpload>>): string[] {
  const flags = facts.findings.map(({ code }) => code);
  return facts.signatures.length > 0 ? ['signed', ...flags] : flags;
}
