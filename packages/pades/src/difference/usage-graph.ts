import type { PdfFile } from '../pdf/file.js';
import type { PdfObject } from '../pdf/objects.js';
import { rangesOf } from '../pdf/xref.js';
import { SKIPPED, readPaths, targetsOf } from './references.js';
import { resolveNumber } from './resolve-number.js';
import { loadedIn, readRoles, type Roles } from './roles.js';

/** One reference to an object: the object that holds it, 0 for the trailer, and where in there it stands, as `/Annots/3`. */
export interface Usage {
  readonly holder: number;
  readonly path: string;
}

/** A way on which an object can be reached from the trailer. */
export interface Way {
  /** From the trailer as `/Root/AcroForm/Fields/0`; from the page or structure element that it passes as `<page 12>/Annots/3`. */
  readonly path: string;
  /** Its last part. */
  readonly last: Usage;
}

/** Who refers to what in one state of a file; objects that are referred to and not there are in it, too. */
export interface UsageGraph {
  readonly pages: ReadonlySet<number>;
  isUsed(number: number): boolean;
  usagesOf(number: number): readonly Usage[];
  /** Every way to an object; undefined where there are more than anybody can check. */
  waysTo(number: number): readonly Way[] | undefined;
}

/** The graph of one state after the other: what did not change between them is not read again. */
export interface UsageReader extends UsageGraph {
  /** Goes on to a later state, in which these objects are other ones. */
  advance(file: PdfFile, numbers: Iterable<number>): Promise<void>;
}

const MOST_STEPS = 20_000;

/** Reads every object that the trailer leads to. */
export async function readUsageGraph(first: PdfFile): Promise<UsageReader> {
  /** Who refers to an object. */
  const users = new Map<number, number[]>();
  const held = new Map<number, Held>();
  await first.loadAll(first.sections.flatMap(rangesOf));
  let roles = await readRoles(first);
  await readFrom(first, [TRAILER]);

  async function readFrom(file: PdfFile, holders: readonly number[]): Promise<void> {
    const pending = [...holders];
    for (let holder = pending.pop(); holder !== undefined; holder = pending.pop()) {
      if (held.has(holder)) continue;
      const value = holder === TRAILER ? file.trailer : (loadedIn(file, holder) ?? (await resolveNumber(file, holder)));
      const skipped = holder === TRAILER ? SKIPPED.trailer : roles.structure.nodes.has(holder) ? SKIPPED.element : SKIPPED.other;
      const targets = targetsOf(value, skipped);
      held.set(holder, { value, skipped, targets });
      for (const number of targets) {
        const known = users.get(number);
        if (known) known.push(holder);
        else users.set(number, [holder]);
        if (!held.has(number)) pending.push(number);
      }
    }
  }

  function forget(holder: number): void {
    for (const number of held.get(holder)?.targets ?? []) {
      const left = (users.get(number) ?? []).filter((user) => user !== holder);
      if (left.length > 0) users.set(number, left);
      else users.delete(number);
    }
    held.delete(holder);
  }

  function* usagesOf(number: number): Generator<Usage> {
    for (const holder of users.get(number) ?? []) {
      const own = held.get(holder);
      // Few holders are ever asked where a reference stands.
      if (own) for (const path of (own.paths ??= readPaths(own.value, own.skipped)).get(number) ?? []) yield { holder, path };
    }
  }

  return {
    get pages() {
      return roles.pages.nodes;
    },
    isUsed: (number) => users.has(number),
    usagesOf: (number) => [...usagesOf(number)],
    waysTo: (number) => waysTo(number, usagesOf, roles),
    async advance(file, numbers) {
      const changed = [TRAILER, ...numbers];
      for (const number of changed) forget(number);
      roles = await readRoles(file, roles, new Set(changed));
      await readFrom(file, changed.filter((number) => number === TRAILER || users.has(number)));
    },
  };
}

const TRAILER = 0;

interface Held {
  readonly value: PdfObject;
  readonly skipped: ReadonlySet<string>;
  readonly targets: readonly number[];
  paths?: ReadonlyMap<number, readonly string[]>;
}

/** Backwards, since few objects change; pages and structure elements are reached through their trees and nothing else. */
function waysTo(number: number, usagesOf: (number: number) => Iterable<Usage>, { pages: { nodes: pages }, structure: { nodes: structure }, root }: Roles): Way[] | undefined {
  const ways: Way[] = [];
  let steps = 0;
  function walk(target: number, tail: string, last: Usage | undefined, passed: ReadonlySet<number>): boolean {
    for (const usage of usagesOf(target)) {
      if (++steps > MOST_STEPS) return false;
      const path = usage.path + tail;
      const way = { last: last ?? usage };
      if (usage.holder === 0) ways.push({ ...way, path });
      // Both trees hang from the catalog: whoever has come through it goes round in a circle.
      else if ((pages.has(usage.holder) || structure.has(usage.holder)) && passed.has(root)) continue;
      else if (pages.has(usage.holder)) ways.push({ ...way, path: `<page ${usage.holder}>${path}` });
      else if (structure.has(usage.holder)) ways.push({ ...way, path: `<structure ${usage.holder}>${path}` });
      else if (!passed.has(usage.holder) && !walk(usage.holder, path, way.last, new Set([...passed, usage.holder]))) return false;
    }
    return true;
  }
  return walk(number, '', undefined, new Set([number])) ? ways : undefined;
}
