import { PadesError } from '../errors.js';
import { ownBytes, type HashAlgorithm, type OldHashAlgorithm } from '../hash.js';
import { fromLatin1 } from '../pdf/characters.js';
import { TAG, children, contextTag, derNull, equalBytes, expectTlv, integer, oid, readOid, readTlv, sequence, tlv, type Tlv } from './der.js';
import { isMd5WithRsa, verifyMd5WithRsa } from './old-signatures.js';
import { OID } from './oids.js';

const HASH_OIDS: Readonly<Record<HashAlgorithm, string>> = { 'SHA-256': '2.16.840.1.101.3.4.2.1', 'SHA-384': '2.16.840.1.101.3.4.2.2', 'SHA-512': '2.16.840.1.101.3.4.2.3' };
const RSA_OIDS: Readonly<Record<HashAlgorithm, string>> = { 'SHA-256': '1.2.840.113549.1.1.11', 'SHA-384': '1.2.840.113549.1.1.12', 'SHA-512': '1.2.840.113549.1.1.13' };
const ECDSA_OIDS: Readonly<Record<HashAlgorithm, string>> = { 'SHA-256': '1.2.840.10045.4.3.2', 'SHA-384': '1.2.840.10045.4.3.3', 'SHA-512': '1.2.840.10045.4.3.4' };
const CURVE_OIDS: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
  '1.3.132.0.35': { name: 'P-521', bytes: 66 },
};
const OLD_HASHES: Readonly<Record<string, OldHashAlgorithm>> = { [OID.sha1]: 'SHA-1', [OID.md5]: 'MD5' };
const HASH_BYTES: Readonly<Record<HashAlgorithm, number>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };

const nameOf = (oids: Readonly<Record<HashAlgorithm, string>>, value: string) => (Object.keys(oids) as HashAlgorithm[]).find((hash) => oids[hash] === value);

/** AlgorithmIdentifier of a hash, without parameters (RFC 5754, 2). */
export const hashIdentifier = (hash: HashAlgorithm): Uint8Array<ArrayBuffer> => sequence(oid(HASH_OIDS[hash]));

/** The hash of an AlgorithmIdentifier; undefined where it is not one that is still trusted. */
export function readHash(identifier: Tlv | undefined): HashAlgorithm | undefined {
  return nameOf(HASH_OIDS, readOid(children(expectTlv(identifier, TAG.sequence))[0]));
}

/** As `readHash`, and what old signatures have. */
export function readOldHash(identifier: Tlv | undefined): OldHashAlgorithm | undefined {
  return readHash(identifier) ?? OLD_HASHES[readOid(children(expectTlv(identifier, TAG.sequence))[0])];
}

/** How one key signs: WebCrypto's words and CMS's. */
export interface SignatureScheme {
  readonly hash: HashAlgorithm;
  readonly identifier: Uint8Array;
  readonly parameters: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
  /** WebCrypto's r‖s instead of a DER ECDSA-Sig-Value. */
  readonly isEcdsa: boolean;
  /** The longest value that the key can give, in DER. */
  readonly signatureBytes: number;
}

/** The scheme of a private key; throws `unsupported_key`. */
export function schemeOf({ algorithm }: CryptoKey, wanted?: HashAlgorithm): SignatureScheme {
  const { name, hash: keyHash, namedCurve, modulusLength = 0 } = algorithm as KeyAlgorithm & { hash?: { name: string }; namedCurve?: string; modulusLength?: number };
  if (name === 'ECDSA' && (namedCurve === 'P-256' || namedCurve === 'P-384')) {
    const hash = wanted ?? (namedCurve === 'P-256' ? 'SHA-256' : 'SHA-384');
    return { hash, identifier: sequence(oid(ECDSA_OIDS[hash])), parameters: { name, hash }, isEcdsa: true, signatureBytes: namedCurve === 'P-256' ? 72 : 104 };
  }
  const hash = (Object.keys(HASH_OIDS) as HashAlgorithm[]).find((known) => known === keyHash?.name);
  if (!hash || (wanted && wanted !== hash)) throw new PadesError('unsupported_key', `a ${name} key bound to ${keyHash?.name ?? 'no hash'} cannot sign ${wanted ?? 'anything here'}`);
  if (modulusLength < 2048) throw new PadesError('unsupported_key', `an RSA key of ${modulusLength} bits is too short; 2048 are the least`);
  const signatureBytes = modulusLength / 8;
  if (name === 'RSASSA-PKCS1-v1_5') return { hash, identifier: sequence(oid(RSA_OIDS[hash]), derNull()), parameters: { name }, isEcdsa: false, signatureBytes };
  if (name === 'RSA-PSS') return { hash, identifier: pssIdentifier(hash), parameters: { name, saltLength: HASH_BYTES[hash] }, isEcdsa: false, signatureBytes };
  throw new PadesError('unsupported_key', `a ${name} key cannot sign here`);
}

/** RSASSA-PSS with every parameter spelled out (RFC 4055, 3.1). */
function pssIdentifier(hash: HashAlgorithm): Uint8Array {
  const digest = sequence(oid(HASH_OIDS[hash]), derNull());
  const parameters = sequence(
    tlv(contextTag(0), digest),
    tlv(contextTag(1), sequence(oid(OID.mgf1), digest)),
    tlv(contextTag(2), integer(Uint8Array.of(HASH_BYTES[hash]))),
  );
  return sequence(oid(OID.rsaPss), parameters);
}

/** WebCrypto's r‖s as ECDSA-Sig-Value (RFC 3279, 2.2.3). */
export function ecdsaToDer(raw: Uint8Array): Uint8Array {
  return sequence(integer(raw.subarray(0, raw.length / 2)), integer(raw.subarray(raw.length / 2)));
}

function ecdsaFromDer(der: Uint8Array, size: number): Uint8Array {
  const raw = new Uint8Array(size * 2);
  const whole = expectTlv(readTlv(der), TAG.sequence);
  const [r, s, more] = children(whole);
  if (more || whole.bytes.length !== der.length) throw new PadesError('malformed_signature', 'an ECDSA signature has two integers, and nothing behind them');
  [r, s].forEach((value, index) => {
    const { content } = expectTlv(value, TAG.integer);
    const [first = 0x80, second = 0x80] = content;
    if (first >= 0x80 || (first === 0 && second < 0x80)) throw new PadesError('malformed_signature', 'an ECDSA integer is negative, or has more zeros than DER allows');
    const digits = content[0] === 0 ? content.subarray(1) : content;
    if (digits.length > size) throw new PadesError('malformed_signature', 'an ECDSA integer is longer than its curve');
    raw.set(digits, size * (index + 1) - digits.length);
  });
  return raw;
}

/** How a signature was made. */
export interface VerificationKey {
  readonly crypto: Crypto;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** DER AlgorithmIdentifier of the signature. */
  readonly algorithm: Uint8Array;
  /** For an algorithm that leaves the hash open: what the message says it is. */
  readonly hash?: OldHashAlgorithm | undefined;
  /** Takes SHA-1 and MD5 as well: of signatures by people that are named weak, never of certificates and answers. */
  readonly old?: boolean;
}

export interface Verification extends VerificationKey {
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
}

/** Whether the signature value fits; false too for algorithms that are not accepted. */
export async function verifySignature(verification: Verification): Promise<boolean> {
  const { signature, data, ...key } = verification;
  if (wasVerified(verification)) return true;
  const good = await (await importVerifier(key))(signature, data);
  if (good) remember(verification);
  return good;
}

/** Chains, status answers and timestamps are looked at many times while a file is signed, extended and checked; what was good stays good. */
const verified = new WeakMap<Crypto, Map<string, Verification>>();
const MOST_VERIFIED = 512;
const LONGEST_REMEMBERED = 16 << 10;

function wasVerified({ crypto, publicKey, algorithm, hash, signature, data }: Verification): boolean {
  const known = verified.get(crypto)?.get(fromLatin1(signature));
  return known !== undefined && known.hash === hash && !known.old && equalBytes(known.data, data) && equalBytes(known.publicKey, publicKey) && equalBytes(known.algorithm, algorithm);
}

function remember(verification: Verification): void {
  const { crypto, publicKey, algorithm, signature, data } = verification;
  if (data.length > LONGEST_REMEMBERED || verification.old) return;
  const known = verified.get(crypto) ?? new Map<string, Verification>();
  verified.set(crypto, known);
  const [oldest] = known.keys();
  if (known.size >= MOST_VERIFIED && oldest !== undefined) known.delete(oldest);
  // Copies, since these are often views into whole files, and their owners may change them.
  known.set(fromLatin1(signature), { ...verification, signature: new Uint8Array(), data: data.slice(), publicKey: publicKey.slice(), algorithm: algorithm.slice() });
}

/** Whether a signature value fits; false too where it cannot even be read. */
export type Verifier = (signature: Uint8Array, data: Uint8Array) => Promise<boolean>;

/** A public key, imported once for many signatures; one that is not accepted, or cannot be read, verifies nothing. */
export async function importVerifier(key: VerificationKey): Promise<Verifier> {
  const verify = await importKey(key).catch(() => undefined);
  return async (signature, data) => (await verify?.(signature, data).catch(() => false)) ?? false;
}

async function importKey({ crypto: { subtle }, publicKey, algorithm, hash, old = false }: VerificationKey): Promise<Verifier | undefined> {
  const [spkiAlgorithm] = children(expectTlv(readTlv(publicKey), TAG.sequence));
  const [keyOid, keyParameters] = children(expectTlv(spkiAlgorithm, TAG.sequence));
  if (old && isMd5WithRsa(algorithm)) return async (signature, data) => verifyMd5WithRsa({ publicKey, algorithm, signature, data });
  const weak = hash === 'SHA-1' || hash === 'MD5';
  const found = weak ? (old ? readOldScheme(algorithm) : undefined) : readScheme(algorithm, hash);
  if (!found) return undefined;
  if (readOid(keyOid) === OID.ecPublicKey) {
    const curve = CURVE_OIDS[readOid(keyParameters)];
    if (!curve || found.kind !== 'ecdsa') return undefined;
    const key = await keyOnce(subtle, publicKey, { name: 'ECDSA', namedCurve: curve.name });
    return async (signature, data) => subtle.verify({ name: 'ECDSA', hash: found.hash }, key, ownBytes(ecdsaFromDer(signature, curve.bytes)), ownBytes(data));
  }
  if (readOid(keyOid) !== OID.rsaEncryption || found.kind === 'ecdsa') return undefined;
  const name = found.kind === 'pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const key = await keyOnce(subtle, publicKey, { name, hash: found.hash });
  if (((key.algorithm as RsaHashedKeyAlgorithm).modulusLength ?? 0) < 2048) return undefined;
  return async (signature, data) => subtle.verify(found.kind === 'pss' ? { name, saltLength: found.saltLength } : { name }, key, ownBytes(signature), ownBytes(data));
}

type KeyUse = { readonly name: string; readonly hash: HashAlgorithm | 'SHA-1' } | { readonly name: 'ECDSA'; readonly namedCurve: string };

/** The same few authorities stand behind every signature, and importing takes longer than verifying. */
const imported = new WeakMap<SubtleCrypto, Map<string, Promise<CryptoKey>>>();
const MOST_KEYS = 64;

function keyOnce(subtle: SubtleCrypto, publicKey: Uint8Array, use: KeyUse): Promise<CryptoKey> {
  const keys = imported.get(subtle) ?? new Map<string, Promise<CryptoKey>>();
  imported.set(subtle, keys);
  const name = `${JSON.stringify(use)}${fromLatin1(publicKey)}`;
  const known = keys.get(name);
  if (known) return known;
  const key = subtle.importKey('spki', ownBytes(publicKey), use, false, ['verify']);
  const [oldest] = keys.keys();
  if (keys.size >= MOST_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(name, key);
  return key;
}

type FoundScheme = { readonly kind: 'pkcs1' | 'ecdsa'; readonly hash: HashAlgorithm | 'SHA-1' } | { readonly kind: 'pss'; readonly hash: HashAlgorithm; readonly saltLength: number };

function readScheme(identifier: Uint8Array, stated: HashAlgorithm | undefined): FoundScheme | undefined {
  const [id, parameters] = children(expectTlv(readTlv(identifier), TAG.sequence));
  const value = readOid(id);
  const rsa = value === OID.rsaEncryption ? stated : nameOf(RSA_OIDS, value);
  if (rsa) return stated && stated !== rsa ? undefined : { kind: 'pkcs1', hash: rsa };
  const ecdsa = nameOf(ECDSA_OIDS, value);
  if (ecdsa) return stated && stated !== ecdsa ? undefined : { kind: 'ecdsa', hash: ecdsa };
  // Some name the algorithm and leave the hash to the message.
  if (value === ECDSA_WITHOUT_HASH && stated) return { kind: 'ecdsa', hash: stated };
  return value === OID.rsaPss && parameters ? readPss(parameters, stated) : undefined;
}

const ECDSA_WITHOUT_HASH = '1.2.840.10045.4';
const [RSA_WITH_SHA1, ECDSA_WITH_SHA1] = ['1.2.840.113549.1.1.5', '1.2.840.10045.4.1'];

function readOldScheme(identifier: Uint8Array): FoundScheme | undefined {
  const value = readOid(children(expectTlv(readTlv(identifier), TAG.sequence))[0]);
  if (value === OID.rsaEncryption || value === RSA_WITH_SHA1) return { kind: 'pkcs1', hash: 'SHA-1' };
  return value === ECDSA_WITH_SHA1 ? { kind: 'ecdsa', hash: 'SHA-1' } : undefined;
}

function readPss(parameters: Tlv, stated: HashAlgorithm | undefined): FoundScheme | undefined {
  const fields = children(expectTlv(parameters, TAG.sequence));
  const field = (number: number) => fields.find(({ tag }) => tag === contextTag(number));
  const inner = (number: number) => {
    const value = field(number);
    return value && readTlv(value.content);
  };
  const hash = readHash(inner(0));
  const mask = inner(1);
  const [maskId, maskHash] = mask ? children(mask) : [];
  const salt = inner(2);
  if (!hash || !salt || (stated && stated !== hash) || !maskId || readOid(maskId) !== OID.mgf1 || readHash(maskHash) !== hash) return undefined;
  return { kind: 'pss', hash, saltLength: expectTlv(salt, TAG.integer).content.reduce((sum, byte) => sum * 256 + byte, 0) };
}
