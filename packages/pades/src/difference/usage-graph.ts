import { readCatalog, resolveArray, resolveDict, type PdfFile } from '../pdf/file.js';
import { resolveNumber } from './resolve-number.js';
import { PdfDict, PdfRef, PdfStream, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';

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
  const usages = new Map<number, Usage[]>();
  /** Whom an object refers to. */
  const targets = new Map<number, Set<number>>();
  const read = new Set<number>();
  let roles = await readRoles(first);
  await readFrom(first, [TRAILER]);

  async function readFrom(file: PdfFile, holders: readonly number[]): Promise<void> {
    const pending = [...holders];
    for (let holder = pending.pop(); holder !== undefined; holder = pending.pop()) {
      if (read.has(holder)) continue;
      read.add(holder);
      const isElement = roles.structure.has(holder);
      const references = holder === TRAILER ? trailerReferences(file.trailer) : referencesOf(await resolveNumber(file, holder), isElement);
      const own = new Set<number>();
      targets.set(holder, own);
      for (const { number, path } of references) {
        own.add(number);
        const known = usages.get(number);
        if (known) known.push({ holder, path });
        else usages.set(number, [{ holder, path }]);
        if (!read.has(number)) pending.push(number);
      }
    }
  }

  function forget(holder: number): void {
    for (const number of targets.get(holder) ?? []) {
      const left = (usages.get(number) ?? []).filter((usage) => usage.holder !== holder);
      if (left.length > 0) usages.set(number, left);
      else usages.delete(number);
    }
    targets.delete(holder);
    read.delete(holder);
  }

  return {
    get pages() {
      return roles.pages;
    },
    isUsed: (number) => usages.has(number),
    usagesOf: (number) => usages.get(number) ?? [],
    waysTo: (number) => waysTo(number, { usages, ...roles }),
    async advance(file, numbers) {
      const changed = [TRAILER, ...numbers];
      for (const number of changed) forget(number);
      roles = await readRoles(file, roles, new Set(changed));
      await readFrom(file, changed.filter((number) => number === TRAILER || usages.has(number)));
    },
  };
}

const TRAILER = 0;

interface Reference {
  readonly number: number;
  readonly path: string;
}

function* trailerReferences(trailer: PdfDict): Generator<Reference> {
  for (const [key, value] of trailer.entries) if (!TRAILER_SKIPPED.has(key)) yield* referencesIn(value, `/${key}`);
}

/** What leads back to a parent says nothing new. */
function* referencesOf(object: PdfObject, isElement: boolean): Generator<Reference> {
  if (object instanceof PdfRef || isArray(object)) yield* referencesIn(object, '');
  for (const [key, value] of dictOf(object)?.entries ?? []) if (key !== 'Parent' && !(isElement && key === 'P')) yield* referencesIn(value, `/${key}`);
}

function* referencesIn(value: PdfObject, path: string): Generator<Reference> {
  if (value instanceof PdfRef) yield { number: value.number, path };
  else if (isArray(value)) for (const [index, item] of value.entries()) yield* referencesIn(item, `${path}/${index}`);
  else if (value instanceof PdfDict) for (const [key, item] of value.entries) if (key !== 'Parent') yield* referencesIn(item, `${path}/${key}`);
}

/** Where the trailer of a cross-reference stream also says how the stream itself is read. */
const TRAILER_SKIPPED: ReadonlySet<string> = new Set(['Prev', 'XRefStm', 'Size', 'W', 'Index', 'Filter', 'DecodeParms', 'Length', 'Type', 'ID']);

interface Roles {
  readonly root: number;
  readonly pages: ReadonlySet<number>;
  readonly structure: ReadonlySet<number>;
}

/** Which objects make up the two trees; `known` of an earlier state holds where nothing of them has changed. */
async function readRoles(file: PdfFile, known?: Roles, changed: ReadonlySet<number> = new Set()): Promise<Roles> {
  const { ref, catalog } = await readCatalog(file);
  const stays = (tree: ReadonlySet<number>) => ![...changed].some((number) => tree.has(number));
  const pages = known && stays(known.pages) ? known.pages : await pageTree(file);
  const elements = catalog.get('StructTreeRoot');
  const holds = known && known.root === ref.number && stays(known.structure) && !(elements instanceof PdfRef && changed.has(elements.number)) && !(elements !== null && changed.has(ref.number));
  return { root: ref.number, pages, structure: holds ? known.structure : await structureTree(file) };
}

/** Backwards, since few objects change; pages and structure elements are reached through their trees and nothing else. */
function waysTo(number: number, { usages, pages, structure, root }: Roles & { readonly usages: ReadonlyMap<number, readonly Usage[]> }): Way[] | undefined {
  const ways: Way[] = [];
  let steps = 0;
  function walk(target: number, tail: string, last: Usage | undefined, passed: ReadonlySet<number>): boolean {
    for (const usage of usages.get(target) ?? []) {
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

/** The objects of the page tree, its root too. */
async function pageTree(file: PdfFile): Promise<Set<number>> {
  const { catalog } = await readCatalog(file);
  const nodes = new Set<number>();
  const pending: PdfObject[] = [catalog.get('Pages')];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!(node instanceof PdfRef) || nodes.has(node.number)) continue;
    nodes.add(node.number);
    const dict = await resolveDict(file, node);
    if (dict?.has('Kids') && !isName(dict.get('Type'), 'Page')) for (const kid of (await resolveArray(file, dict.get('Kids'))) ?? []) pending.push(kid);
  }
  return nodes;
}

/** The structure elements (ISO 32000-2, 14.7.2), not what they refer to. */
async function structureTree(file: PdfFile): Promise<Set<number>> {
  const { catalog } = await readCatalog(file);
  const root = await resolveDict(file, catalog.get('StructTreeRoot'));
  const elements = new Set<number>();
  const pending: PdfObject[] = [root?.get('K') ?? null];
  for (let kid = pending.pop(); kid !== undefined; kid = pending.pop()) {
    if (kid instanceof PdfRef && elements.has(kid.number)) continue;
    const value = await file.resolve(kid);
    if (isArray(value)) for (const item of value) pending.push(item);
    if (!(value instanceof PdfDict) || value instanceof PdfStream || !isElement(value)) continue;
    if (kid instanceof PdfRef) elements.add(kid.number);
    pending.push(value.get('K'));
  }
  return elements;
}

const isElement = (dict: PdfDict): boolean => dict.has('S') && (!dict.has('Type') || isName(dict.get('Type'), 'StructElem'));
