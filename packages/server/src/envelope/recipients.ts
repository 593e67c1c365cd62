import type { EndedState, RecipientStatus } from '@sky-sign/protocol';
import { enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { RecipientRow, SessionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { oneOf } from '../store/table.js';

/** Whose turn has come and gone. */
const finished: readonly RecipientStatus[] = ['signed', 'declined', 'delegated'];

/** Tells whether an act of this person is still to come; a copy asks for none. */
export const isOpen = ({ role, status }: RecipientRow): boolean => role !== 'copy' && !finished.includes(status);

export interface StillOpen {
  readonly signers: number;
  readonly approvers: number;
}

/** Lets the next recipients act where all before them have, and mails them. Returns who is still to act. */
export async function activateNext(services: Services, tables: Tables, envelopeId: string): Promise<StillOpen> {
  const open = (await tables.recipients.find({ envelopeId }, { orderBy: 'signingOrder' })).filter(isOpen);
  const order = open[0]?.signingOrder;
  for (const recipient of open) {
    if (recipient.signingOrder !== order || recipient.status !== 'waiting') continue;
    await tables.recipients.update({ id: recipient.id }, { status: 'active', statusAt: services.now() });
    await enqueueMail(services, tables, { template: 'request', envelopeId, recipientId: recipient.id });
  }
  const signers = open.filter(({ role }) => role === 'signer').length;
  return { signers, approvers: open.length - signers };
}

/** Ends a recipient's links; from now on they only say `state` and whom to ask. */
export async function endLinks(tables: Tables, recipientId: string, state: EndedState): Promise<void> {
  await tables.tokens.update({ recipientId, kind: oneOf<'link' | 'embed' | 'download'>('link', 'embed'), endedState: null }, { endedState: state });
}

export async function endSessions(tables: Tables, recipientId: string, state: NonNullable<SessionRow['endedState']>): Promise<void> {
  await tables.sessions.update({ recipientId, endedState: null }, { endedState: state });
}

/** Ends the links and sessions of everybody and forgets their drafts: the envelope is over without being completed. */
export async function endAll(tables: Tables, recipients: readonly RecipientRow[], state: EndedState): Promise<void> {
  for (const { id } of recipients) {
    await endLinks(tables, id, state);
    await endSessions(tables, id, state);
    await tables.drafts.delete({ recipientId: id });
  }
}
