/** What a column may hold on every database that we support. Times are milliseconds since 1970. */
export type Cell = string | number | null | Uint8Array;

/** A comparison other than equality; see `lt`, `lte`, `gt`, `gte`, `between`, `not`, `oneOf`, `contains`. */
export interface Condition<T> {
  readonly op: '<' | '<=' | '>' | '>=' | '!=' | 'in' | 'between' | 'contains';
  readonly value: T | readonly T[];
}

/** All conditions hold; a plain value means equality, and `null` means `IS NULL`. */
export type Where<Row> = { readonly [K in keyof Row]?: Row[K] | Condition<NonNullable<Row[K]>> };

/** New values by column; `add(n)` counts up without a read before it. */
export type Patch<Row> = { readonly [K in keyof Row]?: Row[K] | Increment };
export interface Increment {
  readonly add: number;
}

export interface FindOptions<Row> {
  readonly orderBy?: keyof Row & string;
  readonly descending?: boolean;
  readonly limit?: number;
}

/** One table: four verbs, each of them one statement. */
export interface Table<Row> {
  /** Throws `DuplicateRow` where a unique key is taken. */
  insert(row: Row): Promise<void>;
  find(where: Where<Row>, options?: FindOptions<Row>): Promise<readonly Row[]>;
  /** Changes every row that matches and returns them as they are now: compare-and-swap where `where` names the old state. */
  update(where: Where<Row>, patch: Patch<Row>): Promise<readonly Row[]>;
  /** Returns how many rows went. */
  delete(where: Where<Row>): Promise<number>;
}

export class DuplicateRow extends Error {
  constructor(table: string, options?: ErrorOptions) {
    super(`A row with this key is already in ${table}.`, options);
    this.name = 'DuplicateRow';
  }
}

export const lt = <T extends Cell>(value: T): Condition<T> => ({ op: '<', value });
export const lte = <T extends Cell>(value: T): Condition<T> => ({ op: '<=', value });
export const gt = <T extends Cell>(value: T): Condition<T> => ({ op: '>', value });
export const gte = <T extends Cell>(value: T): Condition<T> => ({ op: '>=', value });
/** From the one to the other, both included. */
export const between = <T extends Cell>(from: T, to: T): Condition<T> => ({ op: 'between', value: [from, to] });
/** Has these characters in it, exactly as they are: fold both sides where case or width should not matter. */
export const contains = (value: string): Condition<string> => ({ op: 'contains', value });
/** Neither equal nor NULL, as in SQL. */
export const not = <T extends Cell>(value: T): Condition<T> => ({ op: '!=', value });
export const oneOf = <T extends Cell>(...value: readonly T[]): Condition<T> => ({ op: 'in', value });
export const add = (by: number): Increment => ({ add: by });

export function isCondition(value: unknown): value is Condition<Cell> {
  return typeof value === 'object' && value !== null && 'op' in value;
}

export function isIncrement(value: unknown): value is Increment {
  return typeof value === 'object' && value !== null && 'add' in value;
}
