import { PadesError } from '../errors.js';
import { drawAppearance, type Appearance } from '../form/appearance.js';
import type { FormField, Widget } from '../form/fields.js';
import { READ_ONLY, emptyForm, shownSize, uprightMatrix } from '../form/new-field.js';
import type { Restrictions } from '../form/restrictions.js';
import { resolveArray, resolveDict } from '../pdf/file.js';
import type { Drawing } from '../pdf/import-drawing.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfRef, dict, name } from '../pdf/objects.js';
import { readBox, readPages, rotationOf } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { textString } from '../pdf/text-string.js';

export type FieldFill =
  /** `appearance: undefined` leaves the field blank and writes an empty appearance. */
  | { readonly kind: 'text'; readonly name: string; readonly value: string; readonly appearance: Drawing | undefined }
  | { readonly kind: 'checkbox'; readonly name: string; readonly checked: boolean }
  | { readonly kind: 'seal'; readonly name: string; readonly appearance: Appearance | undefined };

const TYPE_OF = { text: 'Tx', checkbox: 'Btn', seal: 'Btn' } as const;

/** Sets values and appearances of existing fields, and makes them read-only; nothing but /V, /AP, /AS and /Ff changes. */
export async function fillFields(revision: Revision, fills: readonly FieldFill[], { fields, restrictions }: { fields: readonly FormField[]; restrictions: Restrictions }): Promise<void> {
  for (const fill of fills) {
    const field = fields.find(({ name: known }) => known === fill.name);
    if (!field?.ref) throw new PadesError('field_not_found', `there is no field named ${fill.name}`);
    if (field.type !== TYPE_OF[fill.kind]) throw new PadesError('field_invalid', `field ${fill.name} is no ${fill.kind} field`);
    if (restrictions.isLocked(fill.name)) throw new PadesError('locked', `field ${fill.name} is locked by a signature`);
    const changes = await valueChanges(revision, field, fill);
    await changeDict(revision, field.ref, { ...changes, Ff: field.flags | READ_ONLY });
    for (const widget of field.widgets) await changeDict(revision, widget.ref, await appearanceChanges(revision, widget, fill));
  }
}

async function valueChanges(revision: Revision, field: FormField, fill: FieldFill) {
  if (fill.kind === 'text') return fill.value === '' ? {} : { V: textString(fill.value) };
  if (fill.kind === 'seal') return {};
  return { V: name(fill.checked ? await onState(revision, field.widgets[0]?.dict) : 'Off') };
}

async function appearanceChanges(revision: Revision, widget: Widget, fill: FieldFill) {
  if (fill.kind === 'checkbox') return { AS: name(fill.checked ? await onState(revision, widget.dict) : 'Off') };
  return { AP: dict({ N: await widgetAppearance(revision, widget, fill.appearance) }) };
}

/** The appearance of a widget, upright on a turned page; without one, an appearance that draws nothing. */
export async function widgetAppearance(revision: Revision, { ref, dict: widget }: Widget, appearance: Appearance | undefined): Promise<PdfRef> {
  const rotate = await rotationOf(revision, widget.has('P') ? widget.get('P') : await pageOf(revision, ref));
  const rect = (await readBox(revision, widget.get('Rect'))) ?? ([0, 0, 0, 0] as const);
  if (!appearance) return emptyForm(revision, rect, rotate);
  return drawAppearance(revision, appearance, { ...shownSize(rect, rotate), matrix: uprightMatrix(rotate) });
}

/** The page of a widget that does not name it. */
async function pageOf({ file }: Revision, widget: PdfRef): Promise<PdfRef | null> {
  for (const page of await readPages(file)) {
    const annotations = (await resolveArray(file, page.dict.get('Annots'))) ?? [];
    if (annotations.some((item) => item instanceof PdfRef && item.number === widget.number)) return page.ref;
  }
  return null;
}

/** The name of a check box's state that is not Off. */
async function onState(revision: Revision, widget: PdfDict | undefined): Promise<string> {
  const appearances = await resolveDict(revision, widget?.get('AP') ?? null);
  const states = await resolveDict(revision, appearances?.get('N') ?? null);
  const on = [...(states?.entries.keys() ?? [])].find((state) => state !== 'Off');
  if (on === undefined) throw new PadesError('field_invalid', 'a check box has no state but Off');
  return on;
}

/** Changes entries of a dictionary object as it stands in the revision so far. */
export async function changeDict(revision: Revision, ref: PdfRef, changes: Parameters<PdfDict['with']>[0]): Promise<void> {
  const now = await resolveDict(revision, ref);
  if (!now) throw new PadesError('field_invalid', `object ${ref.number} is no dictionary`);
  revision.set(ref, now.with(changes));
}
