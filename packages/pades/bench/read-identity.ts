/** A signer as the processes that sign are told of it. */
export interface BenchIdentity {
  readonly keyType: string;
  /** PEM. */
  readonly privateKey: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  /** PKCS#12, base64, for who takes nothing else; RSA only. */
  readonly p12?: string;
  readonly password?: string;
}

export async function readIdentity({ keyType, privateKey, certificate, chain }: BenchIdentity) {
  const algorithm = keyType.startsWith('RSA') ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: keyType };
  const key = await globalThis.crypto.subtle.importKey('pkcs8', fromPem(privateKey), algorithm, false, ['sign']);
  return { crypto: globalThis.crypto, key, certificate: fromPem(certificate), chain: chain.map(fromPem) };
}

const fromPem = (pem: string) => new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----/gu, ''), 'base64'));
