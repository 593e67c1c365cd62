import { mintToken, hashToken, isToken } from './tokens.js';
import type { Client } from '../http/client.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';

/** Whose documents and envelopes a caller may see. */
export interface Sender {
  readonly tenant: string;
  /** Which of the tenant's keys. */
  readonly keyId: string;
  readonly client: Client;
}

/** The host back end behind a request. A browser has no business here: any Origin header is refused. */
export async function authenticateSender({ crypto, store }: Services, request: Request, client: Client): Promise<Sender> {
  if (request.headers.has('Origin')) throw new ServerError('origin_not_allowed', 'API keys belong to servers, not to pages: call from your back end.');
  const [scheme, token = ''] = (request.headers.get('Authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !isToken('apiKey', token)) throw invalid();
  const [row] = await store.tables.apiKeys.find({ hash: await hashToken(crypto, token), revokedAt: null });
  if (!row) throw invalid();
  return { tenant: row.tenant, keyId: row.id, client };
}

/** Makes a key for a tenant; this is the only time that it can be read. */
export async function createApiKey({ crypto, store, now }: Pick<Services, 'crypto' | 'store' | 'now'>, tenant: string): Promise<string> {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { token, hash } = await mintToken(crypto, 'apiKey', id);
  await store.tables.apiKeys.insert({ id, tenant, hash, createdAt: now(), revokedAt: null });
  return token;
}

function invalid(): ServerError {
  return new ServerError('api_key_invalid', 'The API key is missing, unknown or revoked.', { headers: { 'WWW-Authenticate': 'Bearer' } });
}
