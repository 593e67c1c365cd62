import { readCatalog, resolveArray, resolveDict, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, isArray, isName, type PdfObject } from '../pdf/objects.js';
import { equalObjects } from './equal-objects.js';

/** Objects that make up one of the two trees of a file, and everything that was read to find them. */
interface Tree {
  readonly from: PdfObject;
  readonly nodes: ReadonlySet<number>;
  readonly read: ReadonlySet<number>;
}

export interface Roles {
  readonly root: number;
  readonly pages: Tree;
  readonly structure: Tree;
}

/** Which objects make up the two trees; a tree of an earlier state holds where nothing of it has changed. */
export async function readRoles(file: PdfFile, known?: Roles, changed: ReadonlySet<number> = new Set()): Promise<Roles> {
  const { ref, catalog } = await readCatalog(file);
  const again = async (tree: Tree | undefined, from: PdfObject, read: typeof pageTree) => (tree && equalObjects(tree.from, from) && !meets(tree.read, changed) ? tree : read(file, from));
  return { root: ref.number, pages: await again(known?.pages, catalog.get('Pages'), pageTree), structure: await again(known?.structure, catalog.get('StructTreeRoot'), structureTree) };
}

function meets(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const number of b) if (a.has(number)) return true;
  return false;
}

/** The objects of the page tree, its root too. */
async function pageTree(file: PdfFile, from: PdfObject): Promise<Tree> {
  const nodes = new Set<number>();
  const read = new Set<number>();
  const pending = [from];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!(node instanceof PdfRef) || nodes.has(node.number)) continue;
    nodes.add(node.number);
    read.add(node.number);
    const dict = await resolveDict(file, node);
    if (!dict?.has('Kids') || isName(dict.get('Type'), 'Page')) continue;
    const kids = dict.get('Kids');
    if (kids instanceof PdfRef) read.add(kids.number);
    for (const kid of (await resolveArray(file, kids)) ?? []) pending.push(kid);
  }
  return { from, nodes, read };
}

/** The structure elements (ISO 32000-2, 14.7.2), not what they refer to. */
async function structureTree(file: PdfFile, from: PdfObject): Promise<Tree> {
  const nodes = new Set<number>();
  const read = new Set<number>();
  if (from instanceof PdfRef) read.add(from.number);
  const root = await resolveDict(file, from);
  const pending: PdfObject[] = [root?.get('K') ?? null];
  for (let kid = pending.pop(); kid !== undefined; kid = pending.pop()) {
    if (kid instanceof PdfRef && read.has(kid.number)) continue;
    if (kid instanceof PdfRef) read.add(kid.number);
    const value = kid instanceof PdfRef ? (loadedIn(file, kid.number) ?? (await file.resolve(kid))) : kid;
    if (isArray(value)) for (const item of value) pending.push(item);
    if (!(value instanceof PdfDict) || value instanceof PdfStream || !isElement(value)) continue;
    if (kid instanceof PdfRef) nodes.add(kid.number);
    pending.push(value.get('K'));
  }
  return { from, nodes, read };
}

const isElement = (dict: PdfDict): boolean => dict.has('S') && (!dict.has('Type') || isName(dict.get('Type'), 'StructElem'));

/** An object that has been read already. */
export function loadedIn(file: PdfFile, number: number): PdfObject | undefined {
  const object = file.loaded(number);
  return object instanceof PdfRef ? undefined : object;
}
