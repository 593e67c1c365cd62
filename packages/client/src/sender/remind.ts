import { routes, type EnvelopeView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Mails a reminder to everybody whose turn it is; links that they have stay good. */
export async function remind(sender: Sender, { envelopeId }: { envelopeId: string }): Promise<EnvelopeView> {
  return asSender('Reminding', () => sender.http.post(routes.remind(envelopeId).slice(1)).json<EnvelopeView>());
}
