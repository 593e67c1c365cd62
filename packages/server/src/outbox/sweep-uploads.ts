import type { Services } from '../services.js';
import { lte } from '../store/table.js';

/** Uploads removed in one sweep. */
const batch = 100;

/** Removes uploads that no envelope took in time, with their bytes. One that an envelope takes meanwhile stays. */
export async function sweepUploads({ store, now, log, limits }: Services): Promise<void> {
  const old = await store.tables.documents.find({ envelopeId: null, createdAt: lte(now() - limits.unusedUploadMs) }, { orderBy: 'createdAt', limit: batch });
  for (const { id, tenant, createdAt } of old) {
    const isGone = await store.transaction(async (tables) => {
      if ((await tables.documents.delete({ id, envelopeId: null })) === 0) return false;
      for (const { segmentId } of await tables.revisions.find({ documentId: id })) {
        await tables.chunks.delete({ segmentId });
        await tables.segments.delete({ id: segmentId });
      }
      await tables.revisions.delete({ documentId: id });
      return true;
    });
    if (isGone) log({ level: 'info', event: 'upload_swept', documentId: id, tenant, ageMs: now() - createdAt });
  }
}
