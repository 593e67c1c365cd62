import type { SessionToken } from '@sky-sign/protocol';
import { mintToken } from '../auth/tokens.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';

const tokenLifeMs = 5 * 60_000;

/** A bearer token for a session, good for five minutes and only with the session's key. */
export async function issueToken({ crypto, now }: Pick<Services, 'crypto' | 'now'>, tables: Tables, sessionId: string): Promise<SessionToken> {
  const { token, hash } = await mintToken(crypto, 'session');
  const expiresAt = now() + tokenLifeMs;
  await tables.sessionTokens.insert({ hash, sessionId, expiresAt });
  return { token, tokenExpiresAt: new Date(expiresAt).toISOString() };
}
