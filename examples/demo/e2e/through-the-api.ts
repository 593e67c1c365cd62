import { complete, enterAccessCode, fetchRevision, openConnection, prepareCompletion, startSession } from '@sky-sign/client';
import type { Connection } from '@sky-sign/client';
import { createEnvelope, createSender, uploadDocument } from '@sky-sign/client/sender';
import type { EnvelopeInput } from '@sky-sign/client/sender';
import { waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';

type Session = Awaited<ReturnType<typeof enterAccessCode>>;

/** A red square with a dot, transparent elsewhere: PNG, base64. */
export const sealPng =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAAAeElEQVR42u3bMQ0AMAgEQJwgov51VE4x0LEs5Uh+YrvtQ4i98kxOAAAAAACA2+KzAQAAAAAAAAAAAAAAAAAAAJoBWvs7AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA4C4AAAAAAAAAAAAAAAAAAABeAPgaAwAAAIABKWroLxnL+nH2AAAAAElFTkSuQmCC';

/** The sender's side of the running demo. */
export function senderOf(demo: RunningDemo) {
  const apiKey = /ska_[\w-]+/u.exec(demo.log())?.[0];
  if (!apiKey) throw new Error('The demo printed no API key.');
  return createSender({ server: demo.url, apiKey });
}

type Placement = NonNullable<EnvelopeInput['recipients'][number]['fields']>[number];

/** On the first page: a text field and two seal places. */
export const fieldsOfOne: Placement[] = [
  { document: 0, kind: 'text', page: 1, rect: [60, 60, 200, 24], label: '商号' },
  { document: 0, kind: 'signature', page: 1, rect: [300, 60, 60, 60] },
  { document: 0, kind: 'signature', page: 1, rect: [380, 60, 60, 60] },
];

/** Uploads a file and sends it to one signer. */
export async function sendOne(demo: RunningDemo, name: string, bytes: Uint8Array<ArrayBuffer>, fields = fieldsOfOne) {
  const sender = senderOf(demo);
  const document = await uploadDocument(sender, { name, bytes });
  const envelope = await createEnvelope(sender, {
    title: name,
    sender: { name: '青葉市 財政部契約課', email: 'keiyaku@aoba.example' },
    documents: [{ id: document.id }],
    recipients: [{ name: '山田 太郎', email: 'taro@yamada.example', fields }],
    send: true,
  });
  return { document, envelope };
}

/** The token of the newest link that was mailed about `title`. */
export async function mailedToken(demo: RunningDemo, title: string): Promise<string> {
  let linkToken: string | undefined;
  await waitFor(async () => {
    const outbox = await (await fetch(`${demo.url}/outbox`)).text();
    const article = outbox.split('<article').find((part) => part.includes(title) && part.includes('/sign#'));
    linkToken = /\/sign#(skl_[\w-]+)/u.exec(article ?? '')?.[1];
    return linkToken !== undefined;
  });
  return linkToken ?? '';
}

/** Opens that link as a browser on the hosted page would. */
export async function openMailed(demo: RunningDemo, title: string): Promise<{ connection: Connection; session: Session }> {
  const linkToken = await mailedToken(demo, title);
  const connection = await openConnection({ server: demo.url, fetch: fromPage(demo.url) });
  await startSession(connection, { linkToken });
  return { connection, session: await enterAccessCode(connection, { accessCode: '' }) };
}

/** Loads every document to the end, fills every field, and completes. */
export async function signEverything(connection: Connection, session: Session, text: string) {
  const shown = await Promise.all(
    session.documents.map(async ({ id, revision, sha256, length }) => {
      const bytes = await fetchRevision(connection, { documentId: id, sha256, begin: 0, end: length });
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return { id, revision, sha256: Buffer.from(digest).toString('hex'), length: bytes.length };
    }),
  );
  const values = session.fields.filter(({ kind }) => kind === 'text').map(({ id }) => ({ fieldId: id, value: text }));
  const seals = session.fields
    .filter(({ kind }) => kind === 'signature')
    .map(({ id }) => ({ fieldId: id, kind: 'image' as const, png: sealPng, widthMm: 18, heightMm: 18 }));
  return complete(connection, await prepareCompletion(connection, { session, shown, values, seals }));
}

/** Node's `fetch` says nothing of a page; browsers do. */
function fromPage(origin: string): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    request.headers.set('origin', origin);
    return fetch(request);
  };
}
