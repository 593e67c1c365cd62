import { routes, type EmbedToken } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** A token for `<sky-sign>` on the page with exactly this origin: one exchange, a few minutes. */
export async function createEmbedToken(
  sender: Sender,
  { envelopeId, recipientId, origin }: { envelopeId: string; recipientId: string; origin: string },
): Promise<EmbedToken> {
  return asSender('Opening an embedded session', () =>
    sender.http.post(routes.embedTokens(envelopeId, recipientId).slice(1), { json: { origin } }).json<EmbedToken>(),
  );
}
