import { SkySignError } from './sky-sign-error.js';
import type { ProofKeys } from './dpop.js';
import { within } from './within.js';

const database = 'sky-sign';
const table = 'session-keys';
/** A session ends after four hours at the latest; a day later its key is of no use to anybody. */
const dayInMs = 24 * 60 * 60 * 1000;

/** Some browsers leave `indexedDB.open` without an answer (https://bugs.webkit.org/show_bug.cgi?id=226547). */
const limitMs = 2000;
/** Once it has not answered, nobody waits for it again until it does. */
let silent = false;

interface KeptKeys {
  readonly keys: ProofKeys;
  readonly createdAt: number;
}

/** Where there is no IndexedDB (private windows of some browsers, Node): the keys live as long as the page. */
const fallback = new Map<string, ProofKeys>();

/** A new ES256 key whose private half cannot be read by any script, kept under `keyId` so that a reload finds it again. */
export async function createKeys(keyId: string): Promise<ProofKeys> {
  if (!globalThis.crypto?.subtle) {
    throw new SkySignError('crypto_unavailable', 'Signing needs WebCrypto, which browsers offer only on https:// and localhost.');
  }
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  fallback.set(keyId, keys);
  await withTable('readwrite', (store) => {
    forgetOldKeys(store);
    return store.put({ keys, createdAt: Date.now() } satisfies KeptKeys, keyId);
  });
  return keys;
}

export async function loadKeys(keyId: string): Promise<ProofKeys | undefined> {
  const kept = await withTable<KeptKeys | undefined>('readonly', (store) => store.get(keyId) as IDBRequest<KeptKeys | undefined>);
  return kept?.keys ?? fallback.get(keyId);
}

export async function forgetKeys(keyId: string): Promise<void> {
  fallback.delete(keyId);
  await withTable('readwrite', (store) => store.delete(keyId));
}

function forgetOldKeys(store: IDBObjectStore): void {
  const walk = store.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    if ((cursor.value as KeptKeys).createdAt < Date.now() - dayInMs) cursor.delete();
    cursor.continue();
  };
}

/** Runs one request; answers `undefined` where IndexedDB is missing, refuses or does not answer, for then the fallback serves. */
async function withTable<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  if (silent) return undefined;
  try {
    return await within(limitMs, inTable(mode, run), () => {
      silent = true;
      return new Error('IndexedDB does not answer');
    });
  } catch {
    return undefined;
  }
}

async function inTable<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await openDatabase();
  // It answers after all.
  silent = false;
  try {
    return await settled(run(db.transaction(table, mode).objectStore(table)));
  } finally {
    db.close();
  }
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(table);
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
