import { complete, decline, delegate, enterAccessCode, fetchRevision, openConnection, prepareCompletion, reportEvent, startSession } from '@sky-sign/client';
import type { Connection, SessionMemory } from '@sky-sign/client';
import type { FieldValue, SigningSession } from '@sky-sign/protocol';

interface Link {
  readonly linkToken: string;
  readonly accessCode: string;
}

/** Opens an envelope elsewhere: in another window, or by another person. With `here` in this tab, where the element finds it. */
export async function openElsewhere({ linkToken, accessCode }: Link, { here = false } = {}): Promise<{ connection: Connection; session: SigningSession }> {
  const connection = await openConnection(here ? {} : { memory: noMemory() });
  await startSession(connection, { linkToken });
  return { connection, session: await enterAccessCode(connection, { accessCode }) };
}

/** Does all that a person does up to the end: reads, fills, seals, agrees, completes. */
export async function signElsewhere(link: Link, where?: { here?: boolean }): Promise<void> {
  const { connection, session } = await openElsewhere(link, where);
  for (const { id, sha256, length } of session.documents) await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: length });
  for (const { id } of session.documents) await reportEvent(connection, { type: 'viewed', documentId: id });
  const input = {
    session,
    shown: session.documents.map(({ id, revision, sha256, length }) => ({ id, revision, sha256, length })),
    values: session.fields.flatMap(({ id, kind, label }): FieldValue[] => {
      if (kind === 'signature') return [];
      if (kind === 'checkbox') return [{ fieldId: id, value: true }];
      return [{ fieldId: id, value: kind === 'date' ? '2026-11-21' : label === '電話番号' ? '022-123-4567' : '青葉県青葉市緑町二丁目3番4号' }];
    }),
    seals: session.fields.filter(({ kind }) => kind === 'signature').map(({ id }) => ({ fieldId: id, kind: 'text' as const, png: ring(), widthMm: 18, heightMm: 18 })),
  };
  await complete(connection, await prepareCompletion(connection, input));
}

export async function declineElsewhere(link: Link): Promise<void> {
  await decline((await openElsewhere(link)).connection, { reason: '契約金額を確認させてください。' });
}

export async function delegateElsewhere(link: Link): Promise<void> {
  await delegate((await openElsewhere(link)).connection, { name: '山田 花子', email: 'hanako@yamada-kensetsu.example' });
}

/** Types a wrong code so many times. */
export async function guess({ linkToken }: Pick<Link, 'linkToken'>, times: number): Promise<void> {
  const connection = await openConnection({ memory: noMemory() });
  await startSession(connection, { linkToken });
  for (let time = 0; time < times; time += 1) await enterAccessCode(connection, { accessCode: '0000' }).catch(() => undefined);
}

function noMemory(): SessionMemory {
  let kept: ReturnType<SessionMemory['read']>;
  return { read: () => kept, write: (session) => void (kept = session), clear: () => void (kept = undefined) };
}

/** A round seal without text, as base64 PNG. */
function ring(): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 240, height: 240 });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  context.strokeStyle = '#d7331f';
  context.lineWidth = 12;
  context.arc(120, 120, 108, 0, 2 * Math.PI);
  context.moveTo(170, 120);
  context.arc(120, 120, 50, 0, 2 * Math.PI);
  context.stroke();
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}
