import { Kysely, SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import LibsqlDatabase from 'libsql';
import { migrate } from '../store/migrate.js';
import { createSqlStore } from '../store/sql-store.js';
import type { Database } from '../store/sql-store.js';
import type { Store } from '../store/store.js';

const mostPrepared = 500;

/** Opens (and makes, and migrates) the embedded database: write-ahead log, and every commit on the disk before it is answered. */
export async function openSqlite(file: string): Promise<Store> {
  const database = new LibsqlDatabase(file);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma busy_timeout = 5000');
  const db: Database = new Kysely({ dialect: new SqliteDialect({ database: preparingOnce(database) }) });
  await migrate(db);
  return createSqlStore(db);
}

/** The same few dozen statements come again and again, and preparing one takes longer than running it. */
function preparingOnce(database: InstanceType<typeof LibsqlDatabase>): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => void database.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = database.prepare(sql) as unknown as SqliteStatement;
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(sql, statement);
      return statement;
    },
  };
}
