import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Sends a draft: fields and certificate ID are written into the documents, the first recipients get their mail. */
export async function sendEnvelope(sender: Sender, { envelopeId }: { envelopeId: string }): Promise<EnvelopeView> {
  return asSender('Sending the envelope', () => sender.http.post(routes.send(envelopeId).slice(1)).json<EnvelopeView>());
}
