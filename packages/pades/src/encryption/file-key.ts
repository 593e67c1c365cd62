import { equalBytes } from '../cms/der.js';
import { joinBytes, ownBytes } from '../hash.js';
import { fromLatin1 } from '../pdf/characters.js';
import { decryptBlocks, encryptBlocks } from './aes.js';
import { md5 } from './md5.js';
import { rc4 } from './rc4.js';
import { saslprep } from './saslprep.js';

/** What the key of a file is derived from (ISO 32000-2, tables 20 and 21). */
export interface KeyMaterial {
  readonly revision: number;
  /** Bytes of the key, for revisions up to 4. */
  readonly keyLength: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  /** /Perms: the permissions once more, encrypted with the key of the file (revision 6). */
  readonly sealedPermissions: Uint8Array;
  readonly encryptMetadata: boolean;
  /** The first half of the file's /ID. */
  readonly id: Uint8Array;
}

const PADDING = Uint8Array.of(0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a);

/** The key of the file where this is its user or its owner password; undefined where it is neither. */
export async function deriveFileKey(material: KeyMaterial, password: string): Promise<Uint8Array | undefined> {
  const derive = material.revision >= 5 ? deriveModernKey : deriveOldKey;
  for (const bytes of material.revision >= 5 ? modernPasswords(password) : oldPasswords(password)) {
    const key = await derive(material, bytes);
    if (key) return key;
  }
  return undefined;
}

/** As SASLprep has it, and as it was typed: many writers do not prepare it. */
const modernPasswords = (password: string) => distinct([saslprep(password), password].map((text) => new TextEncoder().encode(text).subarray(0, 127)));

/** PDFDocEncoding as far as it is Latin-1; some writers put UTF-8. */
function oldPasswords(password: string): Uint8Array[] {
  const codes = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  return distinct([...(codes.every((code) => code < 256) ? [Uint8Array.from(codes)] : []), new TextEncoder().encode(password)]);
}

const distinct = ([first = new Uint8Array(), second]: readonly Uint8Array[]) => (second && !equalBytes(first, second) ? [first, second] : [first]);

function deriveOldKey(material: KeyMaterial, password: Uint8Array): Uint8Array | undefined {
  return keyOfUser(material, password) ?? keyOfUser(material, userPasswordOf(material, password));
}

const pad = (password: Uint8Array) => joinBytes([password.subarray(0, 32), PADDING]).subarray(0, 32);

/** Algorithms 2, 4, 5 and 6. */
function keyOfUser({ revision, keyLength, owner, user, permissions, encryptMetadata, id }: KeyMaterial, password: Uint8Array): Uint8Array | undefined {
  const bits = new Uint8Array(4);
  new DataView(bits.buffer).setInt32(0, permissions | 0, true);
  const metadata = revision >= 4 && !encryptMetadata ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array();
  let key = md5(joinBytes([pad(password), owner.subarray(0, 32), bits, id, metadata])).subarray(0, keyLength);
  if (revision === 2) return equalBytes(rc4(key, PADDING), user.subarray(0, 32)) ? key : undefined;
  for (let i = 0; i < 50; i++) key = md5(key).subarray(0, keyLength);
  let check = md5(joinBytes([PADDING, id]));
  for (let i = 0; i < 20; i++) check = rc4(key.map((byte) => byte ^ i), check);
  return equalBytes(check, user.subarray(0, 16)) ? key : undefined;
}

/** The user password, padded, which /O holds under the owner's (algorithm 7); rubbish where this is not the owner's. */
function userPasswordOf({ revision, keyLength, owner }: KeyMaterial, password: Uint8Array): Uint8Array {
  let hash = md5(pad(password));
  if (revision >= 3) for (let i = 0; i < 50; i++) hash = md5(hash);
  const key = hash.subarray(0, keyLength);
  let secret: Uint8Array = owner.subarray(0, 32);
  for (let i = revision === 2 ? 0 : 19; i >= 0; i--) secret = rc4(key.map((byte) => byte ^ i), secret);
  return secret;
}

/** Algorithm 2.A: the key lies under the owner's password, and under the user's. */
async function deriveModernKey({ revision, owner, ownerKey, user, userKey }: KeyMaterial, password: Uint8Array): Promise<Uint8Array | undefined> {
  const nobody = new Uint8Array();
  for (const [stored, wrapped, others] of [[user, userKey, nobody], [owner, ownerKey, user.subarray(0, 48)]] as const) {
    if (stored.length < 48 || wrapped.length < 32) continue;
    const hash = (salt: Uint8Array) => (revision === 5 ? sha(256, joinBytes([password, salt, others])) : hardenedHash(password, salt, others));
    if (equalBytes(await hash(stored.subarray(32, 40)), stored.subarray(0, 32))) return decryptBlocks(await hash(stored.subarray(40, 48)), wrapped.subarray(0, 32));
  }
  return undefined;
}

/** Algorithm 13. Readers open a file either way; whoever wants to know is told. */
export async function permissionsFit({ revision, permissions, sealedPermissions, encryptMetadata }: KeyMaterial, key: Uint8Array): Promise<boolean> {
  if (revision < 6) return true;
  if (sealedPermissions.length < 16) return false;
  const open = await decryptBlocks(key, sealedPermissions.subarray(0, 16));
  const [letter] = encryptMetadata ? 'T' : 'F';
  return new DataView(open.buffer, open.byteOffset).getInt32(0, true) === (permissions | 0) && fromLatin1(open.subarray(8, 12)) === `${letter}adb`;
}

/** Algorithm 2.B. */
async function hardenedHash(secret: Uint8Array, salt: Uint8Array, others: Uint8Array): Promise<Uint8Array> {
  let key = await sha(256, joinBytes([secret, salt, others]));
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const repeated = joinBytes(Array.from({ length: 64 }, () => joinBytes([secret, key, others])));
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
