import type { CompletionResult, EnvelopeInput, OpenedSession } from '@sky-sign/protocol';
import type { RemoteServer } from './remote-server.js';
import { ok, onePage, smallEnvelope } from './test-server.js';
import { createSigner } from './test-signer.js';
import type { TestSigner } from './test-signer.js';

/** Everything that the server has answered "yes" to, and what it should never have answered. */
export interface Acknowledged {
  readonly envelopes: string[];
  readonly opened: { readonly envelopeId: string; readonly sessionId: string }[];
  readonly viewed: { readonly envelopeId: string; readonly recipientId: string }[];
  readonly acts: { readonly recipientId: string; readonly status: CompletionResult['status']; readonly documents: readonly { readonly id: string; readonly sha256: string }[] }[];
  readonly declined: string[];
  readonly surprises: string[];
}

export interface Load {
  readonly server: RemoteServer;
  readonly random: () => number;
  readonly acknowledged: Acknowledged;
  /** Called when somebody presses the last button. */
  readonly onAct: () => void;
  /** No new envelope is begun any more. */
  readonly isOver: () => boolean;
}

/** One loop of a sender and the people asked; it goes on over outages as people do: it tries again. */
export async function work(load: Load, name: string): Promise<void> {
  for (let i = 0; !load.isOver(); i += 1) {
    try {
      await oneEnvelope(load, `${name}-${String(i)}`);
    } catch (error) {
      load.acknowledged.surprises.push(`${name}-${String(i)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function oneEnvelope(load: Load, name: string): Promise<void> {
  const { server, random, acknowledged } = load;
  const inTurn = random() < 0.5;
  const size = 1 + Math.floor(random() * 3);
  const documents = random() < 0.3 ? 2 : 1;
  const emails = Array.from({ length: size }, (_, i) => `${name}-${String(i)}@example.jp`);
  const input = (ids: readonly string[]): EnvelopeInput => ({
    ...smallEnvelope,
    documents: ids.map((id) => ({ id })),
    recipients: emails.map((email, i) => ({ name: `署名 ${String(i)}`, email, order: inTurn ? i + 1 : 1, fields: fieldsOf(i, { withText: inTurn || i === 0 }) })),
    send: true,
  });
  // Where the answer was lost, the documents may be taken already: then it is another envelope.
  const { id } = await again(async () => {
    const ids: string[] = [];
    for (let i = 0; i < documents; i += 1) ids.push((await server.upload(await onePage(name))).id);
    return server.create(input(ids));
  });
  acknowledged.envelopes.push(id);
  const declines = random() < 0.1;
  const people = emails.map((email, i) => () => onePerson(load, { email, declines: declines && i === size - 1 && (inTurn || size === 1) }));
  if (!inTurn) await Promise.all(people.map((person) => person()));
  else for (const person of people) await person();
}

function fieldsOf(i: number, { withText }: { withText: boolean }): EnvelopeInput['recipients'][number]['fields'] {
  const signature = { document: 0, page: 1, kind: 'signature' as const, rect: [60 + 100 * i, 600, 60, 60] as [number, number, number, number] };
  return withText ? [signature, { document: 0, page: 1, kind: 'text', rect: [60 + 100 * i, 500, 90, 24], label: '氏名' }] : [signature];
}

async function onePerson({ server, acknowledged, onAct }: Load, { email, declines }: { email: string; declines: boolean }): Promise<void> {
  const signer = await createSigner(server);
  const link = await again(async () => {
    const found = await server.link(email);
    if (found === undefined) throw new Later();
    return found;
  });
  await again(() => signer.start(link));
  await again(() => signer.enter(''));
  // Where the answer to a sender was lost, there are two envelopes for this address.
  const envelopeId = signer.session.envelope.id;
  acknowledged.opened.push({ envelopeId, sessionId: signer.sessionId });
  await again(() => signer.read(), signer);
  const recipientId = signer.session.recipient.id;
  const documentId = signer.session.documents[0]?.id;
  await again(async () => refuse(await signer.call('POST', `/v1/sessions/${signer.sessionId}/events`, { json: { type: 'viewed', documentId } })), signer);
  acknowledged.viewed.push({ envelopeId, recipientId });
  if (declines) {
    const answer = await again(async () => retryable(await signer.call('POST', `/v1/sessions/${signer.sessionId}/decline`, { json: { reason: '差戻し' } })), signer);
    // A decline whose answer was lost is over when it is repeated.
    if (answer.status !== 204 && answer.status !== 410) throw new Error(`decline: ${String(answer.status)} ${await answer.text()}`);
    acknowledged.declined.push(envelopeId);
    return;
  }
  await completeAs(signer, { acknowledged, onAct });
}

async function completeAs(signer: TestSigner, { acknowledged, onAct }: Pick<Load, 'acknowledged' | 'onAct'>): Promise<void> {
  for (;;) {
    const request = await signer.request();
    const key = globalThis.crypto.randomUUID();
    const changed = await again(async () => {
      onAct();
      const answer = await retryable(await signer.complete(request, key));
      if (answer.status === 409 && (await answer.clone().text()).includes('document_changed')) return true;
      const { status, session } = await ok<CompletionResult>(answer);
      acknowledged.acts.push({ recipientId: session.recipient.id, status, documents: status === 'signed' ? session.documents : [] });
      if (status === 'sealing') throw new Later();
      return false;
    }, signer);
    if (!changed) return;
    await again(async () => {
      signer.session = await ok(await retryable(await signer.call('GET', `/v1/sessions/${signer.sessionId}`)));
      await signer.read();
    }, signer);
  }
}

/** Not yet; ask again. */
class Later extends Error {}

async function retryable(answer: Response): Promise<Response> {
  if (answer.status === 401) throw new Error(`401 ${await answer.text()}`);
  if (answer.status === 503) {
    await answer.arrayBuffer();
    throw new Later();
  }
  return answer;
}

async function refuse(answer: Response): Promise<void> {
  if (!(await retryable(answer)).ok) throw new Error(`${String(answer.status)} ${await answer.text()}`);
}

/** Tries until the server is there; a refusal is a refusal, but for a token that ran out meanwhile. `fetch` throws a `TypeError` where the connection breaks. */
async function again<T>(act: () => Promise<T>, signer?: TestSigner): Promise<T> {
  let late = false;
  for (;;) {
    try {
      if (late && signer) await resume(signer);
      late = false;
      return await act();
    } catch (error) {
      const broken = error instanceof TypeError && /fetch failed|terminated|other side closed/u.test(`${error.message} ${String(error.cause)}`);
      const ranOut: boolean = error instanceof Error && error.message.includes('session_invalid') && signer !== undefined && !late;
      if (!broken && !ranOut && !(error instanceof Later)) throw error;
      late ||= ranOut;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }
}

/** A new token by proof of the session's key, as a page does after five minutes. */
async function resume(signer: TestSigner): Promise<void> {
  const answer = await signer.call('POST', `/v1/sessions/${signer.sessionId}/resume`, { headers: { Authorization: '' } });
  signer.token = (await ok<OpenedSession>(await retryable(answer))).token;
}
