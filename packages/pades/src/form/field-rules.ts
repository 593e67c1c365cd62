import { PadesError } from '../errors.js';
import { resolveArray, resolveDict, type Resolver } from '../pdf/file.js';
import { PdfString, isArray, isInteger, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';
import type { FormField } from './fields.js';

/** Bits of /Ff (ISO 32000-2, 12.7.5). */
export const FLAG = { multiline: 1 << 12, noToggleToOff: 1 << 14, radio: 1 << 15, pushButton: 1 << 16, combo: 1 << 17, edit: 1 << 18, multiSelect: 1 << 21, comb: 1 << 24, radiosInUnison: 1 << 25 } as const;

export type FieldKind = 'text' | 'checkbox' | 'radio' | 'choice' | 'seal' | 'signature' | 'other';

/** What a field takes, as whoever fills it in has to know. */
export interface FieldRules {
  readonly kind: FieldKind;
  readonly multiline: boolean;
  /** Characters in cells of the same width; `maxLength` says how many. */
  readonly comb: boolean;
  readonly maxLength: number | undefined;
  /** Of a choice field: what is stored, and what is shown. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly multiple: boolean;
  /** Values beside the options are taken too. */
  readonly editable: boolean;
}

export async function readFieldRules(file: Resolver, field: FormField): Promise<FieldRules> {
  const { flags, type } = field;
  const has = (flag: number) => (flags & flag) !== 0;
  const maxLength = await file.resolve(await inherited(file, field, 'MaxLen'));
  const isCombo = type === 'Ch' && has(FLAG.combo);
  return {
    kind: kindOf(field),
    multiline: type === 'Tx' && has(FLAG.multiline),
    comb: type === 'Tx' && has(FLAG.comb) && !has(FLAG.multiline) && isInteger(maxLength),
    maxLength: type === 'Tx' && isInteger(maxLength) && maxLength >= 0 ? maxLength : undefined,
    options: type === 'Ch' ? await readOptions(file, await inherited(file, field, 'Opt')) : [],
    multiple: type === 'Ch' && !isCombo && has(FLAG.multiSelect),
    editable: isCombo && has(FLAG.edit),
  };
}

function kindOf({ type, flags }: FormField): FieldKind {
  if (type === 'Tx') return 'text';
  if (type === 'Ch') return 'choice';
  if (type === 'Sig') return 'signature';
  if (type !== 'Btn') return 'other';
  return flags & FLAG.pushButton ? 'seal' : flags & FLAG.radio ? 'radio' : 'checkbox';
}

/** Refuses text that the field would not take from a person (12.7.5.3). */
export function checkText({ maxLength }: FieldRules, { name, value }: { name: string; value: string }): void {
  if (maxLength !== undefined && [...value].length > maxLength) throw new PadesError('field_invalid', `field ${name} takes ${maxLength} characters at most`);
}

/** The positions of chosen values among the options; throws where one may not be chosen. */
export function checkChoice({ options, multiple, editable }: FieldRules, { name, values }: { name: string; values: readonly string[] }): number[] {
  if (values.length > 1 && !multiple) throw new PadesError('field_invalid', `field ${name} takes one value`);
  const positions = values.map((value) => options.findIndex((option) => option.value === value));
  if (positions.includes(-1) && !editable) throw new PadesError('field_invalid', `field ${name} has no such option`);
  return positions.filter((position) => position >= 0).sort((a, b) => a - b);
}

/** The names of a button's states that are not Off. */
export async function onStates(file: Resolver, widget: PdfDict | undefined): Promise<string[]> {
  const appearances = await resolveDict(file, widget?.get('AP') ?? null);
  const states = await resolveDict(file, appearances?.get('N') ?? null);
  return [...(states?.entries.keys() ?? [])].filter((state) => state !== 'Off');
}

async function readOptions(file: Resolver, object: PdfObject): Promise<FieldRules['options']> {
  const options: { value: string; label: string }[] = [];
  for (const item of (await resolveArray(file, object)) ?? []) {
    const option = await file.resolve(item);
    const [value, label] = await Promise.all((isArray(option) ? option : [option, option]).map((part) => file.resolve(part)));
    if (value instanceof PdfString) options.push({ value: readTextString(value), label: label instanceof PdfString ? readTextString(label) : readTextString(value) });
  }
  return options;
}

const MAX_DEPTH = 100;

/** An entry of the field or of one above it. */
async function inherited(file: Resolver, { dict }: FormField, key: string): Promise<PdfObject> {
  let holder: typeof dict | undefined = dict;
  for (let depth = 0; holder && depth < MAX_DEPTH; depth++) {
    if (holder.has(key)) return holder.get(key);
    holder = await resolveDict(file, holder.get('Parent'));
  }
  return null;
}
