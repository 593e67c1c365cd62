import {
  complete,
  getSession,
  isSkySignError,
  prepareCompletion,
  type Connection,
  type PreparedCompletion,
  type SkySignError,
} from '@sky-sign/client';
import type { SigningSession } from '@sky-sign/protocol';
import type { CompletingPhase, Work } from './state.js';
import { submissionOf } from './transitions.js';

export type CompletionOutcome =
  | { readonly session: SigningSession }
  | { readonly refused: SkySignError };

/** Pauses between looks at the truth, in milliseconds; the last one is repeated. */
const pauses = [500, 1000, 2000, 5000];

/**
 * Hands the work in, once. After a lost answer the true state is read first; only if nothing has happened is the very same
 * completion sent again, under the same key. Ends when the server has said what is true.
 */
export async function completeOnce(
  connection: Connection,
  work: Work,
  { onPhase, stopped }: { onPhase: (phase: CompletingPhase) => void; stopped: () => boolean },
): Promise<CompletionOutcome | undefined> {
  let prepared: PreparedCompletion | undefined;
  for (let round = 0; !stopped(); round += 1) {
    try {
      prepared ??= await prepareCompletion(connection, { session: work.session, shown: shownDocuments(work), ...submissionOf(work) });
      onPhase('signing');
      const { session } = await complete(connection, prepared);
      return { session };
    } catch (error) {
      if (!isSkySignError(error)) throw error;
      if (!error.retryable && error.code !== 'envelope_state' && error.code !== 'session_invalid') return { refused: error };
      onPhase('checking');
      const session = await truth(connection, round, stopped);
      if (session && session.recipient.status !== 'active') return { session };
      if (!session || error.code === 'envelope_state') return { refused: error };
      if (error.code === 'rate_limited' || round > 20) return { refused: error };
    }
  }
  return undefined;
}

/** Asks until the server answers; `undefined` when the session is gone for good. */
async function truth(connection: Connection, round: number, stopped: () => boolean): Promise<SigningSession | undefined> {
  for (let look = round; !stopped(); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(look, pauses.length - 1)]));
    try {
      return await getSession(connection);
    } catch (error) {
      if (isSkySignError(error) && !error.retryable) return undefined;
    }
  }
  return undefined;
}

/** Waits while the server is sealing; the only place that polls. */
export async function waitForSeal(connection: Connection, stopped: () => boolean): Promise<SigningSession | undefined> {
  for (let look = 1; !stopped(); look += 1) {
    const session = await truth(connection, look, stopped);
    if (!session || session.recipient.status !== 'sealing') return session;
  }
  return undefined;
}

function shownDocuments({ session, shown }: Work): { id: string; revision: number; sha256: string; length: number }[] {
  return session.documents.map(({ id, revision, length }) => ({ id, revision, sha256: shown.get(id)?.sha256 ?? '', length }));
}
