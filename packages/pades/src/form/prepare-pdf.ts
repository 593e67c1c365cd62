import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { openPdf, type OpenOptions } from '../pdf/file.js';
import type { Drawing } from '../pdf/import-drawing.js';
import type { PdfRef } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import { addToForm, addToPage } from './acroform.js';
import { readFields, readForm, type FormField } from './fields.js';
import { newFieldDict, type NewField } from './new-field.js';
import { readRestrictions, type Restrictions } from './restrictions.js';
import { separateWidgets } from './separate-widgets.js';
import { stampPages } from './stamp.js';

export interface PrepareOptions extends OpenOptions {
  readonly fields: readonly NewField[];
  /** Drawn at the bottom left of each page as shown; a file that is already signed gets none. */
  readonly stamp?: Drawing;
  /** Fields of the file that are filled in after a first signature: see `separateWidgets`. */
  readonly separate?: readonly string[];
}

/**
 * The preparation revision: every field of everybody, empty, and the stamp, before the first signature.
 * Returns the appended bytes only.
 */
export async function preparePdf(source: ByteSource, { fields, stamp, separate = [], ...options }: PrepareOptions): Promise<Uint8Array> {
  const file = await openPdf(source, options);
  const revision = createRevision(file);
  if ((await readForm(file))?.has('XFA')) throw new PadesError('xfa', 'the file is an XFA form');
  const existing = await readFields(file);
  const restrictions = await readRestrictions(file, existing);
  checkNames(fields, existing);
  checkRestrictions(fields, restrictions);

  for (const name of separate) {
    const field = existing.find((each) => each.name === name);
    if (!field) throw new PadesError('field_not_found', `there is no field named ${name}`);
    if (restrictions.signed) throw new PadesError('locked', `the file is signed, so that field ${name} cannot be rebuilt`);
    await separateWidgets(revision, field);
  }

  const pages = await readPages(file);
  if (stamp && !restrictions.signed) await stampPages(revision, pages, stamp);

  const widgets = new Map<PdfRef, PdfRef[]>();
  const refs: PdfRef[] = [];
  for (const field of fields) {
    const number = field.kind === 'invisible-signature' ? 1 : field.page;
    const page = pages[number - 1];
    if (!page) throw new PadesError('page_not_found', `field ${field.name}: the file has no page ${number}`);
    const ref = revision.add(newFieldDict(revision, field, page));
    refs.push(ref);
    widgets.set(page.ref, [...(widgets.get(page.ref) ?? []), ref]);
  }
  for (const [page, onPage] of widgets) await addToPage(revision, page, onPage);
  if (refs.length > 0) await addToForm(revision, refs, { withFonts: fields.some(({ kind }) => kind === 'text' || kind === 'checkbox') });
  return revision.changed.size === 0 ? new Uint8Array() : (await writeRevision(revision)).bytes;
}

export function checkNames(fields: readonly NewField[], existing: readonly FormField[]): void {
  // A parent's name is taken too: "a" beside "a.b" would be one field for a viewer.
  const taken = new Set(existing.flatMap(({ name }) => [name, name.split('.')[0] ?? name]));
  for (const { name } of fields) {
    if (taken.has(name)) throw new PadesError('field_exists', `there is already a field named ${name}`);
    taken.add(name);
  }
}

export function checkRestrictions(fields: readonly NewField[], { newFields }: Restrictions): void {
  for (const { kind, name } of fields) {
    const allowed = newFields === 'any' || (kind === 'signature' && newFields === 'signatures') || (kind === 'invisible-signature' && newFields !== 'none');
    if (!allowed) throw new PadesError('locked', `the file is signed, and its signatures do not allow the new ${kind} field ${name}`);
  }
}
