import type { TableName } from '../store.js';

/** What one version of the database adds. Steps are appended to `migrate.ts`, never edited once they are released. */
export interface Step {
  /** Columns by new table: `name type`; `?` may be NULL. */
  readonly tables?: Partial<Readonly<Record<TableName, string>>>;
  /** Columns that tables get; a default is needed where NULL is not allowed: `name type = value`. */
  readonly columns?: Partial<Readonly<Record<TableName, string>>>;
  /** Table and columns. */
  readonly indexes?: readonly (readonly [TableName, string])[];
  /** Statements that give new columns of old rows their values; they run last. */
  readonly fill?: readonly string[];
}
