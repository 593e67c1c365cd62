import * as asn1js from 'asn1js';

/** The DER AlgorithmIdentifier under which a test key signs, always with SHA-256. */
export function signatureIdentifier({ algorithm }: CryptoKey): asn1js.Sequence {
  if (algorithm.name === 'ECDSA') return new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: '1.2.840.10045.4.3.2' })] });
  if (algorithm.name === 'RSASSA-PKCS1-v1_5') return new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.1.11' }), new asn1js.Null()] });
  throw new TypeError(`a test authority has no use for a ${algorithm.name} key`);
}

export async function signatureValue(crypto: Crypto, key: CryptoKey, data: ArrayBuffer): Promise<ArrayBuffer> {
  if (key.algorithm.name !== 'ECDSA') return crypto.subtle.sign(key.algorithm.name, key, data);
  const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, data));
  const half = raw.length / 2;
  const integers = [raw.slice(0, half), raw.slice(half)].map((bytes) => new asn1js.Integer({ valueHex: positiveInteger(bytes) }));
  return new asn1js.Sequence({ value: integers }).toBER();
}

/** The content octets of a DER INTEGER: no superfluous zeros, one where the sign bit would be set. */
export function positiveInteger(bytes: Uint8Array): ArrayBuffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const sign = (bytes[start] ?? 0) & 0x80 ? [0] : [];
  return new Uint8Array([...sign, ...bytes.slice(start)]).buffer;
}
