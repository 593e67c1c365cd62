import type { ByteSource } from '../byte-source.js';
import { toLatin1 } from '../pdf/characters.js';
import { openPdf, type PdfFile } from '../pdf/file.js';
import { PdfName, PdfRef, PdfString, isInteger, type PdfDict } from '../pdf/objects.js';
import { readBox, readPages, type Box } from '../pdf/pages.js';
import { resolveArray } from '../pdf/resolver.js';
import { readTextString } from '../pdf/text-string.js';
import { onStates, readFieldRules, type FieldRules } from './field-rules.js';
import { readFields, type FormField } from './fields.js';
import { READ_ONLY } from './new-field.js';
import { readRestrictions } from './restrictions.js';

/** Flags of an annotation that is on its page and not seen: hidden, and only for print. */
const UNSEEN = (1 << 1) | (1 << 5);

export interface FieldPlaceDescription {
  /** 1 is the first. */
  readonly page: number;
  /** User space. */
  readonly rect: Box;
  /** Of a button: what the field's value is called when it is on. */
  readonly states: readonly string[];
  readonly hidden: boolean;
}

/** A field of a file's form as whoever lets people fill it in has to know it. */
export interface FieldDescription extends FieldRules {
  /** Fully qualified, parts joined by periods. */
  readonly name: string;
  /** What people call it (/TU); empty where the file does not say. */
  readonly label: string;
  readonly readOnly: boolean;
  /** A signature of the file allows no other value. */
  readonly locked: boolean;
  /** It holds a value, or a box is ticked. */
  readonly filled: boolean;
  /** That value: text, what is chosen, the state of the button that is on; absent where there is none, or several. */
  readonly value?: string;
  /** It is one object with its only widget. pyHanko takes it for an attack where a widget of its own changes after a signature. */
  readonly merged: boolean;
  /** How many widgets it has, those that are on no page too. */
  readonly widgets: number;
  /** Where it is shown, in the order of its widgets. */
  readonly places: readonly FieldPlaceDescription[];
}

/** Every field of the form, in the order of its tree. Options of radio buttons, and of check boxes that differ, are named by their states. */
export async function describeFields(source: ByteSource): Promise<FieldDescription[]> {
  const file = await openPdf(source);
  const pageOf = new Map<number, number>();
  for (const [index, page] of (await readPages(file)).entries()) {
    for (const item of (await resolveArray(file, page.dict.get('Annots'))) ?? []) if (item instanceof PdfRef) pageOf.set(item.number, index + 1);
  }
  const fields = await readFields(file);
  const restrictions = await readRestrictions(file, fields);
  const described: FieldDescription[] = [];
  for (const field of fields) {
    const rules = await readFieldRules(file, field);
    const places: FieldPlaceDescription[] = [];
    for (const { ref, dict } of field.widgets) {
      const [page, rect, flags] = [pageOf.get(ref.number), await readBox(file, dict.get('Rect')), await file.resolve(dict.get('F'))];
      if (page !== undefined && rect) places.push({ page, rect, states: isButton(rules) ? await onStates(file, dict) : [], hidden: isInteger(flags) && (flags & UNSEEN) !== 0 });
    }
    described.push({
      ...rules,
      ...(isButton(rules) && { options: await readStates(file, field) }),
      name: field.name,
      label: await textOf(file, field.dict, 'TU'),
      readOnly: (field.flags & READ_ONLY) !== 0,
      locked: restrictions.isLocked(field.name),
      ...readValue(await file.resolve(field.value)),
      merged: field.widgets.length === 1 && field.widgets[0]?.ref.number === field.ref?.number,
      widgets: field.widgets.length,
      places,
    });
  }
  return described;
}

const isButton = ({ kind }: FieldRules): boolean => kind === 'radio' || kind === 'checkbox';

/** The states of a field's buttons, each once, with the words that the file has for them: /TU of the button, /Opt of the field, the name itself. */
async function readStates(file: PdfFile, field: FormField): Promise<FieldRules['options']> {
  const exported = (await resolveArray(file, field.dict.get('Opt'))) ?? [];
  const options = new Map<string, string>();
  for (const [i, { ref, dict }] of field.widgets.entries()) {
    const own = ref.number === field.ref?.number ? '' : await textOf(file, dict, 'TU');
    const named = await file.resolve(exported[i] ?? null);
    for (const state of await onStates(file, dict)) {
      if (!options.has(state)) options.set(state, own || (named instanceof PdfString ? readTextString(named) : readName(state)));
    }
  }
  return [...options].map(([value, label]) => ({ value, label }));
}

/** Bytes of a name are UTF-8 by custom (ISO 32000-2, 7.3.5). */
function readName(name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(toLatin1(name));
  } catch {
    return name;
  }
}

async function textOf(file: PdfFile, dict: PdfDict, key: string): Promise<string> {
  const text = await file.resolve(dict.get(key));
  return text instanceof PdfString ? readTextString(text) : '';
}

function readValue(value: FormField['value']): Pick<FieldDescription, 'filled' | 'value'> {
  if (value instanceof PdfString) return value.bytes.length > 0 ? { filled: true, value: readTextString(value) } : { filled: false };
  if (value instanceof PdfName) return value.value === 'Off' ? { filled: false } : { filled: true, value: value.value };
  return { filled: value !== null };
}
