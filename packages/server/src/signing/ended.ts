import type { EndedState } from '@sky-sign/protocol';
import { appendAudit } from '../audit/append.js';
import { endAll } from '../envelope/recipients.js';
import { ServerError } from '../problem.js';
import { recipientsOf } from '../sender/view-envelope.js';
import type { Services } from '../services.js';
import type { EnvelopeRow, RecipientRow } from '../store/rows.js';
import { lte, oneOf } from '../store/table.js';
import { contactOf } from './describe-session.js';
import type { Caller } from './describe-session.js';

/** A dead link opens nothing: it says why, and whom to ask. Who has signed hears so until everybody has. */
export function linkEnded(ended: EndedState, envelope: EnvelopeRow): ServerError {
  const state = ended === 'signed' && envelope.status === 'completed' ? 'completed' : ended;
  return new ServerError('link_ended', `This link opens nothing any more (${state}).`, { state, sender: contactOf(envelope) });
}

/** The one answer after five wrong codes, to right and wrong ones alike. */
export const locked = (envelope: EnvelopeRow): ServerError =>
  new ServerError('access_code_locked', 'Too many wrong access codes: the request is locked. The sender has been told.', { sender: contactOf(envelope) });

/** Three newer windows have taken the place of this one. */
const superseded = (): ServerError =>
  new ServerError('session_superseded', 'The request was opened in newer windows. Go on there, or open the link again.', { headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"' } });

/** Ends an envelope whose deadline has passed; whoever comes first does it. */
export async function expire(services: Services, { id, deadline }: EnvelopeRow): Promise<void> {
  if (deadline > services.now()) return;
  const ended = await services.store.transaction(async (tables) => {
    if ((await tables.acts.find({ envelopeId: id, state: 'sealing' })).length > 0) return false;
    const [expired] = await tables.envelopes.update(
      { id, status: oneOf<EnvelopeRow['status']>('sent', 'in_progress'), deadline: lte(services.now()) },
      { status: 'expired' },
    );
    if (!expired) return false;
    await endAll(tables, await recipientsOf(tables, expired), 'expired');
    await appendAudit(services, tables, { envelopeId: id, type: 'expired', data: {} });
    return true;
  });
  if (ended) services.wake();
}

/** Why there is nothing to open, whatever a token or a session says of itself: one made in the last moment is as dead as the rest. */
export function endedStateOf({ status }: EnvelopeRow, recipient: RecipientRow): EndedState | undefined {
  if (status === 'declined' || status === 'voided' || status === 'expired') return status;
  return recipient.status === 'delegated' ? 'replaced' : undefined;
}

/** Throws where the session, its recipient or its envelope has ended, the deadline included. */
export async function refuseEnded(services: Services, { session, recipient, envelope }: Caller): Promise<void> {
  await expire(services, envelope);
  const [current] = await services.store.tables.sessions.find({ id: session.id });
  if (current?.endedState === 'locked') throw locked(envelope);
  if (current?.endedState === 'superseded') throw superseded();
  const state = current?.endedState ?? endedStateOf(envelope, recipient);
  if (state) throw linkEnded(state, envelope);
}
