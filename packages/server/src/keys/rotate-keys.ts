import { own } from '../bytes.js';
import type { Store } from '../store/store.js';
import { makeKey, purposes, usesOf } from './key-ring.js';
import type { Purpose } from './key-ring.js';

export interface Rotation {
  readonly crypto: Crypto;
  readonly store: Store;
  /** What the keys are wrapped under now. */
  readonly masterKey: CryptoKey;
  /** What they are to be wrapped under; the same to only make new purpose keys. */
  readonly newMasterKey: CryptoKey;
}

/**
 * Wraps every key of the database under a master key and makes a new one for each purpose. What was written before stays
 * readable with the keys of then; a server that runs goes on with what it has and takes the new ones at its next start.
 */
export async function rotateKeys({ crypto, store, masterKey, newMasterKey }: Rotation): Promise<number> {
  const rows = await store.tables.keys.find({});
  const rewrapped = await Promise.all(
    rows.map(async ({ id, purpose, wrapped }) => {
      const { algorithm, usages } = usesOf(purpose as Purpose);
      const key = await crypto.subtle.unwrapKey('raw', own(wrapped), masterKey, 'AES-KW', algorithm, true, usages);
      return { id, wrapped: new Uint8Array(await crypto.subtle.wrapKey('raw', key, newMasterKey, 'AES-KW')) };
    }),
  );
  const made = await Promise.all(purposes.map((purpose) => makeKey(crypto, newMasterKey, purpose)));
  await store.transaction(async (tables) => {
    if ((await tables.keys.find({})).length !== rows.length) throw new Error('Somebody else is rotating the keys of this database.');
    for (const { id, wrapped } of rewrapped) await tables.keys.update({ id }, { wrapped });
    for (const row of made) await tables.keys.insert(row);
  });
  return rows.length;
}
