import { PadesError } from '../errors.js';
import { drawAppearance, type Appearance, type Place } from '../form/appearance.js';
import { drawComb, type CombCells } from '../form/comb.js';
import { checkChoice, checkText, onStates, readFieldRules, type FieldRules } from '../form/field-rules.js';
import type { FormField, Widget } from '../form/fields.js';
import { READ_ONLY, emptyForm, shownSize, uprightMatrix } from '../form/new-field.js';
import type { Restrictions } from '../form/restrictions.js';
import { resolveArray, resolveDict } from '../pdf/file.js';
import type { Drawing } from '../pdf/import-drawing.js';
import type { PdfDict} from '../pdf/objects.js';
import { PdfRef, dict, name, type PdfObject } from '../pdf/objects.js';
import { readBox, readPages, rotationOf, type Box, type Page } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { textString } from '../pdf/text-string.js';

/** One drawing for each widget of the field, in their order. */
export interface DrawingOfEach {
  readonly each: readonly Drawing[];
}

export type FieldFill =
  /** `appearance: undefined` leaves the field blank and writes an empty appearance; a comb field takes a drawing for each character, too. */
  | { readonly kind: 'text'; readonly name: string; readonly value: string; readonly appearance: Drawing | CombCells | DrawingOfEach | undefined }
  | { readonly kind: 'checkbox'; readonly name: string; readonly checked: boolean }
  /** `value` names the state of one of the buttons; empty: none is on. */
  | { readonly kind: 'radio'; readonly name: string; readonly value: string }
  /** `values` as they are stored, not as they are shown. */
  | { readonly kind: 'choice'; readonly name: string; readonly values: readonly string[]; readonly appearance: Drawing | DrawingOfEach | undefined }
  | { readonly kind: 'seal'; readonly name: string; readonly appearance: Appearance | undefined };

/** Sets values and appearances of existing fields, and makes them read-only; nothing but /V, /I, /AP, /AS and /Ff changes. */
export async function fillFields(revision: Revision, fills: readonly FieldFill[], { fields, restrictions }: { fields: readonly FormField[]; restrictions: Restrictions }): Promise<void> {
  for (const fill of fills) {
    const field = fields.find(({ name: known }) => known === fill.name);
    if (!field?.ref) throw new PadesError('field_not_found', `there is no field named ${fill.name}`);
    const rules = await readFieldRules(revision, field);
    if (rules.kind !== fill.kind) throw new PadesError('field_invalid', `field ${fill.name} is no ${fill.kind} field`);
    if (restrictions.isLocked(fill.name)) throw new PadesError('locked', `field ${fill.name} is locked by a signature`);
    const changes = await valueChanges(revision, { field, rules }, fill);
    await changeDict(revision, field.ref, { ...changes, Ff: field.flags | READ_ONLY });
    for (const [i, widget] of field.widgets.entries()) await changeDict(revision, widget.ref, await appearanceChanges(revision, { widget, rules, i, count: field.widgets.length }, fill));
  }
}

async function valueChanges(revision: Revision, { field, rules }: { field: FormField; rules: FieldRules }, fill: FieldFill): Promise<Record<string, PdfObject | undefined>> {
  switch (fill.kind) {
    case 'text':
      checkText(rules, fill);
      return fill.value === '' ? {} : { V: textString(fill.value) };
    case 'seal':
      return {};
    case 'checkbox':
      return { V: name(fill.checked ? await onState(revision, field.widgets[0]?.dict) : 'Off') };
    case 'radio': {
      const states = await Promise.all(field.widgets.map((widget) => onStates(revision, widget.dict)));
      if (fill.value !== '' && !states.flat().includes(fill.value)) throw new PadesError('field_invalid', `field ${fill.name} has no button ${fill.value}`);
      return { V: name(fill.value || 'Off') };
    }
    case 'choice': {
      const positions = checkChoice(rules, fill);
      const [first, ...more] = fill.values.map(textString);
      return { V: more.length > 0 ? [first ?? null, ...more] : (first ?? undefined), I: rules.multiple && positions.length > 0 ? positions : undefined };
    }
  }
}

interface FilledWidget {
  readonly widget: Widget;
  readonly rules: FieldRules;
  /** Which of how many widgets of the field. */
  readonly i: number;
  readonly count: number;
}

async function appearanceChanges(revision: Revision, { widget, rules, ...position }: FilledWidget, fill: FieldFill): Promise<Record<string, PdfObject>> {
  if (fill.kind === 'checkbox') return { AS: name(fill.checked ? await onState(revision, widget.dict) : 'Off') };
  if (fill.kind === 'radio') return { AS: name((await onStates(revision, widget.dict)).includes(fill.value) ? fill.value : 'Off') };
  const appearance = ofWidget(fill, position);
  if (!appearance || !('cells' in appearance)) return { AP: dict({ N: await widgetAppearance(revision, widget, appearance) }) };
  if (fill.kind !== 'text' || !rules.comb || rules.maxLength === undefined || appearance.cells.length !== [...fill.value].length) {
    throw new PadesError('field_invalid', `field ${fill.name} is no comb, or its value has another number of characters than there are drawings`);
  }
  const { place } = await placeOf(revision, widget);
  return { AP: dict({ N: await drawComb(revision, appearance, { place, count: rules.maxLength }) }) };
}

function ofWidget({ name: field, appearance }: Extract<FieldFill, { appearance: unknown }>, { i, count }: { i: number; count: number }): Appearance | CombCells | undefined {
  if (!appearance || !('each' in appearance)) return appearance;
  if (appearance.each.length !== count) throw new PadesError('field_invalid', `field ${field} has ${count} places, and ${appearance.each.length} drawings`);
  return appearance.each[i];
}

/** The appearance of a widget, upright on a turned page; without one, an appearance that draws nothing. */
export async function widgetAppearance(revision: Revision, widget: Widget, appearance: Appearance | undefined): Promise<PdfRef> {
  const { place, rect, rotate } = await placeOf(revision, widget);
  return appearance ? drawAppearance(revision, appearance, place) : emptyForm(revision, rect, rotate);
}

async function placeOf(revision: Revision, { ref, dict: widget }: Widget): Promise<{ place: Place; rect: Box; rotate: Page['rotate'] }> {
  const rotate = await rotationOf(revision, widget.has('P') ? widget.get('P') : await pageOf(revision, ref));
  const rect = (await readBox(revision, widget.get('Rect'))) ?? ([0, 0, 0, 0] as const);
  return { rect, rotate, place: { ...shownSize(rect, rotate), matrix: uprightMatrix(rotate) } };
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
  const [on] = await onStates(revision, widget);
  if (on === undefined) throw new PadesError('field_invalid', 'a check box has no state but Off');
  return on;
}

/** Changes entries of a dictionary object as it stands in the revision so far. */
export async function changeDict(revision: Revision, ref: PdfRef, changes: Parameters<PdfDict['with']>[0]): Promise<void> {
  const now = await resolveDict(revision, ref);
  if (!now) throw new PadesError('field_invalid', `object ${ref.number} is no dictionary`);
  revision.set(ref, now.with(changes));
}
