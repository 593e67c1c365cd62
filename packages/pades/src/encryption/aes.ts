import { joinBytes, ownBytes } from '../hash.js';

const BLOCK = 16;
const NO_IV = new Uint8Array(BLOCK);

const importKey = (key: Uint8Array) => globalThis.crypto.subtle.importKey('raw', ownBytes(key), 'AES-CBC', false, ['encrypt', 'decrypt']);

async function encryptPadded(key: CryptoKey, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.encrypt({ name: 'AES-CBC', iv: ownBytes(iv) }, key, ownBytes(data)));
}

/** AES-CBC without padding, of whole blocks: what WebCrypto adds is cut off. */
export async function encryptBlocks(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  return (await encryptPadded(await importKey(key), iv, data)).subarray(0, data.length);
}

/** The reverse: WebCrypto gets a last block that it finds to be nothing but padding. */
export async function decryptBlocks(key: Uint8Array, data: Uint8Array, iv: Uint8Array = NO_IV): Promise<Uint8Array> {
  if (data.length === 0) return new Uint8Array();
  const imported = await importKey(key);
  const padding = await encryptPadded(imported, data.subarray(-BLOCK), new Uint8Array());
  return new Uint8Array(await globalThis.crypto.subtle.decrypt({ name: 'AES-CBC', iv: ownBytes(iv) }, imported, joinBytes([data, padding])));
}

/** A string or stream: a random IV, then padded blocks (ISO 32000-2, 7.6.3.1). */
export async function encryptAes(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(BLOCK));
  return joinBytes([iv, await encryptPadded(await importKey(key), iv, data)]);
}

/** As viewers read it: bytes after the last whole block do not count, and padding that is none stays. */
export async function decryptAes(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const whole = data.subarray(0, data.length - (data.length % BLOCK));
  const plain = await decryptBlocks(key, whole.subarray(BLOCK), whole.subarray(0, BLOCK));
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= BLOCK ? plain.subarray(0, plain.length - padding) : plain;
}
