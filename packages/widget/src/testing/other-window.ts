// For tests: the same person in another window, which has a key and a session of its own.
import { complete, enterAccessCode, fetchRevision, openConnection, prepareCompletion, startSession, type Connection } from '@sky-sign/client';
import type { SeededEnvelope } from '@sky-sign/mocks';
import type { FieldValue, SigningSession } from '@sky-sign/protocol';

/** 2 × 2 pixels, half transparent red. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGO4pqBwFYQZYAwAOnQGGbEfyXUAAAAASUVORK5CYII=';

export async function openOtherWindow({ linkToken, accessCode }: Pick<SeededEnvelope, 'linkToken' | 'accessCode'>): Promise<{ connection: Connection; session: SigningSession }> {
  const connection = await openConnection({ memory: { read: () => undefined, write: () => undefined, clear: () => undefined } });
  await startSession(connection, { linkToken });
  return { connection, session: await enterAccessCode(connection, { accessCode }) };
}

/** Reads, fills in and signs there. */
export async function signInOtherWindow(seed: SeededEnvelope): Promise<void> {
  const { connection, session } = await openOtherWindow(seed);
  for (const { id, sha256, length } of session.documents) await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: length });
  const input = {
    session,
    shown: session.documents.map(({ id, revision, sha256, length }) => ({ id, revision, sha256, length })),
    values: session.fields.flatMap(({ id, kind, label, required }): FieldValue[] => {
      if (kind === 'signature' || !required) return [];
      if (kind === 'checkbox') return [{ fieldId: id, value: true }];
      return [{ fieldId: id, value: kind === 'date' ? '2026-11-21' : label === '電話番号' ? '022-999-9999' : 'ほかの画面' }];
    }),
    seals: session.fields.filter(({ kind }) => kind === 'signature').map(({ id }) => ({ fieldId: id, kind: 'text' as const, png, widthMm: 18, heightMm: 18 })),
  };
  await complete(connection, await prepareCompletion(connection, input));
}
