import { Kysely, SqliteDialect } from 'kysely';
import LibsqlDatabase from 'libsql';
import { migrate } from '../store/migrate.js';
import { createSqlStore } from '../store/sql-store.js';
import type { Database } from '../store/sql-store.js';
import type { Store } from '../store/store.js';

/** Opens (and makes, and migrates) the embedded database: write-ahead log, and every commit on the disk before it is answered. */
export async function openSqlite(file: string): Promise<Store> {
  const database = new LibsqlDatabase(file);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma busy_timeout = 5000');
  const db: Database = new Kysely({ dialect: new SqliteDialect({ database }) });
  await migrate(db);
  return createSqlStore(db);
}
