import type { FieldProblem } from './errors.js';
import type { Field, FieldValue, Seal } from './fields.js';

/** Why a value may not be handed in. */
export const fieldReasons = [
  'required',
  'too_long',
  'not_one_line',
  'control_character',
  'not_tel',
  'not_email',
  'not_number',
  'not_postal_code',
  'not_date',
  'not_an_option',
  'wrong_type',
  'unknown_field',
  'duplicate',
  'glyph_missing',
  'picture_unreadable',
  'picture_too_large',
] as const;
export type FieldReason = (typeof fieldReasons)[number];

const inputPatterns = {
  tel: /^\+?[0-9０-９][0-9０-９\-‐－ー() （）]{5,19}$/u,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u,
  number: /^-?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?$/u,
  'postal-code': /^[0-9０-９]{3}[-‐－ー]?[0-9０-９]{4}$/u,
} as const;

const inputReasons = { tel: 'not_tel', email: 'not_email', number: 'not_number', 'postal-code': 'not_postal_code' } as const;

/** Tells why `value` may not stand in `field`, or `undefined` where it may. Runs in the page and on the server alike. */
export function checkValue(field: Field, value: string | boolean | undefined): FieldReason | undefined {
  if (field.kind === 'checkbox') return checkTick(field, value);
  if (value === undefined || value === '') return field.required ? 'required' : undefined;
  if (typeof value !== 'string') return 'wrong_type';
  if (field.kind === 'date') return isDate(value) ? undefined : 'not_date';
  if (field.kind === 'radio' || field.kind === 'choice') return field.options?.some((option) => option.value === value) ? undefined : 'not_an_option';
  if (field.kind !== 'text') return 'wrong_type';
  return checkText(field, value);
}

function checkTick(field: Field, value: string | boolean | undefined): FieldReason | undefined {
  if (value === undefined || value === false) return field.required ? 'required' : undefined;
  return value === true ? undefined : 'wrong_type';
}

function checkText(field: Field, value: string): FieldReason | undefined {
  if (field.required && value.trim() === '') return 'required';
  if ([...value].length > field.maxLength) return 'too_long';
  if (!field.multiline && /[\r\n]/u.test(value)) return 'not_one_line';
  if (/[\p{Cc}\p{Cs}]/u.test(value.replace(/[\r\n]/gu, ''))) return 'control_character';
  if (field.input === 'text') return undefined;
  return inputPatterns[field.input].test(value) ? undefined : inputReasons[field.input];
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Checks everything that a recipient hands in against that recipient's own fields; an empty list means that all holds. */
export function checkSubmission(
  fields: readonly Field[],
  submission: { readonly values: readonly FieldValue[]; readonly seals: readonly Pick<Seal, 'fieldId'>[] },
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const values = new Map<string, string | boolean>();
  const seals = new Set<string>();
  const byId = new Map(fields.map((field) => [field.id, field]));
  for (const { fieldId, value } of submission.values) {
    const field = byId.get(fieldId);
    if (!field || field.kind === 'signature') problems.push({ fieldId, reason: 'unknown_field' });
    else if (values.has(fieldId)) problems.push({ fieldId, reason: 'duplicate' });
    else values.set(fieldId, value);
  }
  for (const { fieldId } of submission.seals) {
    if (byId.get(fieldId)?.kind !== 'signature') problems.push({ fieldId, reason: 'unknown_field' });
    else if (seals.has(fieldId)) problems.push({ fieldId, reason: 'duplicate' });
    else seals.add(fieldId);
  }
  for (const field of fields) {
    if (field.kind === 'signature') {
      if (field.required && !seals.has(field.id)) problems.push({ fieldId: field.id, reason: 'required' });
      continue;
    }
    const reason = checkValue(field, values.get(field.id));
    if (reason) problems.push({ fieldId: field.id, reason });
  }
  return problems;
}
