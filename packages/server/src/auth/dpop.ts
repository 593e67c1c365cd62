import { base64url, calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import { sha256, sha256Hex, utf8 } from '../bytes.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { DuplicateRow } from '../store/table.js';
import { isFreshNonce, newNonce, nonceLifeMs } from './nonce.js';

/**
 * The nonce is what makes a proof young (RFC 9449, 4.3): people's clocks are wrong by minutes, and a contract must not fail
 * for that, so `iat` only keeps out what is hours off.
 */
const clockSkewMs = 60 * 60_000;

export interface Proof {
  /** RFC 7638 thumbprint of the key. */
  readonly jkt: string;
  readonly jwk: JWK;
}

/** Checks the DPoP proof of a request (RFC 9449, 4.3); with `accessToken` also that it belongs to that token. */
export async function verifyProof(services: Services, request: Request, accessToken?: string): Promise<Proof> {
  const proof = request.headers.get('DPoP');
  if (proof === null || proof === '') throw refused('The request has no DPoP proof.');
  const { payload, jwk } = await verifySignature(proof, services);
  if (payload['htm'] !== request.method) throw refused('The proof is for another method (htm).');
  if (!sameTarget(payload['htu'], request, services.publicOrigins)) throw refused('The proof is for another address (htu).');
  if (typeof payload.iat !== 'number' || Math.abs(services.now() - payload.iat * 1000) > clockSkewMs) throw refused('The proof is not from now (iat).');
  if (typeof payload.jti !== 'string' || payload.jti.length < 8 || payload.jti.length > 200) throw refused('The proof has no usable jti.');
  const wanted = accessToken === undefined ? undefined : base64url.encode(await sha256(services.crypto, utf8(accessToken)));
  if (payload['ath'] !== wanted) throw refused('The proof is not for this token (ath).');

  const { nonce } = payload;
  if (typeof nonce !== 'string' || !(await isFreshNonce(services, nonce))) {
    throw new ServerError('use_dpop_nonce', 'Make the proof again with the nonce of this answer.', {
      headers: { 'DPoP-Nonce': await newNonce(services), 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' },
    });
  }
  const jkt = await calculateJwkThumbprint(jwk);
  if (request.method !== 'GET' && request.method !== 'HEAD') await spend(services, `${jkt} ${payload.jti}`);
  return { jkt, jwk };
}

async function verifySignature(proof: string, { now }: Services): Promise<{ payload: JWTPayload; jwk: JWK }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'], currentDate: new Date(now()) });
    const { kty, crv, x, y } = protectedHeader.jwk as JWK & { kty: string; crv: string; x: string; y: string };
    return { payload, jwk: { kty, crv, x, y } };
  } catch (cause) {
    throw refused('The proof is not a JWT signed by the key in its header (ES256).', cause);
  }
}

function sameTarget(htu: unknown, request: Request, origins: readonly string[]): boolean {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return false;
  const { origin, pathname } = new URL(htu);
  return origins.includes(origin) && pathname === new URL(request.url).pathname;
}

/** A proof that changes something is good once. */
async function spend({ crypto, store, now }: Services, name: string): Promise<void> {
  try {
    await store.tables.proofs.insert({ id: await sha256Hex(crypto, utf8(name)), expiresAt: now() + 2 * nonceLifeMs });
  } catch (error) {
    if (error instanceof DuplicateRow) throw refused('The proof was used before (jti).');
    throw error;
  }
}

function refused(detail: string, cause?: unknown): ServerError {
  return new ServerError('dpop_invalid', detail, { headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"' }, cause });
}
