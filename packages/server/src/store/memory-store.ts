import { tableNames, uniqueKeys } from './store.js';
import type { Store, Tables } from './store.js';
import { DuplicateRow, isCondition, isIncrement } from './table.js';
import type { Cell, Condition, FindOptions, Table } from './table.js';

type AnyRow = Readonly<Record<string, Cell>>;

/** A store that lives as long as the page or the test. */
export function createMemoryStore(): Store {
  let state = new Map<string, Map<string, AnyRow>>(tableNames.map((name) => [name, new Map<string, AnyRow>()]));
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  };
  const transaction = <T>(run: (tables: Tables) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      const draft = new Map([...state].map(([name, rows]) => [name, new Map(rows)]));
      const result = await run(tablesOver((name) => memoryTable(name, draft.get(name) as Map<string, AnyRow>)));
      state = draft;
      return result;
    });
  const tables = tablesOver((name) => {
    const table = (): Table<AnyRow> => memoryTable(name, state.get(name) as Map<string, AnyRow>);
    return {
      insert: (row) => inTurn(() => table().insert(row)),
      find: (where, options) => inTurn(() => table().find(where, options)),
      update: (where, patch) => inTurn(() => table().update(where, patch)),
      delete: (where) => inTurn(() => table().delete(where)),
    };
  });
  return { tables, transaction, close: () => Promise.resolve() };
}

function tablesOver(make: (name: string) => Table<AnyRow>): Tables {
  return Object.fromEntries(tableNames.map((name) => [name, make(name)])) as unknown as Tables;
}

function memoryTable(name: string, rows: Map<string, AnyRow>): Table<AnyRow> {
  const keys: readonly (readonly string[])[] = uniqueKeys[name as keyof typeof uniqueKeys];
  const keyOf = (row: AnyRow, columns: readonly string[]): string => JSON.stringify(columns.map((column) => row[column]));
  const primary = keys[0] as readonly string[];

  const matching = (where: object): AnyRow[] => {
    const conditions = Object.entries(where) as [string, Cell | Condition<Cell>][];
    const one = primary.every((column) => column in where && !isCondition((where as AnyRow)[column]));
    const candidates = one ? [rows.get(keyOf(where as AnyRow, primary))].filter((row) => row !== undefined) : [...rows.values()];
    return candidates.filter((row) => conditions.every(([column, wanted]) => holds(row[column] ?? null, wanted)));
  };
  return {
    insert(row) {
      const taken = keys.some((columns) =>
        columns === primary
          ? rows.has(keyOf(row, columns))
          : [...rows.values()].some((other) => keyOf(other, columns) === keyOf(row, columns)),
      );
      if (taken) return Promise.reject(new DuplicateRow(name));
      rows.set(keyOf(row, primary), { ...row });
      return Promise.resolve();
    },
    find: (where, options) => Promise.resolve(arranged(matching(where), options)),
    update(where, patch) {
      const changed = matching(where).map((row) => {
        const next: Record<string, Cell> = { ...row };
        for (const [column, value] of Object.entries(patch)) {
          next[column] = isIncrement(value) ? Number(row[column]) + value.add : (value as Cell);
        }
        rows.set(keyOf(row, primary), next);
        return next;
      });
      return Promise.resolve(changed);
    },
    delete(where) {
      const gone = matching(where);
      for (const row of gone) rows.delete(keyOf(row, primary));
      return Promise.resolve(gone.length);
    },
  };
}

function arranged(rows: AnyRow[], options: FindOptions<AnyRow> = {}): AnyRow[] {
  const { orderBy, descending, limit } = options;
  if (orderBy !== undefined) rows.sort((a, b) => compare(a[orderBy] ?? null, b[orderBy] ?? null));
  if (descending) rows.reverse();
  return limit === undefined ? rows : rows.slice(0, limit);
}

function holds(value: Cell, wanted: Cell | Condition<Cell> | undefined): boolean {
  if (!isCondition(wanted)) return value === (wanted ?? null);
  if (value === null) return false;
  if (wanted.op === 'in') return (wanted.value as readonly Cell[]).includes(value);
  if (wanted.op === 'contains') return String(value).includes(String(wanted.value));
  if (wanted.op === 'between') {
    const [from = null, to = null] = wanted.value as readonly Cell[];
    return compare(value, from) >= 0 && compare(value, to) <= 0;
  }
  const order = compare(value, wanted.value as Cell);
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0, '!=': order !== 0 }[wanted.op];
}

function compare(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
