import type { Modification } from './modification.js';
import { atMost, worse } from './modification.js';
import type { UsageGraph, Usage, Way } from './usage-graph.js';

/** What an approval looked at: one way from the trailer, one reference wherever its holder is reached from, or all there are. */
export type Seen = { readonly way: string } | { readonly usage: Usage } | 'all';

export interface Ledger {
  /** A rule explains the new value of an object, as far as it is reached by what was seen. */
  approve(level: Modification, number: number, seen?: Seen): void;
  /** At which level an object is explained: when all ways to what it was have been; undefined where it is not. */
  levelOf(number: number): Modification | undefined;
}

interface Account {
  level: Modification;
  remaining: readonly Way[];
  /** More ways than can be checked: nothing but a rule that sees all explains them. */
  readonly endless: boolean;
}

export function createLedger(graph: UsageGraph): Ledger {
  const explained = new Map<number, Modification>();
  const accounts = new Map<number, Account>();

  function accountOf(number: number): Account | undefined {
    if (!graph.isUsed(number)) return undefined;
    const known = accounts.get(number);
    if (known) return known;
    const ways = graph.waysTo(number);
    const account: Account = { level: 'NONE', remaining: ways ?? [], endless: ways === undefined };
    accounts.set(number, account);
    return account;
  }

  function note(level: Modification, number: number): void {
    const known = explained.get(number);
    if (known === undefined || atMost(level, known)) explained.set(number, level);
  }

  return {
    approve(level, number, seen) {
      const account = accountOf(number);
      if (!account) {
        note(level, number);
        return;
      }
      account.level = worse(account.level, level);
      if (seen === 'all') account.remaining = [];
      else if (account.endless) return;
      else if (seen) account.remaining = account.remaining.filter((way) => !isSeen(way, seen));
      if (account.remaining.length === 0 && (seen !== undefined || !account.endless)) note(account.level, number);
    },
    levelOf: (number) => explained.get(number),
  };
}

const isSeen = ({ path, last }: Way, seen: Exclude<Seen, 'all'>): boolean => ('way' in seen ? path === seen.way : last.holder === seen.usage.holder && last.path === seen.usage.path);
