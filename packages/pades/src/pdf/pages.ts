import { PadesError } from '../errors.js';
import { readCatalog, resolveArray, resolveDict, type PdfFile, type Resolver } from './file.js';
import type { PdfDict} from './objects.js';
import { PdfRef, isInteger, type PdfObject } from './objects.js';

/** Left, bottom, right, top in user space (ISO 32000-2, 7.9.5). */
export type Box = readonly [number, number, number, number];

/** A page with what it inherits (7.7.3.4). */
export interface Page {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly resources: PdfObject;
  readonly cropBox: Box;
  readonly rotate: 0 | 90 | 180 | 270;
  readonly userUnit: number;
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
type Inherited = Partial<Record<(typeof INHERITED)[number], PdfObject>>;
const LETTER: Box = [0, 0, 612, 792];
const MAX_DEPTH = 100;
const MAX_PAGES = 100_000;

/** Every page in order; or, with `until`, no further than that many. */
export async function readPages(file: PdfFile, until = MAX_PAGES): Promise<Page[]> {
  const { catalog } = await readCatalog(file);
  const pages: Page[] = [];
  const seen = new Set<number>();

  async function walk(node: PdfObject, above: Inherited, depth: number): Promise<void> {
    if (pages.length >= until) return;
    if (!(node instanceof PdfRef) || seen.has(node.number) || depth > MAX_DEPTH) throw new PadesError('broken_xref', 'the page tree is not a tree');
    seen.add(node.number);
    const dict = await resolveDict(file, node);
    if (!dict) return;
    const inherited = inherit(dict, above);
    const kids = await resolveArray(file, dict.get('Kids'));
    if (!kids) {
      if (pages.length >= MAX_PAGES) throw new PadesError('limit_exceeded', `more than ${MAX_PAGES} pages`);
      pages.push(await pageOf(file, node, { dict, inherited }));
      return;
    }
    for (const kid of kids) await walk(kid, inherited, depth + 1);
  }

  await walk(catalog.get('Pages'), {}, 0);
  return pages;
}

/** One page by its number; 1 is the first. */
export async function readPage(file: PdfFile, number: number): Promise<Page> {
  const page = Number.isInteger(number) && number > 0 ? (await readPages(file, number))[number - 1] : undefined;
  if (!page) throw new PadesError('page_not_found', `the file has no page ${number}`);
  return page;
}

/** What a page of a widget inherits, found upwards, so that no other page is read. */
export async function rotationOf(file: Resolver, page: PdfObject): Promise<Page['rotate']> {
  let dict = await resolveDict(file, page);
  for (let depth = 0; dict && depth < MAX_DEPTH; depth++) {
    if (dict.has('Rotate')) return normalRotation(await file.resolve(dict.get('Rotate')));
    dict = await resolveDict(file, dict.get('Parent'));
  }
  return 0;
}

async function pageOf(file: Resolver, ref: PdfRef, { dict, inherited }: { dict: PdfDict; inherited: Inherited }): Promise<Page> {
  const mediaBox = (await readBox(file, inherited.MediaBox ?? null)) ?? LETTER;
  const cropBox = intersect((await readBox(file, inherited.CropBox ?? null)) ?? mediaBox, mediaBox);
  const unit = await file.resolve(dict.get('UserUnit'));
  return {
    ref,
    dict,
    resources: inherited.Resources ?? null,
    cropBox: cropBox ?? mediaBox,
    rotate: normalRotation(await file.resolve(inherited.Rotate ?? null)),
    userUnit: typeof unit === 'number' && unit > 0 ? unit : 1,
  };
}

function inherit(dict: PdfDict, above: Inherited): Inherited {
  const own = INHERITED.filter((key) => dict.has(key)).map((key) => [key, dict.get(key)] as const);
  return { ...above, ...Object.fromEntries(own) };
}

/** A rectangle with its corners in order; undefined where it is none or is empty. */
export async function readBox(file: Resolver, object: PdfObject): Promise<Box | undefined> {
  const array = await resolveArray(file, object);
  if (!array || array.length < 4) return undefined;
  const numbers = await Promise.all(array.slice(0, 4).map((item) => file.resolve(item)));
  const [a, b, c, d] = numbers;
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return undefined;
  return a === c || b === d ? undefined : [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function intersect(a: Box, b: Box): Box | undefined {
  const box: Box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return box[0] < box[2] && box[1] < box[3] ? box : undefined;
}

function normalRotation(object: PdfObject): Page['rotate'] {
  const turned = isInteger(object) ? ((object % 360) + 360) % 360 : 0;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}
