import { equalBytes } from '../cms/der.js';
import { joinBytes, ownBytes } from '../hash.js';
import { decryptBlocks, encryptBlocks } from './aes.js';
import { md5 } from './md5.js';
import { rc4 } from './rc4.js';

/** What the key of a file is derived from (ISO 32000-2, tables 20 and 21). */
export interface KeyMaterial {
  readonly revision: number;
  /** Bytes of the key, for revisions up to 4. */
  readonly keyLength: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** The first half of the file's /ID. */
  readonly id: Uint8Array;
}

const PADDING = Uint8Array.of(0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a);

/** The key of the file where this is its user password; undefined where it is not. */
export function deriveFileKey(material: KeyMaterial, password: string): Promise<Uint8Array | undefined> {
  return material.revision >= 5 ? deriveModernKey(material, password) : Promise.resolve(deriveOldKey(material, password));
}

/** Algorithms 2, 4, 5 and 6. */
function deriveOldKey({ revision, keyLength, owner, user, permissions, encryptMetadata, id }: KeyMaterial, password: string): Uint8Array | undefined {
  const padded = joinBytes([oldPassword(password).subarray(0, 32), PADDING]).subarray(0, 32);
  const bits = new Uint8Array(4);
  new DataView(bits.buffer).setInt32(0, permissions | 0, true);
  const metadata = revision >= 4 && !encryptMetadata ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array();
  let key = md5(joinBytes([padded, owner.subarray(0, 32), bits, id, metadata])).subarray(0, keyLength);
  if (revision === 2) return equalBytes(rc4(key, PADDING), user.subarray(0, 32)) ? key : undefined;
  for (let i = 0; i < 50; i++) key = md5(key).subarray(0, keyLength);
  let check = md5(joinBytes([PADDING, id]));
  for (let i = 0; i < 20; i++) check = rc4(key.map((byte) => byte ^ i), check);
  return equalBytes(check, user.subarray(0, 16)) ? key : undefined;
}

/** PDFDocEncoding as far as it is Latin-1; writers put anything else in UTF-8. */
function oldPassword(password: string): Uint8Array {
  const codes = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  return codes.every((code) => code < 256) ? Uint8Array.from(codes) : new TextEncoder().encode(password);
}

/** Algorithm 2.A, for the user password. */
async function deriveModernKey({ revision, user, userKey }: KeyMaterial, password: string): Promise<Uint8Array | undefined> {
  const secret = new TextEncoder().encode(password.normalize('NFKC')).subarray(0, 127);
  const hash = (salt: Uint8Array) => (revision === 5 ? sha(256, joinBytes([secret, salt])) : hardenedHash(secret, salt));
  if (user.length < 48 || userKey.length < 32 || !equalBytes(await hash(user.subarray(32, 40)), user.subarray(0, 32))) return undefined;
  return decryptBlocks(await hash(user.subarray(40, 48)), userKey.subarray(0, 32));
}

/** Algorithm 2.B. */
async function hardenedHash(secret: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  let key = await sha(256, joinBytes([secret, salt]));
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const repeated = joinBytes(Array.from({ length: 64 }, () => joinBytes([secret, key])));
    const encrypted = await encryptBlocks(key.subarray(0, 16), key.subarray(16, 32), repeated);
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = await sha(remainder === 0 ? 256 : remainder === 1 ? 384 : 512, encrypted);
    last = encrypted.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

async function sha(bits: 256 | 384 | 512, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(`SHA-${bits}`, ownBytes(bytes)));
}
