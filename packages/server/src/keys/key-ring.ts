import { concat, own, utf8 } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import type { KeyRow } from '../store/rows.js';
import type { Store } from '../store/store.js';

const macPurposes = ['pepper', 'audit', 'nonce'] as const;
export const purposes = ['blob', 'data', ...macPurposes] as const;
export type MacPurpose = (typeof macPurposes)[number];
export type Purpose = (typeof purposes)[number];

/** The server's symmetric keys: random, one or more a purpose, at rest only wrapped (AES-KW) under the master key. */
export interface KeyRing {
  /** Wraps a data key under the newest blob key. */
  wrapDataKey(key: CryptoKey): Promise<{ readonly keyId: string; readonly wrapped: Bytes }>;
  unwrapDataKey(keyId: string, wrapped: Uint8Array): Promise<CryptoKey>;
  /** Encrypts a small value (a draft, a mail) for the place that `context` names; it opens nowhere else. */
  seal(context: string, plain: Uint8Array): Promise<Bytes>;
  open(context: string, sealed: Uint8Array): Promise<Bytes>;
  /** Id of the key that new things of a purpose are made with. */
  newest(purpose: MacPurpose): string;
  /** HMAC-SHA-256. */
  mac(keyId: string, data: Uint8Array): Promise<Bytes>;
}

export const usesOf = (purpose: Purpose): { algorithm: AesKeyGenParams | HmacKeyGenParams; usages: KeyUsage[] } => {
  if (purpose === 'blob') return { algorithm: { name: 'AES-KW', length: 256 }, usages: ['wrapKey', 'unwrapKey'] };
  if (purpose === 'data') return { algorithm: { name: 'AES-GCM', length: 256 }, usages: ['encrypt', 'decrypt'] };
  return { algorithm: { name: 'HMAC', hash: 'SHA-256', length: 256 }, usages: ['sign'] };
};

/** Opens the ring; makes what is missing. A master key that does not fit the stored keys is refused. */
export async function openKeyRing({ crypto, store, masterKey }: { crypto: Crypto; store: Store; masterKey: CryptoKey }): Promise<KeyRing> {
  const rows = [...(await store.tables.keys.find({}, { orderBy: 'createdAt' }))];
  for (const purpose of purposes) {
    if (rows.some((row) => row.purpose === purpose)) continue;
    const row = await makeKey(crypto, masterKey, purpose);
    await store.tables.keys.insert(row);
    rows.push(row);
  }
  const keys = new Map<string, CryptoKey>();
  const newest = new Map<Purpose, string>();
  for (const row of rows) {
    const purpose = row.purpose as Purpose;
    const { algorithm, usages } = usesOf(purpose);
    const key = await crypto.subtle.unwrapKey('raw', own(row.wrapped), masterKey, 'AES-KW', algorithm, false, usages).catch((cause: unknown) => {
      throw new Error('The master key does not open the keys of this database: give the one it was made with.', { cause });
    });
    keys.set(row.id, key);
    newest.set(purpose, row.id);
  }
  const keyOf = (id: string): CryptoKey => {
    const key = keys.get(id);
    if (!key) throw new Error(`There is no key ${id} in this database.`);
    return key;
  };
  const newestOf = (purpose: Purpose): string => newest.get(purpose) ?? '';
  const gcm = (context: string, iv: Bytes): AesGcmParams => ({ name: 'AES-GCM', iv, additionalData: utf8(context) });

  return {
    async wrapDataKey(key) {
      const keyId = newestOf('blob');
      return { keyId, wrapped: new Uint8Array(await crypto.subtle.wrapKey('raw', key, keyOf(keyId), 'AES-KW')) };
    },
    unwrapDataKey: (keyId, wrapped) =>
      crypto.subtle.unwrapKey('raw', own(wrapped), keyOf(keyId), 'AES-KW', { name: 'AES-GCM', length: 256 }, false, ['decrypt']),
    async seal(context, plain) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const keyId = newestOf('data');
      const sealed = await crypto.subtle.encrypt(gcm(context, iv), keyOf(keyId), own(plain));
      return concat(utf8(keyId), iv, new Uint8Array(sealed));
    },
    async open(context, sealed) {
      const keyId = new TextDecoder().decode(sealed.subarray(0, keyIdLength));
      const iv = sealed.slice(keyIdLength, keyIdLength + 12);
      return new Uint8Array(await crypto.subtle.decrypt(gcm(context, iv), keyOf(keyId), sealed.slice(keyIdLength + 12)));
    },
    newest: newestOf,
    mac: async (keyId, data) => new Uint8Array(await crypto.subtle.sign('HMAC', keyOf(keyId), own(data))),
  };
}

const keyIdLength = 12;

export async function makeKey(crypto: Crypto, masterKey: CryptoKey, purpose: Purpose): Promise<KeyRow> {
  const { algorithm, usages } = usesOf(purpose);
  const key = await crypto.subtle.generateKey(algorithm, true, usages);
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, masterKey, 'AES-KW'));
  const id = `key_${Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return { id, purpose, wrapped, createdAt: Date.now() };
}

/** 32 raw bytes as the master key; kept outside the database. */
export function importMasterKey(crypto: Crypto, raw: Uint8Array): Promise<CryptoKey> {
  if (raw.length !== 32) throw new RangeError(`The master key has ${String(raw.length)} bytes, it must have 32.`);
  return crypto.subtle.importKey('raw', own(raw), 'AES-KW', false, ['wrapKey', 'unwrapKey']);
}
