import { PadesError } from '../errors.js';
import type { PdfFile, Resolver } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, PdfString, isArray, isName, type PdfObject } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';

/** A field as one state of the file has it. */
export interface FieldNode {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** /FT, its own or of the field above. */
  readonly type: string | undefined;
  /** How the form leads to it, from the trailer. */
  readonly way: string;
}

const MOST_FIELDS = 100_000;
const MOST_LEVELS = 100;

/** Every field with a name, fields above others too, by full name. Undefined where the tree is not what a form looks like. */
export async function readFieldTree(file: PdfFile, fields: PdfObject): Promise<Map<string, FieldNode> | undefined> {
  const found = new Map<string, FieldNode>();
  const list = await file.resolve(fields);
  return (await gather(file, list, { found, above: '', type: undefined, way: '/Root/AcroForm/Fields', level: 0 })) ? found : undefined;
}

interface Place {
  readonly found: Map<string, FieldNode>;
  readonly above: string;
  readonly type: string | undefined;
  readonly way: string;
  readonly level: number;
}

async function gather(file: PdfFile, list: PdfObject, { found, above, type, way, level }: Place): Promise<boolean> {
  if (!isArray(list)) return false;
  if (level > MOST_LEVELS || found.size > MOST_FIELDS) throw new PadesError('limit_exceeded', 'the field tree is too deep or too large');
  for (const [index, ref] of list.entries()) {
    if (!(ref instanceof PdfRef)) return false;
    const dict = await file.resolve(ref);
    if (!(dict instanceof PdfDict)) return false;
    if (!dict.has('T')) continue;
    const partial = dict.get('T');
    if (!(partial instanceof PdfString)) return false;
    const name = readTextString(partial);
    const full = above === '' ? name : `${above}.${name}`;
    if (name.includes('.') || found.has(full)) return false;
    const own = dict.get('FT');
    const kids = (await file.resolve(dict.get('Kids'))) ?? [];
    const inherited = isName(own) ? own.value : type;
    if (inherited === undefined && isArray(kids) && kids.length === 0) return false;
    found.set(full, { ref, dict, type: inherited, way: `${way}/${index}` });
    if (!(await gather(file, kids, { found, above: full, type: inherited, way: `${way}/${index}/Kids`, level: level + 1 }))) return false;
  }
  return true;
}

/** Whether a field, or one of its widgets, takes up room on a page. */
export async function isVisible(file: Resolver, dict: PdfDict): Promise<boolean> {
  if (await hasArea(file, dict)) return true;
  const kids = await file.resolve(dict.get('Kids'));
  for (const kid of isArray(kids) ? kids : []) {
    const widget = await file.resolve(kid);
    if (widget instanceof PdfDict && !(widget instanceof PdfStream) && (await hasArea(file, widget))) return true;
  }
  return false;
}

/** A box that cannot be read may well be shown by somebody. */
async function hasArea(file: Resolver, dict: PdfDict): Promise<boolean> {
  if (!dict.has('Rect')) return false;
  const box = await file.resolve(dict.get('Rect'));
  const [x1, y1, x2, y2, ...more] = await Promise.all((isArray(box) ? box : []).map((item) => file.resolve(item)));
  if (typeof x1 !== 'number' || typeof y1 !== 'number' || typeof x2 !== 'number' || typeof y2 !== 'number' || more.length > 0) return true;
  return x1 !== x2 && y1 !== y2;
}
