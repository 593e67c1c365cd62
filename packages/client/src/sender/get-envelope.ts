import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** The truth about an envelope; events in the browser are only hints. */
export async function getEnvelope(sender: Sender, { envelopeId }: { envelopeId: string }): Promise<EnvelopeView> {
  return asSender('Reading the envelope', () => sender.http.get(routes.envelope(envelopeId).slice(1)).json<EnvelopeView>());
}
