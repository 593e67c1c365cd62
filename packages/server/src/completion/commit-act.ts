import { appendAudit } from '../audit/append.js';
import { appendRevision } from '../blobs/revisions.js';
import { completeEnvelope } from '../envelope/complete-envelope.js';
import { activateNext, endLinks } from '../envelope/recipients.js';
import { tellEmbedded } from '../envelope/tell-embedded.js';
import type { Services } from '../services.js';
import type { ActRow } from '../store/rows.js';
import type { SignedDocument } from './sign-documents.js';

interface Sealed {
  readonly act: ActRow;
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
export async function commitAct(services: Services, { act, signed, last, fence }: Sealed): Promise<void> {
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
    await tellEmbedded(services, tables, act);
    const left = await activateNext(services, tables, envelopeId);
    if ((left.signers === 0) !== last) throw new Overtaken('who is still to sign has changed');
    // The files are closed with the last signature; approvers may still come after it.
    if (last && left.approvers === 0) await completeEnvelope(services, tables, envelopeId);
  });
}
