import { authenticateSender } from '../auth/api-key.js';
import { openRevision } from '../blobs/revisions.js';
import { serveSource } from '../http/serve-source.js';
import { notFound } from '../problem.js';
import type { Services } from '../services.js';
import type { DocumentRow, RevisionRow } from '../store/rows.js';
import { add } from '../store/table.js';
import { authenticate } from './authenticate.js';

/** Varies by token, so that a new session fetches what it shows: only what was delivered to it may be consented to. */
const headers = { 'Cache-Control': 'private, max-age=31536000, immutable, no-transform', Vary: 'Origin, Authorization' };

/** The immutable bytes of one revision, to its recipients (in ranges, counted) and to its sender. */
export async function serveRevision(services: Services, request: Request, { documentId, sha256 }: { documentId: string; sha256: string }): Promise<Response> {
  const { tables } = services.store;
  const bySender = /^bearer /iu.test(request.headers.get('Authorization') ?? '');
  const caller = bySender ? undefined : await authenticate(services, request);
  const [document]: readonly DocumentRow[] = caller
    ? await tables.documents.find({ id: documentId, envelopeId: caller.envelope.id })
    : await tables.documents.find({ id: documentId, tenant: (await authenticateSender(services, request)).tenant });
  const [revision] = document ? await tables.revisions.find({ documentId, sha256 }) : [];
  if (!revision || (caller && revision.kind === 'upload')) throw notFound();
  const source = await openRevision(services, { documentId, number: revision.number });
  const { response, bytes } = serveSource(request, { source, sha256, headers });
  if (caller && bytes > 0) await recordDelivery(services, caller.session.id, { revision, bytes });
  return response;
}

async function recordDelivery({ store }: Services, sessionId: string, { revision, bytes }: { revision: RevisionRow; bytes: number }): Promise<void> {
  const place = { sessionId, documentId: revision.documentId, number: revision.number };
  const [counted] = await store.tables.deliveries.update(place, { bytes: add(bytes) });
  if (counted) return;
  await store.transaction(async (tables) => {
    const [row] = await tables.deliveries.update(place, { bytes: add(bytes) });
    if (!row) await tables.deliveries.insert({ ...place, bytes });
  });
}
