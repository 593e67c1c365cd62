import { appendAudit } from '../audit/append.js';
import { endLinks, endSessions } from '../envelope/recipients.js';
import type { Client } from '../http/client.js';
import { newId } from '../ids.js';
import { enqueueMail } from '../outbox/enqueue.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { toJson } from '../store/rows.js';
import { takeTurn } from './decline.js';
import { addressKeyOf } from './wrong-codes.js';
import type { Caller } from './describe-session.js';

/** Hands the request to a colleague: fields and access code move, the old link dies, the new one goes by mail. */
export async function delegate(services: Services, { session, recipient, envelope }: Caller, { name, email, client }: { name: string; email: string; client: Client }): Promise<void> {
  if (recipient.mayDelegate !== 1) throw new ServerError('envelope_state', 'The sender does not allow that somebody else signs for you.');
  const addressKey = await addressKeyOf(services, { tenant: recipient.tenant, email });
  await services.store.transaction(async (tables) => {
    await takeTurn(tables, recipient.id, envelope.id);
    const id = newId(services.crypto, 'rcp');
    const at = services.now();
    await tables.recipients.insert({ ...recipient, id, name, email, addressKey, mayDelegate: 0, status: 'active', statusAt: at, tries: 0, lockedAt: null, undeliverableAt: null });
    await tables.recipients.update({ id: recipient.id }, { status: 'delegated', statusAt: at, fields: toJson([]), signatureFields: toJson({}) });
    await tables.drafts.delete({ recipientId: recipient.id });
    await endLinks(tables, recipient.id, 'replaced');
    await endSessions(tables, recipient.id, 'replaced');
    await enqueueMail(services, tables, { template: 'request', envelopeId: envelope.id, recipientId: id });
    await enqueueMail(services, tables, { template: 'delegated', envelopeId: envelope.id, recipientId: '', about: id });
    const data = { from: recipient.id, to: id, sessionId: session.id };
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'delegated', data, personal: { ...client, name, email } });
  });
  services.wake();
}
