import { sql } from 'kysely';
import { audit } from './migrations/audit.js';
import { certificates } from './migrations/certificates.js';
import { delivery } from './migrations/delivery.js';
import { first } from './migrations/first.js';
import { intake } from './migrations/intake.js';
import { grants } from './migrations/grants.js';
import { locks } from './migrations/locks.js';
import { order } from './migrations/order.js';
import { roles } from './migrations/roles.js';
import { search } from './migrations/search.js';
import type { Step } from './migrations/step.js';
import { sweeping } from './migrations/sweeping.js';
import { webhooks } from './migrations/webhooks.js';
import { uniqueKeys } from './store.js';
import type { TableName } from './store.js';
import type { Database } from './sql-store.js';

/** In the order in which they came to be; the version of a database is how many it has had. */
const steps: readonly Step[] = [first, audit, certificates, delivery, webhooks, search, roles, order, locks, grants, intake, sweeping];

/** Brings a database to the newest version, forwards only, each step in one transaction; refuses one that is newer than this code. */
export async function migrate(db: Database): Promise<void> {
  await sql.raw('create table if not exists "schemaVersion" ("version" integer not null)').execute(db);
  const [row] = await db.selectFrom('schemaVersion').selectAll().execute();
  const from = Number(row?.['version'] ?? 0);
  if (from > steps.length) {
    throw new Error(`The database has version ${String(from)}, this program knows ${String(steps.length)}: start a newer program.`);
  }
  for (const [i, step] of steps.entries()) {
    if (i < from) continue;
    await db.transaction().execute(async (transaction) => {
      for (const statement of statementsOf(step)) await sql.raw(statement).execute(transaction);
      await transaction.deleteFrom('schemaVersion').execute();
      await transaction.insertInto('schemaVersion').values({ version: i + 1 }).execute();
    });
  }
}

function* statementsOf({ tables = {}, columns = {}, indexes = [], fill = [] }: Step): Generator<string> {
  for (const [table, text] of Object.entries(tables) as [TableName, string][]) {
    const keys = uniqueKeys[table].map((key, i) => `${i === 0 ? 'primary key' : 'unique'} (${key.map(quoted).join(', ')})`);
    yield `create table "${table}" (${[...text.split(', ').map(columnOf), ...keys].join(', ')})`;
  }
  for (const [table, text] of Object.entries(columns) as [TableName, string][]) {
    for (const column of text.split(', ')) yield `alter table "${table}" add column ${columnOf(column)}`;
  }
  for (const [table, text] of indexes) {
    yield `create index "${table}_${text.replaceAll(', ', '_')}" on "${table}" (${text.split(', ').map(quoted).join(', ')})`;
  }
  yield* fill;
}

const quoted = (name: string): string => `"${name}"`;

/** `name text` or `name text?`; `name integer = 0` has a default. */
function columnOf(text: string): string {
  const [declaration = '', value] = text.split(' = ');
  const [name = '', type = ''] = declaration.split(' ');
  return `${quoted(name)} ${type.replace('?', '')}${type.endsWith('?') ? '' : ' not null'}${value === undefined ? '' : ` default ${value}`}`;
}
