import { appendAudit } from '../audit/append.js';
import { appendRevision } from '../blobs/revisions.js';
import { activateNext, endLinks } from '../envelope/recipients.js';
import { enqueue, enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { ActRow, RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import type { SignedDocument } from './sign-documents.js';

interface Sealed {
  readonly act: ActRow;
  readonly recipient: RecipientRow;
  readonly signed: readonly SignedDocument[];
  /** The files were closed, since nobody was left to sign. */
  readonly last: boolean;
  /** The fencing token of the lease under which all this was made. */
  readonly fence: number;
}

/** Somebody else has the envelope now, or the documents moved on: what was made is thrown away and made again. */
export class Overtaken extends Error {
  constructor(what: string) {
    super(`Overtaken: ${what}`);
    this.name = 'Overtaken';
  }
}

/** Step 3: one short transaction, all or nothing: compare and swap, store, log, queue. */
export async function commitAct(services: Services, { act, recipient, signed, last, fence }: Sealed): Promise<void> {
  const { envelopeId, recipientId } = act;
  await services.store.transaction(async (tables) => {
    const [held] = await tables.envelopes.update({ id: envelopeId, fence }, { leaseUntil: 0 });
    if (!held) throw new Overtaken('the lease went to somebody else');
    const [done] = await tables.acts.update({ id: act.id, state: 'sealing' }, { state: 'done', sealed: null });
    if (!done) throw new Overtaken('the act is sealed already');
    for (const { document, delta, sha256, length, withValues } of signed) {
      if (!(await appendRevision(services, tables, { document, kind: 'signature', delta, sha256, length, recipientId, withValues }))) {
        throw new Overtaken(`document ${document.id} has a newer revision`);
      }
    }
    await tables.recipients.update({ id: recipientId }, { status: 'signed', statusAt: services.now() });
    await endLinks(tables, recipientId, 'signed');
    const documents = signed.map(({ document, sha256, length }) => ({ id: document.id, revision: document.revision + 1, sha256, length }));
    await appendAudit(services, tables, { envelopeId, type: 'signed', data: { actId: act.id, recipientId, documents } });
    await tellEmbedded(services, tables, { act, recipient });
    const left = await activateNext(services, tables, envelopeId);
    if ((left === 0) !== last) throw new Overtaken('who is still to sign has changed');
    if (last) await completeEnvelope(services, tables, envelopeId);
  });
}

/** An act on somebody else's page is always told to the signer: nothing can switch that off. */
async function tellEmbedded(services: Services, tables: Tables, { act, recipient }: { act: ActRow; recipient: RecipientRow }): Promise<void> {
  const [session] = await tables.sessions.find({ id: act.sessionId });
  if (session?.via !== 'embedded') return;
  await enqueueMail(services, tables, { template: 'embeddedAct', envelopeId: act.envelopeId, recipientId: recipient.id, about: session.origin });
}

async function completeEnvelope(services: Services, tables: Tables, envelopeId: string): Promise<void> {
  const [envelope] = await tables.envelopes.update({ id: envelopeId }, { status: 'completed', completedAt: services.now() });
  const recipients = (await tables.recipients.find({ envelopeId }, { orderBy: 'position' })).filter(({ status }) => status === 'signed');
  for (const { id } of recipients) {
    await endLinks(tables, id, 'completed');
    await enqueueMail(services, tables, { template: 'completed', envelopeId, recipientId: id });
  }
  if (!recipients.some(({ email }) => email === envelope?.senderEmail)) {
    await enqueueMail(services, tables, { template: 'completed', envelopeId, recipientId: '' });
  }
  await appendAudit(services, tables, { envelopeId, type: 'completed', data: {} });
  for (const { id } of await tables.documents.find({ envelopeId })) await enqueue(services, tables, 'certificate', { documentId: id });
}
