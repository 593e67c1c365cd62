import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Mails one person the request again with a new link; the old one dies, and what is open with it. */
export async function resendRequest(sender: Sender, { envelopeId, recipientId }: { envelopeId: string; recipientId: string }): Promise<EnvelopeView> {
  return asSender('Sending the request again', () => sender.http.post(routes.resend(envelopeId, recipientId).slice(1)).json<EnvelopeView>());
}
