import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { TAG, children, contextTag, expectTlv, readOid, readTlv, type Tlv } from '../../cms/der.js';
import { PadesError, isPadesError } from '../../errors.js';
import { decryptRc2 } from './rc2.js';

/** What a PKCS#12 file holds (RFC 7292): its keys as PKCS#8 and its certificates, DER, in the order of the file. */
export interface KeyStore {
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
}

const PKCS7_DATA = '1.2.840.113549.1.7.1';
const PKCS7_ENCRYPTED = '1.2.840.113549.1.7.6';
const BAG = { key: '1.2.840.113549.1.12.10.1.1', shroudedKey: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3', nested: '1.2.840.113549.1.12.10.1.6' } as const;
const PBES2 = '1.2.840.113549.1.5.13';
const HASHES: Readonly<Record<string, string>> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512' };
const PRFS: Readonly<Record<string, string>> = { '1.2.840.113549.2.7': 'sha1', '1.2.840.113549.2.9': 'sha256', '1.2.840.113549.2.10': 'sha384', '1.2.840.113549.2.11': 'sha512' };
const CIPHERS: Readonly<Record<string, { readonly name: string; readonly key: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
};
/** The schemes of PKCS#12 itself (RFC 7292, Appendix C), which many authorities still hand out. */
const LEGACY: Readonly<Record<string, { readonly cipher: '3des' | 'rc2'; readonly key: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: '3des', key: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', key: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', key: 5 },
};
const MOST_ITERATIONS = 10_000_000;
const MAC_KEY = 3;
const CIPHER_KEY = 1;
const INITIAL_VALUE = 2;

/** Opens a password-protected file; throws `key_unreadable` for a wrong password and for what cannot be read. */
export function openPkcs12(der: Uint8Array, password: string): KeyStore {
  try {
    const [, safe, mac] = children(expectTlv(readTlv(der), TAG.sequence));
    const content = dataOf(expectTlv(safe, TAG.sequence));
    if (!mac) throw unreadable('it has no password integrity');
    checkMac(mac, content, password);
    const store = { keys: [] as Uint8Array[], certificates: [] as Uint8Array[] };
    for (const part of children(readTlv(content))) readBags(decryptPart(part, password), password, store);
    return store;
  } catch (cause) {
    if (isPadesError(cause) && cause.code === 'key_unreadable') throw cause;
    throw unreadable(cause instanceof Error ? cause.message : 'it cannot be read', cause);
  }
}

function checkMac(mac: Tlv, content: Uint8Array, password: string): void {
  const [info, salt, count] = children(mac);
  const [algorithm, digest] = children(expectTlv(info, TAG.sequence));
  const hash = HASHES[readOid(children(expectTlv(algorithm, TAG.sequence))[0])];
  const stated = expectTlv(digest, TAG.octetString).content;
  if (!hash) throw unreadable('its integrity algorithm is not known');
  const key = derive({ hash, purpose: MAC_KEY, password, salt: expectTlv(salt, TAG.octetString).content, iterations: count ? iterationsOf(count) : 1, length: stated.length });
  const found = createHmac(hash, key).update(content).digest();
  if (found.length !== stated.length || !timingSafeEqual(found, stated)) throw unreadable('the password is wrong, or the file was changed');
}

function decryptPart(part: Tlv, password: string): Uint8Array {
  const [type, wrapped] = children(part);
  if (readOid(type) === PKCS7_DATA) return dataOf(part);
  if (readOid(type) !== PKCS7_ENCRYPTED) throw unreadable('a part of it is encrypted to a certificate');
  const [, info] = children(readTlv(expectTlv(wrapped, contextTag(0)).content));
  const [, algorithm, encrypted] = children(expectTlv(info, TAG.sequence));
  return decrypt(expectTlv(algorithm, TAG.sequence), expectTlv(encrypted, 0x80).content, password);
}

function readBags(contents: Uint8Array, password: string, store: { keys: Uint8Array[]; certificates: Uint8Array[] }): void {
  for (const bag of children(expectTlv(readTlv(contents), TAG.sequence))) {
    const [id, wrapped] = children(bag);
    const value = readTlv(expectTlv(wrapped, contextTag(0)).content);
    const type = readOid(id);
    if (type === BAG.key) store.keys.push(value.bytes);
    if (type === BAG.shroudedKey) {
      const [algorithm, encrypted] = children(value);
      store.keys.push(decrypt(expectTlv(algorithm, TAG.sequence), expectTlv(encrypted, TAG.octetString).content, password));
    }
    if (type === BAG.certificate) store.certificates.push(expectTlv(readTlv(expectTlv(children(value)[1], contextTag(0)).content), TAG.octetString).content);
    if (type === BAG.nested) readBags(value.bytes, password, store);
  }
}

function decrypt(algorithm: Tlv, data: Uint8Array, password: string): Uint8Array {
  const [id, parameters] = children(algorithm);
  const [first, second] = children(expectTlv(parameters, TAG.sequence));
  if (readOid(id) === PBES2) return decryptPbes2({ kdf: expectTlv(first, TAG.sequence), scheme: expectTlv(second, TAG.sequence) }, data, password);
  const legacy = LEGACY[readOid(id)];
  if (!legacy) throw unreadable(`its encryption ${readOid(id)} is not known`);
  const common = { hash: 'sha1', password, salt: expectTlv(first, TAG.octetString).content, iterations: iterationsOf(second) };
  const key = derive({ ...common, purpose: CIPHER_KEY, length: legacy.key });
  const iv = derive({ ...common, purpose: INITIAL_VALUE, length: 8 });
  return legacy.cipher === 'rc2' ? decryptRc2(data, key, iv) : decipher('des-ede3-cbc', { key, iv, data });
}

function decryptPbes2({ kdf, scheme }: { kdf: Tlv; scheme: Tlv }, data: Uint8Array, password: string): Uint8Array {
  const [salt, count, ...rest] = children(expectTlv(children(kdf)[1], TAG.sequence));
  const prf = rest.find(({ tag }) => tag === TAG.sequence);
  const hash = prf ? PRFS[readOid(children(prf)[0])] : 'sha1';
  const [id, iv] = children(scheme);
  const cipher = CIPHERS[readOid(id)];
  if (!hash || !cipher) throw unreadable(`its encryption ${readOid(id)} is not known`);
  const key = pbkdf2Sync(password, expectTlv(salt, TAG.octetString).content, iterationsOf(count), cipher.key, hash);
  return decipher(cipher.name, { key, iv: expectTlv(iv, TAG.octetString).content, data });
}

function decipher(name: string, { key, iv, data }: { key: Uint8Array; iv: Uint8Array; data: Uint8Array }): Uint8Array {
  const cipher = createDecipheriv(name, key, iv);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
}

interface Derivation {
  readonly hash: string;
  readonly purpose: number;
  readonly password: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}

/** Key derivation of PKCS#12 (RFC 7292, B.2); the password in UTF-16 with two zeros at its end. */
function derive({ hash, purpose, password, salt, iterations, length }: Derivation): Uint8Array {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const fill = (bytes: Uint8Array) => Uint8Array.from({ length: Math.ceil(bytes.length / block) * block }, (_, i) => bytes[i % bytes.length] ?? 0);
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const input = Buffer.concat([fill(salt), fill(secret)]);
  const diversifier = new Uint8Array(block).fill(purpose);
  const output: Uint8Array[] = [];
  for (let made = 0; made < length; ) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let i = 1; i < iterations; i++) digest = createHash(hash).update(digest).digest();
    output.push(digest);
    made += digest.length;
    const addend = Uint8Array.from({ length: block }, (_, i) => digest[i % digest.length] ?? 0);
    for (let at = 0; at < input.length; at += block) {
      let carry = 1;
      for (let i = block - 1; i >= 0; i--) {
        carry += (input[at + i] ?? 0) + (addend[i] ?? 0);
        input[at + i] = carry & 255;
        carry >>= 8;
      }
    }
  }
  return new Uint8Array(Buffer.concat(output).subarray(0, length));
}

function iterationsOf(value: Tlv | undefined): number {
  const count = expectTlv(value, TAG.integer).content.reduce((sum, byte) => sum * 256 + byte, 0);
  if (count < 1 || count > MOST_ITERATIONS) throw unreadable(`it asks for ${count} iterations`);
  return count;
}

function dataOf(info: Tlv): Uint8Array {
  const [type, wrapped] = children(info);
  if (readOid(type) !== PKCS7_DATA) throw unreadable('its integrity is not by password');
  return expectTlv(readTlv(expectTlv(wrapped, contextTag(0)).content), TAG.octetString).content;
}

const unreadable = (why: string, cause?: unknown) => new PadesError('key_unreadable', `the PKCS#12 file cannot be opened: ${why}`, cause);
