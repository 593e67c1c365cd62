import type { Services } from '../services.js';
import { expireOverdue } from '../signing/expire-overdue.js';
import type { SessionRow } from '../store/rows.js';
import { lte } from '../store/table.js';
import { sweepUploads } from './sweep-uploads.js';

const dayMs = 86_400_000;
/** Sessions swept in one transaction. */
const batch = 200;

/** Ends what is overdue, and removes what nobody can use any more: spent proofs, dead tickets and tokens, sessions of yesterday, finished work, uploads that broke off or were never used. */
export async function sweep(services: Services): Promise<void> {
  const { store, now } = services;
  const { proofs, tickets, sessionTokens, tokens, outbox, segments, chunks } = store.tables;
  for (const table of [proofs, tickets, sessionTokens]) await table.delete({ expiresAt: lte(now()) });
  // The hash of a dead mail link stays: it still says why it is dead, and whom to ask.
  await tokens.delete({ kind: 'embed', expiresAt: lte(now() - dayMs) });
  await tokens.delete({ kind: 'download', expiresAt: lte(now() - dayMs) });
  await outbox.delete({ doneAt: lte(now() - 30 * dayMs), failedAt: null });
  await expireOverdue(services, {});
  await sweepSessions(services);
  await sweepUploads(services);
  for (const { id } of await segments.find({ length: 0, createdAt: lte(now() - dayMs) })) {
    await chunks.delete({ segmentId: id });
    await segments.delete({ id });
  }
}

/** No session lives for four hours; one whose act is not sealed yet is still needed for the mail about it. */
async function sweepSessions({ store, now }: Services): Promise<void> {
  await store.transaction(async (tables) => {
    const old: readonly SessionRow[] = await tables.sessions.find({ createdAt: lte(now() - dayMs) }, { orderBy: 'createdAt', limit: batch });
    for (const { id, recipientId } of old) {
      const [act] = await tables.acts.find({ recipientId });
      if (act?.state === 'sealing' && act.sessionId === id) continue;
      await tables.deliveries.delete({ sessionId: id });
      await tables.sessions.delete({ id });
    }
  });
}
