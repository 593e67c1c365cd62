import { resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfString, isInteger } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';
import type { FormField } from './fields.js';

/** What a FieldMDP reference or a field's /Lock covers (ISO 32000-2, 12.7.5.5 and 12.8.2.4). */
export interface FieldLock {
  readonly action: 'All' | 'Include' | 'Exclude';
  readonly fields: readonly string[];
}

/** What the signatures of a file still allow. */
export interface Restrictions {
  readonly signed: boolean;
  /** `invisible`: a new widget on a page is refused once a lock sets permissions. */
  readonly newFields: 'any' | 'signatures' | 'invisible' | 'none';
  isLocked(field: string): boolean;
}

export async function readRestrictions(file: PdfFile, fields: readonly FormField[]): Promise<Restrictions> {
  const signatures = await Promise.all(fields.filter(({ type, value }) => type === 'Sig' && value !== null).map((field) => readSignatureLocks(file, field)));
  const locks = signatures.flatMap((signature) => signature.locks);
  const permissions = signatures.flatMap((signature) => signature.permissions);
  return {
    signed: signatures.length > 0,
    newFields:
      signatures.length === 0 ? 'any' : permissions.includes(1) || locks.some(({ action }) => action !== 'Include') ? 'none' : permissions.includes(2) ? 'invisible' : 'signatures',
    isLocked: (name) => permissions.includes(1) || locks.some((lock) => covers(lock, name)),
  };
}

export function covers({ action, fields }: FieldLock, name: string): boolean {
  const listed = fields.some((field) => name === field || name.startsWith(`${field}.`));
  return action === 'All' || (action === 'Include' ? listed : !listed);
}

/** A lock dictionary or transform parameters; undefined where they name no action. */
export async function readLock(file: PdfFile, dict: PdfDict | undefined): Promise<FieldLock | undefined> {
  const action = await resolveName(file, dict?.get('Action') ?? null);
  if (!dict || (action !== 'All' && action !== 'Include' && action !== 'Exclude')) return undefined;
  const names = await Promise.all(((await resolveArray(file, dict.get('Fields'))) ?? []).map((item) => file.resolve(item)));
  return { action, fields: names.flatMap((item) => (item instanceof PdfString ? [readTextString(item)] : [])) };
}

async function readSignatureLocks(file: PdfFile, field: FormField): Promise<{ locks: FieldLock[]; permissions: number[] }> {
  const signature = await resolveDict(file, field.value);
  const lockDict = await resolveDict(file, field.dict.get('Lock'));
  const locks: (FieldLock | undefined)[] = [];
  const permissions = [await file.resolve(lockDict?.get('P') ?? null)];
  for (const item of (await resolveArray(file, signature?.get('Reference') ?? null)) ?? []) {
    const reference = await resolveDict(file, item);
    const method = await resolveName(file, reference?.get('TransformMethod') ?? null);
    const parameters = await resolveDict(file, reference?.get('TransformParams') ?? null);
    if (method === 'FieldMDP') locks.push(await readLock(file, parameters));
    if (method === 'DocMDP') permissions.push((await file.resolve(parameters?.get('P') ?? null)) ?? 2);
  }
  return { locks: locks.filter((lock) => lock !== undefined), permissions: permissions.filter((value) => isInteger(value)) };
}
