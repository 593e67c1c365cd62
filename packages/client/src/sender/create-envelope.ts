import { routes, type EnvelopeInput, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Makes an envelope of uploaded documents, as a draft or, with `send: true`, at once on its way. */
export async function createEnvelope(sender: Sender, envelope: EnvelopeInput): Promise<EnvelopeView> {
  return asSender('Creating the envelope', () => sender.http.post(routes.envelopes.slice(1), { json: envelope }).json<EnvelopeView>());
}
