import type { EmbedToken } from '@sky-sign/protocol';
import type { Sender } from '../auth/api-key.js';
import { hasOrigin } from '../auth/grants.js';
import { isPageOrigin } from '../auth/origin.js';
import { mintToken, originMark } from '../auth/tokens.js';
import { appendAudit } from '../audit/append.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';

const lifeMs = 5 * 60_000;

interface Ask {
  readonly envelopeId: string;
  readonly recipientId: string;
  readonly origin: string;
}

/** A token for one exchange, from one origin, within five minutes: how a host's page opens the element for its user. */
export async function createEmbedToken(services: Services, { tenant, keyId, origins, client }: Sender, { envelopeId, recipientId, origin }: Ask): Promise<EmbedToken> {
  if (!isPageOrigin(origin)) throw new ServerError('request_invalid', 'origin: scheme, host and port of the page, nothing else; https, or http on localhost.');
  if (!hasOrigin(origins, origin)) throw new ServerError('origin_not_allowed', `origin: this API key is not for ${origin}. Register it with the key.`);
  const { crypto, store, now, publicOrigins } = services;
  const { token, hash } = await mintToken(crypto, 'embed', await originMark(crypto, publicOrigins[0]));
  const expiresAt = now() + lifeMs;
  await store.transaction(async (tables) => {
    const [recipient] = await tables.recipients.find({ id: recipientId, envelopeId, tenant });
    const [envelope] = await tables.envelopes.find({ id: envelopeId, tenant });
    if (!recipient || !envelope) throw notFound();
    const open = recipient.role !== 'copy' && (envelope.status === 'sent' || envelope.status === 'in_progress') && ['waiting', 'active', 'sealing'].includes(recipient.status);
    if (!open) throw new ServerError('envelope_state', `The envelope is ${envelope.status} and this recipient ${recipient.status}: there is nothing to sign.`);
    const token = { hash, kind: 'embed', tenant, envelopeId, recipientId, origin, createdAt: now(), expiresAt, usedBy: null, usedAt: null, endedState: null } as const;
    await tables.tokens.insert(token);
    const [known] = await tables.origins.find({ origin });
    if (!known) await tables.origins.insert({ origin });
    await appendAudit(services, tables, { envelopeId, type: 'embed_token', data: { recipientId, origin, keyId }, personal: client });
  });
  return { token, expiresAt: new Date(expiresAt).toISOString() };
}
