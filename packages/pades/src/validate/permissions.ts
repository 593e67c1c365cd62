import type { Modification } from '../difference/modification.js';
import type { Permissions } from '../difference/step.js';
import { readFields } from '../form/fields.js';
import { covers, readLock, type FieldLock } from '../form/restrictions.js';
import { resolveArray, resolveDict, resolveName, type PdfFile } from '../pdf/file.js';
import type { PdfObject } from '../pdf/objects.js';

/** What one signature allows to happen after it. */
export interface SignaturePermissions extends Permissions {
  readonly allowed: Modification;
}

/** By the access permissions of DocMDP (ISO 32000-2, table 257). */
const ALLOWED: Readonly<Record<number, Modification>> = { 1: 'LTA_UPDATES', 2: 'FORM_FILLING', 3: 'ANNOTATIONS' };

/** Of the signature itself, else of its field's lock; what earlier signatures allow is their own business. */
export async function readPermissions(file: PdfFile, name: string): Promise<SignaturePermissions> {
  const field = (await readFields(file)).find((each) => each.name === name);
  const signature = await resolveDict(file, field?.value ?? null);
  const locks: FieldLock[] = [];
  let level: PdfObject | undefined;
  for (const item of (await resolveArray(file, signature?.get('Reference') ?? null)) ?? []) {
    const reference = await resolveDict(file, item);
    const method = await resolveName(file, reference?.get('TransformMethod') ?? null);
    const parameters = await resolveDict(file, reference?.get('TransformParams') ?? null);
    const lock = method === 'FieldMDP' ? ((await readLock(file, parameters)) ?? EVERYTHING) : undefined;
    if (lock) locks.push(lock);
    if (method === 'DocMDP') level = (await file.resolve(parameters?.get('P') ?? null)) ?? 2;
  }
  level ??= await file.resolve((await resolveDict(file, field?.dict.get('Lock') ?? null))?.get('P') ?? null);
  const certified = level !== null;
  return {
    certified,
    // Without a level, or with one that is not known, the whitelist decides, or nothing is allowed.
    allowed: certified ? ((typeof level === 'number' && ALLOWED[level]) || 'NONE') : 'ANNOTATIONS',
    isLocked: (other) => locks.some((lock) => covers(lock, other)),
  };
}

/** A lock that cannot be read locks everything. */
const EVERYTHING: FieldLock = { action: 'All', fields: [] };
