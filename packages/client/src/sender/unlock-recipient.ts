import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Opens a recipient that wrong access codes had locked, three times at most; they get a new link by mail. */
export async function unlockRecipient(sender: Sender, { envelopeId, recipientId }: { envelopeId: string; recipientId: string }): Promise<EnvelopeView> {
  return asSender('Unlocking the recipient', () => sender.http.post(routes.unlock(envelopeId, recipientId).slice(1)).json<EnvelopeView>());
}
