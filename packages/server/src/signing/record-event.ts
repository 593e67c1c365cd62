import type { SessionEvent } from '@sky-sign/protocol';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import { notFound } from '../problem.js';
import type { Services } from '../services.js';
import type { Caller } from './describe-session.js';

/** The page says that a document was viewed or downloaded. */
export async function recordEvent(services: Services, { session, recipient, envelope }: Caller, { event, client }: { event: SessionEvent; client: Client }): Promise<void> {
  const { documentId, type } = event;
  await services.store.transaction(async (tables) => {
    const [document] = await tables.documents.find({ id: documentId, envelopeId: envelope.id });
    if (!document) throw notFound();
    if (type === 'viewed') {
      const [seen] = await tables.views.find({ recipientId: recipient.id, documentId });
      if (!seen) await tables.views.insert({ recipientId: recipient.id, documentId, at: services.now() });
    }
    const data = { recipientId: recipient.id, sessionId: session.id, documentId, revision: document.revision };
    await appendAudit(services, tables, { envelopeId: envelope.id, type, data, personal: client });
  });
}
