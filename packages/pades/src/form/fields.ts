import { PadesError } from '../errors.js';
import { readCatalog, resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfRef, PdfString, isInteger, type PdfObject } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';

export interface Widget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

/** A terminal field with what it inherits (ISO 32000-2, 12.7.4). */
export interface FormField {
  /** Fully qualified, parts joined by periods. */
  readonly name: string;
  readonly type: 'Sig' | 'Tx' | 'Btn' | 'Ch' | '';
  readonly flags: number;
  readonly value: PdfObject;
  /** Undefined where the field is a direct object, which cannot be changed on its own. */
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  /** The field itself where it is merged with its only widget. */
  readonly widgets: readonly Widget[];
}

const MAX_FIELDS = 100_000;
const MAX_DEPTH = 100;
const TYPES = ['Sig', 'Tx', 'Btn', 'Ch'] as const;

export async function readForm(file: PdfFile): Promise<PdfDict | undefined> {
  const { catalog } = await readCatalog(file);
  return resolveDict(file, catalog.get('AcroForm'));
}

/** All terminal fields, in the order of the tree. */
export async function readFields(file: PdfFile): Promise<FormField[]> {
  const form = await readForm(file);
  const fields: FormField[] = [];
  const seen = new Set<number>();

  async function walk(object: PdfObject, above: FieldPath): Promise<void> {
    if (above.depth > MAX_DEPTH || fields.length >= MAX_FIELDS) throw new PadesError('limit_exceeded', 'the field tree is too deep or too large');
    const ref = object instanceof PdfRef ? object : undefined;
    if (ref && seen.has(ref.number)) return;
    if (ref) seen.add(ref.number);
    const dict = await resolveDict(file, object);
    if (!dict) return;
    const path = await descend(file, dict, above);
    const kids = (await resolveArray(file, dict.get('Kids'))) ?? [];
    const resolved = await Promise.all(kids.map(async (kid) => ({ kid, dict: await resolveDict(file, kid) })));
    const children = resolved.filter((kid) => kid.dict?.has('T'));
    for (const { kid } of children) await walk(kid, path);
    if (children.length > 0) return;
    const widgets = resolved.flatMap(({ kid, dict: widget }) => (kid instanceof PdfRef && widget ? [{ ref: kid, dict: widget }] : []));
    if (kids.length === 0 && ref) widgets.push({ ref, dict });
    fields.push({ name: path.name, type: TYPES.find((type) => type === path.type) ?? '', flags: path.flags, value: path.value, ref, dict, widgets });
  }

  for (const root of (await resolveArray(file, form?.get('Fields') ?? null)) ?? []) {
    await walk(root, { name: '', type: undefined, flags: 0, value: null, depth: 0 });
  }
  return fields;
}

interface FieldPath {
  readonly name: string;
  readonly type: string | undefined;
  readonly flags: number;
  readonly value: PdfObject;
  readonly depth: number;
}

async function descend(file: PdfFile, dict: PdfDict, above: FieldPath): Promise<FieldPath> {
  const partial = await file.resolve(dict.get('T'));
  const own = partial instanceof PdfString ? readTextString(partial) : '';
  const flags = await file.resolve(dict.get('Ff'));
  return {
    name: above.name !== '' && own !== '' ? `${above.name}.${own}` : above.name + own,
    type: (await resolveName(file, dict.get('FT'))) ?? above.type,
    flags: isInteger(flags) ? flags : above.flags,
    value: dict.has('V') ? dict.get('V') : above.value,
    depth: above.depth + 1,
  };
}
