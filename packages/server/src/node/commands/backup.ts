import { constants, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import LibsqlDatabase from 'libsql';
import { readDataConfig, StartError } from '../config.js';
import { databaseName, openData } from '../open-data.js';
import { ownFile } from '../own-file.js';
import { wanted } from './command.js';
import type { Command } from './command.js';

export const backup: Command = {
  usage: 'backup FILE',
  about: 'copies everything into one file, while the server runs; the master key is not in it',
  async run([file], { env, out }) {
    const to = path.resolve(wanted(file, 'FILE'));
    const { dataDir } = readDataConfig(env);
    const from = path.join(dataDir, databaseName);
    if (!existsSync(from)) throw new StartError(`${from} is not there.`);
    if (existsSync(to)) throw new StartError(`${to} is there already.`);
    const part = `${to}.part`;
    await rm(part, { force: true });
    const database = new LibsqlDatabase(from);
    try {
      database.exec('pragma busy_timeout = 30000');
      database.prepare('vacuum into ?').run(await ownFile(part));
    } finally {
      database.close();
    }
    checkIntegrity(part);
    await rename(part, to);
    out(`Everything is in ${to}. Keep MASTER_KEY apart from it: without that key nobody can read it.`);
    return 0;
  },
};

export const restore: Command = {
  usage: 'restore FILE',
  about: 'puts a back-up into an empty DATA_DIR, checked, and opened with MASTER_KEY',
  async run([file], { env, out }) {
    const from = path.resolve(wanted(file, 'FILE'));
    const config = readDataConfig(env);
    const to = path.join(config.dataDir, databaseName);
    if (existsSync(to)) throw new StartError(`${to} is there already: choose an empty DATA_DIR.`);
    checkIntegrity(from);
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await copyFile(from, to, constants.COPYFILE_EXCL);
    try {
      const { store } = await openData(config);
      const envelopes = await store.tables.envelopes.find({});
      await store.close();
      out(`${String(envelopes.length)} envelopes are in ${to}. Now run "audit verify", then start the server.`);
    } catch (error) {
      for (const end of ['', '-wal', '-shm']) await rm(`${to}${end}`, { force: true });
      throw error;
    }
    return 0;
  },
};

/** Reads every page of a database; throws where one is damaged. */
function checkIntegrity(file: string): void {
  if (!existsSync(file)) throw new StartError(`${file} is not there.`);
  const database = new LibsqlDatabase(file);
  try {
    const row = database.prepare('pragma integrity_check').get() as { integrity_check?: string } | undefined;
    if (row?.integrity_check !== 'ok') throw new StartError(`${file} is damaged: ${row?.integrity_check ?? 'no database'}`);
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(`${file} is no back-up of sky-sign.`, { cause });
  } finally {
    database.close();
  }
}
