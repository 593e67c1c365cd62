import { enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { ActRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** An act on somebody else's page is always told to who did it: nothing can switch that off. */
export async function tellEmbedded(services: Services, tables: Tables, { sessionId, envelopeId, recipientId }: Pick<ActRow, 'sessionId' | 'envelopeId' | 'recipientId'>): Promise<void> {
  const [session] = await tables.sessions.find({ id: sessionId });
  if (session?.via !== 'embedded') return;
  await enqueueMail(services, tables, { template: 'embeddedAct', envelopeId, recipientId, about: session.origin });
}
