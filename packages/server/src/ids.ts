import { base64url } from 'jose';

/** 128 random bits under a prefix: `env_…`. Ids name things, they never open them. */
export function newId(crypto: Crypto, prefix: string): string {
  return `${prefix}_${base64url.encode(crypto.getRandomValues(new Uint8Array(16)))}`;
}

/** 32 hex digits for the foot of each page. */
export function newCertificateId(crypto: Crypto): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 12 digits in groups of four: what people read to each other on the telephone. */
export function newEnvelopeNumber(crypto: Crypto): string {
  const digits = Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => String(word % 10_000).padStart(4, '0'));
  return digits.join('-');
}
