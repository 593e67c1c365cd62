import type { SigningSession } from '@sky-sign/protocol';
import type { Work } from './state.js';

/** What was filled in and never reached the server when a session ended, by envelope and recipient; in memory, never stored. */
const kept = new Map<string, Pick<Work, 'values' | 'seals'>>();

const keyOf = ({ envelope, recipient }: SigningSession): string => `${envelope.id} ${recipient.id}`;

export function keepUnsaved({ session, values, seals }: Work): void {
  kept.set(keyOf(session), { values, seals });
}

/** Lays what was kept over the draft of a new session of the same person; `undefined` where there is nothing. */
export function takeUnsaved(session: SigningSession): SigningSession | undefined {
  const work = kept.get(keyOf(session));
  kept.delete(keyOf(session));
  if (!work || session.recipient.status !== 'active') return undefined;
  const values = [...work.values].map(([fieldId, value]) => ({ fieldId, value }));
  return { ...session, draft: { values, seals: [...work.seals.values()], savedAt: session.draft?.savedAt ?? '' } };
}
