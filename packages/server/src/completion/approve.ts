import { appendAudit } from '../audit/append.js';
import { completeEnvelope } from '../envelope/complete-envelope.js';
import { activateNext, endLinks } from '../envelope/recipients.js';
import { tellEmbedded } from '../envelope/tell-embedded.js';
import type { Services } from '../services.js';
import type { ActRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** 承認: nothing goes into the documents, so an accepted approval is done, in the same transaction. */
export async function approve(services: Services, tables: Tables, act: ActRow): Promise<ActRow> {
  const { id: actId, envelopeId, recipientId } = act;
  await tables.acts.update({ id: actId }, { state: 'done', sealed: null });
  await tables.recipients.update({ id: recipientId }, { status: 'signed', statusAt: act.at });
  await endLinks(tables, recipientId, 'signed');
  await appendAudit(services, tables, { envelopeId, type: 'approved', data: { actId, recipientId } });
  await tellEmbedded(services, tables, act);
  const left = await activateNext(services, tables, envelopeId);
  // Where a signer is still open, their signature closes the files and completes the envelope.
  if (left.signers + left.approvers === 0) await completeEnvelope(services, tables, envelopeId);
  return { ...act, state: 'done', sealed: null };
}
