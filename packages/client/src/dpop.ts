import { base64url, sha256, utf8 } from './base64url.js';

export type ProofKeys = Pick<CryptoKeyPair, 'privateKey' | 'publicKey'>;

/**
 * A proof that this request comes from the holder of the session's key (RFC 9449). Every attempt needs a fresh one: the
 * server remembers `jti`.
 */
export async function createProof(options: {
  keys: ProofKeys;
  method: string;
  url: string;
  nonce?: string | undefined;
  token?: string | undefined;
}): Promise<string> {
  const { keys, method, url, nonce, token } = options;
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const target = new URL(url);
  return signJws(keys, { typ: 'dpop+jwt', alg: 'ES256', jwk: { crv, kty, x, y } }, {
    jti: base64url(crypto.getRandomValues(new Uint8Array(16))),
    htm: method.toUpperCase(),
    htu: target.origin + target.pathname,
    iat: Math.floor(Date.now() / 1000),
    ...(token === undefined ? {} : { ath: base64url(await sha256(utf8(token))) }),
    ...(nonce === undefined ? {} : { nonce }),
  });
}

async function signJws(keys: ProofKeys, header: object, payload: object): Promise<string> {
  const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(payload)))}`;
  return `${input}.${await signature(keys, input)}`;
}

/** A JWS with detached content (RFC 7515, appendix F; ES256) over `content`. */
export async function signDetached(keys: ProofKeys, content: Uint8Array): Promise<string> {
  const header = base64url(utf8(JSON.stringify({ alg: 'ES256' })));
  return `${header}..${await signature(keys, `${header}.${base64url(content)}`)}`;
}

async function signature(keys: ProofKeys, input: string): Promise<string> {
  const bytes = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, utf8(input));
  return base64url(new Uint8Array(bytes));
}
