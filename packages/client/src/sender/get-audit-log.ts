import { routes, type AuditLine } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** The whole log of an envelope, oldest first: who did what, when, from where. */
export async function getAuditLog(sender: Sender, { envelopeId }: { envelopeId: string }): Promise<AuditLine[]> {
  return asSender('Reading the log', async () => {
    const text = await sender.http.get(routes.audit(envelopeId).slice(1)).text();
    return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as AuditLine);
  });
}
