import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Crypto } from '@peculiar/webcrypto';
import { importMasterKey, openKeyRing } from '../keys/key-ring.js';
import type { Services } from '../services.js';
import type { Config } from './config.js';
import { openSqlite } from './open-sqlite.js';
import { ownFile } from './own-file.js';

export const databaseName = 'sky-sign.sqlite';

/** The database with its keys, as the server and its commands need it. */
export async function openData(config: Pick<Config, 'dataDir' | 'masterKey'>): Promise<Pick<Services, 'crypto' | 'store' | 'keys'> & { masterKey: CryptoKey }> {
  const crypto = new Crypto() as unknown as globalThis.Crypto;
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const store = await openSqlite(await ownFile(path.join(config.dataDir, databaseName)));
  try {
    const masterKey = await importMasterKey(crypto, await readMasterKey(crypto, config));
    return { crypto, store, masterKey, keys: await openKeyRing({ crypto, store, masterKey }) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function readMasterKey(crypto: globalThis.Crypto, { masterKey, dataDir }: Pick<Config, 'dataDir' | 'masterKey'>): Promise<Uint8Array> {
  if (masterKey !== undefined) return Uint8Array.from(Buffer.from(masterKey, 'base64'));
  const file = path.join(dataDir, 'development-master-key');
  const held = await readFile(file, 'utf8').catch(() => undefined);
  if (held !== undefined) return Uint8Array.from(Buffer.from(held, 'base64'));
  const made = crypto.getRandomValues(new Uint8Array(32));
  await writeFile(file, Buffer.from(made).toString('base64'), { mode: 0o600 });
  return made;
}
