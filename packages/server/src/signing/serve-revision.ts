import { authenticateSender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import { openRevision } from '../blobs/revisions.js';
import type { Client } from '../http/client.js';
import { lengthOf, mergeRange } from '../http/merge-range.js';
import type { ByteRange } from '../http/range.js';
import { serveSource } from '../http/serve-source.js';
import { notFound } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson, toJson } from '../store/rows.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import { logDownload } from '../sender/log-download.js';
import { authenticate } from './authenticate.js';
import type { Caller } from './describe-session.js';

/** Varies by token, so that a new session fetches what it shows: only what was delivered to it may be consented to. */
const headers = { 'Cache-Control': 'private, max-age=31536000, immutable, no-transform', Vary: 'Origin, Authorization' };

/** The immutable bytes of one revision, to its recipients (in ranges, counted) and to its sender. */
export async function serveRevision(services: Services, request: Request, { documentId, sha256, client }: { documentId: string; sha256: string; client: Client }): Promise<Response> {
  const { tables } = services.store;
  const bySender = /^bearer /iu.test(request.headers.get('Authorization') ?? '');
  const caller = bySender ? undefined : await authenticate(services, request);
  const sender = bySender ? await authenticateSender(services, request, { client, scope: 'envelopes:read' }) : undefined;
  const [document]: readonly DocumentRow[] = await tables.documents.find({ id: documentId, ...(caller && { envelopeId: caller.envelope.id }), ...(sender && { tenant: sender.tenant }) });
  const [revision] = document ? await tables.revisions.find({ documentId, sha256 }) : [];
  if (!revision || (caller && revision.kind === 'upload')) throw notFound();
  const source = await openRevision(services, { documentId, number: revision.number });
  const { response, carries } = serveSource(request, { source, sha256, headers });
  // Of a sender's ranges, the one that begins the file stands for all.
  if (sender && carries?.start === 0 && document) await logDownload(services, sender, { document, what: 'document', sha256 });
  if (caller && carries) await recordDelivery(services, caller, { revision, carries, client });
  return response;
}

/** Keeps which bytes went out; the first ones of a revision in a session are a line of the log. */
async function recordDelivery(services: Services, { session, recipient, envelope }: Caller, { revision, carries, client }: { revision: RevisionRow; carries: ByteRange; client: Client }): Promise<void> {
  const place = { sessionId: session.id, documentId: revision.documentId, number: revision.number };
  await services.store.transaction(async (tables) => {
    const [row] = await tables.deliveries.find(place);
    const ranges = mergeRange(row ? fromJson(row.ranges) : [], carries);
    const delivered = { bytes: lengthOf(ranges), ranges: toJson(ranges) };
    if (row) {
      if (delivered.bytes > row.bytes) await tables.deliveries.update(place, delivered);
      return;
    }
    await tables.deliveries.insert({ ...place, ...delivered });
    const data = { recipientId: recipient.id, sessionId: session.id, documentId: revision.documentId, revision: revision.number, sha256: revision.sha256 };
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'served', data, personal: client });
  });
}
