import { readFields, type FormField } from '../form/fields.js';
import { readRestrictions, type Restrictions } from '../form/restrictions.js';
import { readCatalog, resolveArray, resolveDict, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, isArray, isInteger, type PdfObject } from '../pdf/objects.js';
import { readBox, readPages } from '../pdf/pages.js';
import { changedNumbers, generationOf, isUsed, sameEntry } from './changed-objects.js';
import { changedKeys, equalObjects, equalWithStreams } from './equal-objects.js';
import { isLaterVersion, isMetadata, isOnlyMetadata, isRewritten } from './explain-description.js';
import type { MissingObjects } from './missing-objects.js';

/** Keys of a field or widget that filling it in changes. */
const FILLED = ['V', 'AP', 'AS', 'Ff', 'I'];
const SIGNED = ['V', 'AP', 'Ff'];

/**
 * What a later revision does beyond filling in, signing, adding signature fields or validation data, as stable codes.
 * A whitelist: whatever no rule names is a problem.
 */
export async function explainChanges(before: PdfFile, after: PdfFile, missing: MissingObjects): Promise<string[]> {
  const context = await createContext(before, after);
  const problems = new Set([...(await trailerProblems(before, after)), ...chainProblems(before, after)]);
  const added: PdfRef[] = [];
  for (const number of changedNumbers(before, after)) {
    const [old, now] = [await before.entry(number), await after.entry(number)];
    if (sameEntry(old, now)) continue;
    if (!isUsed(now)) {
      if (isUsed(old)) problems.add('object_removed');
      continue;
    }
    const generation = generationOf(now);
    const ref = new PdfRef(number, generation);
    if (!isUsed(old)) {
      added.push(ref);
      if (missing.has(number)) problems.add('missing_object_supplied');
      continue;
    }
    if (generationOf(old) !== generation) problems.add('generation_changed');
    const objects = { old: await before.resolve(new PdfRef(number, generationOf(old))), now: await after.resolve(ref) };
    if (await equalWithStreams({ object: objects.old, file: before }, { object: objects.now, file: after })) continue;
    added.push(ref);
    for (const problem of await explainObject(context, number, objects)) problems.add(problem);
  }
  await missing.extend(after, added);
  return [...problems];
}

interface Context {
  readonly before: PdfFile;
  readonly after: PdfFile;
  readonly fields: readonly FormField[];
  readonly fieldsAfter: readonly FormField[];
  readonly restrictions: Restrictions;
  readonly catalog: number;
  readonly form: number | undefined;
  readonly fieldList: number | undefined;
  readonly pages: ReadonlySet<number>;
  readonly annotationLists: ReadonlySet<number>;
  readonly validationData: ReadonlySet<number>;
  readonly information: number | undefined;
  readonly metadata: number | undefined;
}

async function createContext(before: PdfFile, after: PdfFile): Promise<Context> {
  const { ref, catalog } = await readCatalog(before);
  const fields = await readFields(before);
  const pages = await readPages(before);
  const formObject = catalog.get('AcroForm');
  const list = (await resolveDict(before, formObject))?.get('Fields');
  return {
    before,
    after,
    fields,
    fieldsAfter: await readFields(after),
    restrictions: await readRestrictions(before, fields),
    catalog: ref.number,
    form: refNumber(formObject),
    fieldList: refNumber(list ?? null),
    pages: new Set(pages.map((page) => page.ref.number)),
    annotationLists: new Set(pages.flatMap((page) => refNumber(page.dict.get('Annots')) ?? [])),
    validationData: await validationDataOf(before, catalog),
    information: refNumber(before.trailer.get('Info')),
    metadata: refNumber(catalog.get('Metadata')),
  };
}

async function explainObject(context: Context, number: number, { old, now }: { old: PdfObject; now: PdfObject }): Promise<string[]> {
  if (number === context.fieldList || context.annotationLists.has(number)) return explainList(context, old, now);
  if (number === context.information && isRewritten(old, now)) return [];
  if (number === context.metadata && isMetadata(now) && (await isOnlyMetadata(context.before, number))) return [];
  if (context.validationData.has(number)) return extendsEntries(old, now) ? [] : ['validation_data_removed'];
  if (!(old instanceof PdfDict) || !(now instanceof PdfDict)) return ['unexplained_change'];
  const field = context.fields.find(({ ref, widgets }) => ref?.number === number || widgets.some((widget) => widget.ref.number === number));
  if (field) return explainField(context, field, changedKeys(old, now));
  if (number === context.catalog) return explainCatalog(context, old, now);
  if (number === context.form) return explainForm(context, old, now);
  if (context.pages.has(number)) return changedKeys(old, now).every((key) => key === 'Annots') ? explainList(context, old.get('Annots'), now.get('Annots')) : ['page_changed'];
  return ['unexplained_change'];
}

function explainField({ restrictions }: Context, { name, type, value }: FormField, changed: readonly string[]): string[] {
  if (restrictions.isLocked(name)) return ['locked_field_changed'];
  if (type === 'Sig' && value !== null) return ['signature_replaced'];
  return changed.every((key) => (type === 'Sig' ? SIGNED : FILLED).includes(key)) ? [] : ['field_changed'];
}

async function explainCatalog(context: Context, old: PdfDict, now: PdfDict): Promise<string[]> {
  const problems: string[] = [];
  for (const key of changedKeys(old, now)) {
    const [a, b] = [old.get(key), now.get(key)];
    if (key === 'DSS' && (a === null || (a instanceof PdfDict && extendsEntries(a, b)))) continue;
    if (key === 'Version' && isLaterVersion(a, b)) continue;
    if (key === 'Metadata' && b instanceof PdfRef && isMetadata(await context.after.resolve(b))) continue;
    if (key === 'Extensions' && (a === null || extendsEntries(a, b))) continue;
    if (key === 'AcroForm' && a instanceof PdfDict && b instanceof PdfDict) problems.push(...(await explainForm(context, a, b)));
    else problems.push('catalog_changed');
  }
  return problems;
}

async function explainForm(context: Context, old: PdfDict, now: PdfDict): Promise<string[]> {
  const problems: string[] = [];
  for (const key of changedKeys(old, now)) {
    const [a, b] = [old.get(key), now.get(key)];
    if (key === 'SigFlags' && isInteger(b) && ((isInteger(a) ? a : 0) & ~b) === 0) continue;
    if (key === 'Fields') problems.push(...(await explainList(context, a, b)));
    else problems.push('form_changed');
  }
  return problems;
}

/** A list of fields or annotations may get new signature fields at its end, where the signatures allow them. */
async function explainList({ before, after, fieldsAfter, restrictions }: Context, old: PdfObject, now: PdfObject): Promise<string[]> {
  const earlier = (await resolveArray(before, old)) ?? [];
  const later = (await resolveArray(after, now)) ?? [];
  if (earlier.some((item, i) => !equalObjects(item, later[i] ?? null))) return ['list_changed'];
  for (const item of later.slice(earlier.length)) {
    const field = item instanceof PdfRef && !isUsed(await before.entry(item.number)) ? fieldsAfter.find(({ ref }) => ref?.number === item.number) : undefined;
    if (field?.type !== 'Sig' || restrictions.newFields === 'none') return ['field_added'];
    const visible = (await readBox(after, field.dict.get('Rect'))) !== undefined;
    if (visible && restrictions.newFields === 'invisible') return ['field_added'];
  }
  return [];
}

async function trailerProblems(before: PdfFile, after: PdfFile): Promise<string[]> {
  const same = (key: string) => equalObjects(before.trailer.get(key), after.trailer.get(key));
  const firstId = async (file: PdfFile) => (await resolveArray(file, file.trailer.get('ID')))?.[0] ?? null;
  const keepsId = (await firstId(before)) === null || equalObjects(await firstId(before), await firstId(after));
  return same('Root') && same('Encrypt') && same('Info') && keepsId ? [] : ['trailer_changed'];
}

/** The earlier chain must be the end of the later one: a section that is skipped would take its changes with it. */
function chainProblems(before: PdfFile, after: PdfFile): string[] {
  const kept = after.sections.slice(-before.sections.length);
  return after.sections.length > before.sections.length && before.sections.every(({ offset }, i) => kept[i]?.offset === offset) ? [] : ['xref_chain'];
}

/** The DSS and the dictionaries and arrays in it. */
async function validationDataOf(file: PdfFile, catalog: PdfDict): Promise<Set<number>> {
  const numbers = new Set<number>();
  async function walk(object: PdfObject, depth: number): Promise<void> {
    if (depth > 3) return;
    const value = await file.resolve(object);
    if (!(value instanceof PdfDict) && !isArray(value)) return;
    if (object instanceof PdfRef) numbers.add(object.number);
    for (const item of isArray(value) ? value : value.entries.values()) await walk(item, depth + 1);
  }
  await walk(catalog.get('DSS'), 0);
  return numbers;
}

function extendsEntries(old: PdfObject, now: PdfObject): boolean {
  if (isArray(old)) return isArray(now) && old.every((item) => now.some((other) => equalObjects(item, other)));
  if (old instanceof PdfDict) return now instanceof PdfDict && [...old.entries].every(([key, value]) => extendsEntries(value, now.get(key)));
  return equalObjects(old, now);
}

const refNumber = (object: PdfObject) => (object instanceof PdfRef ? object.number : undefined);
