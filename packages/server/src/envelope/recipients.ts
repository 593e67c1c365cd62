import type { EndedState, RecipientStatus } from '@sky-sign/protocol';
import { enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { RecipientRow, SessionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { oneOf } from '../store/table.js';

/** Whose turn has come and gone. */
export const finished: readonly RecipientStatus[] = ['signed', 'declined', 'delegated'];

/** Lets the next recipients sign where all before them have, and mails them. Returns how many recipients are still to sign. */
export async function activateNext(services: Services, tables: Tables, envelopeId: string): Promise<number> {
  const open = (await tables.recipients.find({ envelopeId }, { orderBy: 'signingOrder' })).filter(({ status }) => !finished.includes(status));
  const order = open[0]?.signingOrder;
  for (const recipient of open) {
    if (recipient.signingOrder !== order || recipient.status !== 'waiting') continue;
    await tables.recipients.update({ id: recipient.id }, { status: 'active', statusAt: services.now() });
    await enqueueMail(services, tables, { template: 'request', envelopeId, recipientId: recipient.id });
  }
  return open.length;
}

/** Ends a recipient's links; from now on they only say `state` and whom to ask. */
export async function endLinks(tables: Tables, recipientId: string, state: EndedState): Promise<void> {
  await tables.tokens.update({ recipientId, kind: oneOf<'link' | 'embed' | 'download'>('link', 'embed'), endedState: null }, { endedState: state });
}

export async function endSessions(tables: Tables, recipientId: string, state: NonNullable<SessionRow['endedState']>): Promise<void> {
  await tables.sessions.update({ recipientId, endedState: null }, { endedState: state });
}

/** Ends the links and sessions of everybody: the envelope is over without being completed. */
export async function endAll(tables: Tables, recipients: readonly RecipientRow[], state: EndedState): Promise<void> {
  for (const { id } of recipients) {
    await endLinks(tables, id, state);
    await endSessions(tables, id, state);
  }
}
