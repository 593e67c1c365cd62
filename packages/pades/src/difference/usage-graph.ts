import { readCatalog, resolveArray, resolveDict, type PdfFile } from '../pdf/file.js';
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

const MOST_STEPS = 20_000;

/** Reads every object that the trailer leads to. */
export async function readUsageGraph(file: PdfFile): Promise<UsageGraph> {
  const root = (await readCatalog(file)).ref.number;
  const pages = await pageTree(file);
  const structure = await structureTree(file);
  const usages = new Map<number, Usage[]>();
  const pending: { readonly object: PdfObject; readonly holder: number; readonly path: string }[] = [];
  const seen = new Set<number>();

  function push(value: PdfObject, holder: number, path: string): void {
    if (value instanceof PdfRef) {
      const known = usages.get(value.number);
      if (known) known.push({ holder, path });
      else usages.set(value.number, [{ holder, path }]);
      if (!seen.has(value.number)) {
        seen.add(value.number);
        pending.push({ object: value, holder: value.number, path: '' });
      }
    } else if (value instanceof PdfDict || isArray(value)) {
      pending.push({ object: value, holder, path });
    }
  }

  for (const [key, value] of file.trailer.entries) if (!TRAILER_SKIPPED.has(key)) push(value, 0, `/${key}`);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { holder, path } = next;
    const object = next.object instanceof PdfRef ? await file.resolve(next.object) : next.object;
    if (isArray(object)) {
      for (const [index, item] of object.entries()) push(item, holder, `${path}/${index}`);
      continue;
    }
    const isElement = path === '' && structure.has(holder);
    // What leads back to a parent says nothing new.
    for (const [key, value] of dictOf(object)?.entries ?? []) if (key !== 'Parent' && !(isElement && key === 'P')) push(value, holder, `${path}/${key}`);
  }

  return {
    pages,
    isUsed: (number) => usages.has(number),
    usagesOf: (number) => usages.get(number) ?? [],
    waysTo: (number) => waysTo(number, { usages, pages, structure, root }),
  };
}

/** Where the trailer of a cross-reference stream also says how the stream itself is read. */
const TRAILER_SKIPPED: ReadonlySet<string> = new Set(['Prev', 'XRefStm', 'Size', 'W', 'Index', 'Filter', 'DecodeParms', 'Length', 'Type', 'ID']);

interface Roles {
  readonly root: number;
  readonly usages: ReadonlyMap<number, readonly Usage[]>;
  readonly pages: ReadonlySet<number>;
  readonly structure: ReadonlySet<number>;
}

/** Backwards, since few objects change; pages and structure elements are reached through their trees and nothing else. */
function waysTo(number: number, { usages, pages, structure, root }: Roles): Way[] | undefined {
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
    if (dict?.has('Kids') && !isName(dict.get('Type'), 'Page')) pending.push(...((await resolveArray(file, dict.get('Kids'))) ?? []));
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
    if (isArray(value)) pending.push(...value);
    if (!(value instanceof PdfDict) || value instanceof PdfStream || !isElement(value)) continue;
    if (kid instanceof PdfRef) elements.add(kid.number);
    pending.push(value.get('K'));
  }
  return elements;
}

const isElement = (dict: PdfDict): boolean => dict.has('S') && (!dict.has('Type') || isName(dict.get('Type'), 'StructElem'));
