import { mintToken, hashToken, isToken } from './tokens.js';
import { everything, hasScope, isWithin } from './grants.js';
import type { Grants, Scope } from './grants.js';
import type { Client } from '../http/client.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson, toJson } from '../store/rows.js';
import type { ApiKeyRow } from '../store/rows.js';

/** Whose documents and envelopes a caller may see. */
export interface Sender {
  readonly tenant: string;
  /** Which of the tenant's keys. */
  readonly keyId: string;
  /** Pages that this key may open the element on. */
  readonly origins: readonly string[];
  readonly client: Client;
}

/** How often "last used" is written. */
const usedEveryMs = 60_000;

/**
 * The host back end behind a request, where its key may do this. A browser has no business here: any Origin header is
 * refused. A key that is unknown, over, or comes from the wrong network hears the same; the log tells them apart.
 */
export async function authenticateSender(services: Services, request: Request, { client, scope }: { client: Client; scope: Scope }): Promise<Sender> {
  const { crypto, store, now, log } = services;
  if (request.headers.has('Origin')) throw new ServerError('origin_not_allowed', 'API keys belong to servers, not to pages: call from your back end.');
  const [scheme, token = ''] = (request.headers.get('Authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !isToken('apiKey', token)) throw invalid();
  const [row] = await store.tables.apiKeys.find({ hash: await hashToken(crypto, token), revokedAt: null });
  if (!row) throw invalid();
  const { id: keyId, tenant, expiresAt, lastUsedAt } = row;
  const why = expiresAt !== null && expiresAt <= now() ? 'expired' : isWithin(fromJson(row.networks), client.address) ? undefined : 'network';
  if (why !== undefined) {
    log({ level: 'warn', event: 'api_key_refused', keyId, why });
    throw invalid();
  }
  if (!hasScope(fromJson(row.scopes), scope)) throw new ServerError('scope_missing', `This API key lacks the scope ${scope}.`);
  if (lastUsedAt === null || Math.abs(now() - lastUsedAt) >= usedEveryMs) await store.tables.apiKeys.update({ id: keyId }, { lastUsedAt: now() });
  return { tenant, keyId, origins: fromJson(row.origins), client };
}

type Needs = Pick<Services, 'crypto' | 'store' | 'now'>;

/** Makes a key for a tenant; this is the only time that it can be read. */
export async function createApiKey({ crypto, store, now }: Needs, tenant: string, grants: Grants = everything): Promise<string> {
  const { token, row } = await newKey(crypto, { tenant, createdAt: now(), ...storedGrants(grants) });
  await store.tables.apiKeys.insert(row);
  return token;
}

/** Makes a key that may do what another may; the other ends after `overlapMs`, so that back ends can change over. */
export async function rotateApiKey({ crypto, store, now }: Needs, { id, overlapMs }: { id: string; overlapMs: number }): Promise<string | undefined> {
  const [old] = await store.tables.apiKeys.find({ id, revokedAt: null });
  if (!old) return undefined;
  const { tenant, scopes, networks, origins } = old;
  const { token, row } = await newKey(crypto, { tenant, scopes, networks, origins, createdAt: now(), expiresAt: null });
  const ends = now() + overlapMs;
  await store.transaction(async (tables) => {
    await tables.apiKeys.insert(row);
    await tables.apiKeys.update({ id }, { expiresAt: old.expiresAt === null ? ends : Math.min(ends, old.expiresAt) });
  });
  return token;
}

type Kept = Pick<ApiKeyRow, 'tenant' | 'scopes' | 'networks' | 'origins' | 'createdAt' | 'expiresAt'>;

async function newKey(crypto: Crypto, kept: Kept): Promise<{ token: string; row: ApiKeyRow }> {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const { token, hash } = await mintToken(crypto, 'apiKey', id);
  return { token, row: { ...kept, id, hash, revokedAt: null, lastUsedAt: null } };
}

function storedGrants({ scopes, networks, origins, expiresAt = null }: Omit<Grants, 'expiresAt'> & { expiresAt?: number | null }): Pick<Kept, 'scopes' | 'networks' | 'origins' | 'expiresAt'> {
  return { scopes: toJson(scopes), networks: toJson(networks), origins: toJson(origins), expiresAt };
}

function invalid(): ServerError {
  return new ServerError('api_key_invalid', 'The API key is missing, unknown, over, or not for this network.', { headers: { 'WWW-Authenticate': 'Bearer' } });
}
