import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Takes an envelope back before it is completed; every link dies and the recipients are told why. */
export async function voidEnvelope(sender: Sender, { envelopeId, reason }: { envelopeId: string; reason: string }): Promise<EnvelopeView> {
  return asSender('Voiding the envelope', () =>
    sender.http.post(routes.voidEnvelope(envelopeId).slice(1), { json: { reason } }).json<EnvelopeView>(),
  );
}
