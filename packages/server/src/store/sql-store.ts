import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { tableNames } from './store.js';
import type { Store, Tables } from './store.js';
import { DuplicateRow, isCondition, isIncrement } from './table.js';
import type { Cell, Table } from './table.js';

type AnyRow = Readonly<Record<string, Cell>>;
export type Database = Kysely<Record<string, Record<string, Cell>>>;

/** A store on SQL: the same queries for every dialect of Kysely; the caller has run `migrate`. */
export function createSqlStore(db: Database): Store {
  return {
    tables: tablesOver(db),
    transaction: (run) => db.transaction().execute((transaction) => run(tablesOver(transaction))),
    close: () => db.destroy(),
  };
}

function tablesOver(db: Database): Tables {
  return Object.fromEntries(tableNames.map((name) => [name, sqlTable(db, name)])) as unknown as Tables;
}

function sqlTable(db: Database, name: string): Table<AnyRow> {
  return {
    async insert(row) {
      try {
        await db.insertInto(name).values(row).execute();
      } catch (cause) {
        if (cause instanceof Error && /unique|constraint|duplicate/iu.test(cause.message)) throw new DuplicateRow(name, { cause });
        throw cause;
      }
    },
    async find(where, { orderBy, descending, limit } = {}) {
      let query = db.selectFrom(name).selectAll().where(matches(where));
      if (orderBy !== undefined) query = query.orderBy(orderBy, descending ? 'desc' : 'asc');
      if (limit !== undefined) query = query.limit(limit);
      return (await query.execute()).map(plain);
    },
    async update(where, patch) {
      const values = Object.fromEntries(
        Object.entries(patch).map(([column, value]) => [
          column,
          isIncrement(value) ? sql<number>`${sql.ref(column)} + ${value.add}` : (value as Cell),
        ]),
      );
      return (await db.updateTable(name).set(values).where(matches(where)).returningAll().execute()).map(plain);
    },
    async delete(where) {
      const result = await db.deleteFrom(name).where(matches(where)).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

/** Drivers give bytes as a `Buffer` or an `ArrayBuffer`; rows hold a `Uint8Array`. */
function plain(row: Record<string, unknown>): AnyRow {
  for (const [column, value] of Object.entries(row)) if (value instanceof ArrayBuffer) row[column] = new Uint8Array(value);
  return row as AnyRow;
}

/** All conditions of a `Where`, as one expression. */
function matches(where: object): ReturnType<typeof sql<boolean>> {
  const parts = Object.entries(where).map(([column, wanted]: [string, unknown]) => {
    const ref = sql.ref(column);
    if (wanted === null) return sql`${ref} is null`;
    if (!isCondition(wanted)) return sql`${ref} = ${wanted}`;
    if (wanted.op === 'contains') return containing(ref, wanted.value as string);
    if (wanted.op === 'between') {
      const [from, to] = wanted.value as readonly Cell[];
      return sql`${ref} between ${from} and ${to}`;
    }
    if (wanted.op !== 'in') return sql`${ref} ${sql.raw(wanted.op)} ${wanted.value}`;
    const values = wanted.value as readonly Cell[];
    return values.length === 0 ? sql`1 = 0` : sql`${ref} in (${sql.join(values)})`;
  });
  return parts.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`${sql.join(parts, sql` and `)}`;
}

/** Taking the characters out changes the text. LIKE would have its own opinion of capitals on each database, and wildcards. */
function containing(ref: ReturnType<typeof sql.ref>, text: string): ReturnType<typeof sql<boolean>> {
  return text === '' ? sql<boolean>`${ref} is not null` : sql<boolean>`replace(${ref}, ${text}, '') <> ${ref}`;
}
