import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { readFieldRules } from '../form/field-rules.js';
import { readFields, readForm, type FormField, type Widget } from '../form/fields.js';
import { shownSize } from '../form/new-field.js';
import { openPdf, readCatalog, resolveDict, type PdfFile } from '../pdf/file.js';
import type { Drawing } from '../pdf/import-drawing.js';
import { PdfName, PdfRef, PdfStream, PdfString, dict, dictOf, isArray, isName, name, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { readBox, rotationOf } from '../pdf/pages.js';
import { createRevision, type Revision } from '../pdf/revision.js';
import { readTextString } from '../pdf/text-string.js';
import type { FoundObject } from '../repair/scan-objects.js';
import { writeObjects } from '../repair/write-objects.js';
import { changeDict, widgetAppearance } from '../sign/fill-fields.js';
import { compareShown } from './field-values.js';

export interface FieldText {
  readonly text: string;
  /** Points, as the page is shown. */
  readonly width: number;
  readonly height: number;
  readonly multiline: boolean;
}

export interface SanitizeOptions {
  /** Draws the value of a text or choice field that does not show it, or may not. */
  readonly draw: (text: FieldText) => Promise<Drawing>;
}

/**
 * Writes a form anew without the scripts of its fields, with every value drawn as it is and nothing left for viewers to
 * draw. For files before their first signature only: a signed one throws `locked`.
 */
export async function sanitizePdf(source: ByteSource, { draw }: SanitizeOptions): Promise<Uint8Array> {
  const file = await openPdf(source);
  if (file.security) throw new PadesError('encrypted', 'an encrypted file is not rewritten');
  const fields = await readFields(file);
  if (fields.some(({ type, value }) => type === 'Sig' && value !== null)) throw new PadesError('locked', 'the file is signed; rewriting it would end its signatures');
  const revision = createRevision(file);
  for (const field of fields) {
    if (field.ref) await dropScripts(revision, field.ref);
    for (const widget of field.widgets) {
      await dropScripts(revision, widget.ref);
      if ((await compareShown(file, field, widget)) !== 'equal') await showValue(revision, { field, widget }, draw);
    }
  }
  await tidyForm(revision, file);
  return rewrite(revision);
}

/** Additional actions that are scripts, and the action of a button that is one (12.6.3). */
async function dropScripts(revision: Revision, ref: PdfRef): Promise<void> {
  const own = await resolveDict(revision, ref);
  const events = await resolveDict(revision, own?.get('AA') ?? null);
  const kept: [string, PdfObject][] = [];
  for (const [event, action] of events?.entries ?? []) if (!(await isScript(revision, action))) kept.push([event, action]);
  const script = own?.has('A') && (await isScript(revision, own.get('A')));
  const changed = events !== undefined && kept.length < events.entries.size;
  if (!script && !changed) return;
  await changeDict(revision, ref, { ...(script && { A: undefined }), ...(changed && { AA: kept.length > 0 ? dict(Object.fromEntries(kept)) : undefined }) });
}

async function isScript(revision: Revision, object: PdfObject): Promise<boolean> {
  const action = await resolveDict(revision, object);
  return isName(await revision.resolve(action?.get('S') ?? null), 'JavaScript');
}

async function showValue(revision: Revision, { field, widget }: { field: FormField; widget: Widget }, draw: SanitizeOptions['draw']): Promise<void> {
  const { kind, multiline } = await readFieldRules(revision, field);
  const value = await revision.resolve(field.value);
  if (kind === 'checkbox' || kind === 'radio') {
    const appearances = await resolveDict(revision, widget.dict.get('AP'));
    const states = await resolveDict(revision, appearances?.get('N') ?? null);
    await changeDict(revision, widget.ref, { AS: name(value instanceof PdfName && states?.has(value.value) ? value.value : 'Off') });
  } else if (value instanceof PdfString) {
    const rect = (await readBox(revision, widget.dict.get('Rect'))) ?? ([0, 0, 0, 0] as const);
    const drawing = await draw({ text: readTextString(value), multiline, ...shownSize(rect, await rotationOf(revision, widget.dict.get('P'))) });
    await changeDict(revision, widget.ref, { AP: dict({ N: await widgetAppearance(revision, widget, drawing) }) });
  }
}

/** /NeedAppearances tells viewers to draw; /CO is the order in which scripts calculate. */
async function tidyForm(revision: Revision, file: PdfFile): Promise<void> {
  const form = await readForm(file);
  if (!form) return;
  const { ref, catalog } = await readCatalog(file, revision);
  const changes = { NeedAppearances: undefined, CO: undefined };
  const place = catalog.get('AcroForm');
  if (place instanceof PdfRef) await changeDict(revision, place, changes);
  else await changeDict(revision, ref, { AcroForm: form.with(changes) });
}

/** A new file of everything that the trailer leads to. */
async function rewrite(revision: Revision): Promise<Uint8Array> {
  const { trailer } = revision.file;
  const kept = dict({ Root: trailer.get('Root'), Info: trailer.get('Info') ?? undefined, ID: trailer.get('ID') ?? undefined });
  const objects = new Map<number, FoundObject>();
  const pending: PdfObject[] = [...kept.entries.values()];
  while (pending.length > 0) {
    let object = pending.pop() ?? null;
    if (object instanceof PdfRef) {
      const { number } = object;
      if (objects.has(number)) continue;
      object = await revision.resolve(object);
      objects.set(number, { ref: new PdfRef(number), object: object instanceof PdfStream ? new PdfStream(object.dict, await revision.streamBytes(object)) : object });
    }
    pending.push(...leads(object));
  }
  return writeObjects(objects, kept);
}

function leads(object: PdfObject): PdfObject[] {
  const values: readonly PdfObject[] = isArray(object) ? object : [...((dictOf(object) as PdfDict | undefined)?.entries.values() ?? [])];
  return values.filter((value) => value !== null && typeof value === 'object');
}
