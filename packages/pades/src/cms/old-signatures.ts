import { md5 } from '../encryption/md5.js';
import { TAG, children, equalBytes, expectTlv, readOid, readTlv } from './der.js';
import { OID } from './oids.js';

/** MD5 with RSA, which WebCrypto has not: what was signed so long ago is still told from what was changed since. */
const MD5_WITH_RSA = '1.2.840.113549.1.1.4';
/** DigestInfo of MD5 (RFC 8017, 9.2, note 1). */
const MD5_PREFIX = Uint8Array.of(0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05, 0x00, 0x04, 0x10);
const MOST_BITS = 16_384;

export interface OldSignature {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** DER AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
}

export const isMd5WithRsa = (algorithm: Uint8Array): boolean => readOid(children(expectTlv(readTlv(algorithm), TAG.sequence))[0]) === MD5_WITH_RSA;

/** RSASSA-PKCS1-v1_5 with MD5 (RFC 8017, 8.2.2). Nobody may be relied on for it: MD5 has been broken since 2004. */
export function verifyMd5WithRsa({ publicKey, signature, data }: OldSignature): boolean {
  const [algorithm, bits] = children(expectTlv(readTlv(publicKey), TAG.sequence));
  if (readOid(children(expectTlv(algorithm, TAG.sequence))[0]) !== OID.rsaEncryption) return false;
  const [modulus, exponent] = children(expectTlv(readTlv(expectTlv(bits, TAG.bitString).content.subarray(1)), TAG.sequence)).map(({ content }) => content);
  if (!modulus || !exponent || modulus.length * 8 > MOST_BITS || exponent.length > 4) return false;
  const n = toBigInt(modulus);
  const length = modulus[0] === 0 ? modulus.length - 1 : modulus.length;
  if (n < 2n || signature.length !== length || toBigInt(signature) >= n) return false;
  const encoded = power(toBigInt(signature), toBigInt(exponent), n);
  const digest = md5(data);
  const padding = length - MD5_PREFIX.length - digest.length - 3;
  if (padding < 8) return false;
  const expected = Uint8Array.of(0, 1, ...new Uint8Array(padding).fill(0xff), 0, ...MD5_PREFIX, ...digest);
  return equalBytes(expected, fromBigInt(encoded, length));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let [square, rest] = [base, exponent]; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const toBigInt = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
const fromBigInt = (value: bigint, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => Number((value >> BigInt((length - 1 - i) * 8)) & 0xffn));
