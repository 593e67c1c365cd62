import { PadesError } from '../errors.js';
import { readPage, type Box, type Page } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { addToForm, addToPage } from './acroform.js';
import type { FormField } from './fields.js';
import { newFieldDict, type SignatureLock } from './new-field.js';
import { checkNames, checkRestrictions } from './prepare-pdf.js';
import type { Restrictions } from './restrictions.js';
import { uniqueName } from './unique-name.js';

/** Where a signature field is made in the revision that signs; without a rectangle it is invisible. */
export interface SignatureFieldPlace {
  /** 1 is the first. */
  readonly page?: number;
  /** User space, as in /Rect. */
  readonly rect?: Box;
  /** Instead of `rect`: left, bottom, width and height in points on the page as it is shown, turned, cropped and scaled. */
  readonly shown?: readonly [number, number, number, number];
  readonly lock?: SignatureLock;
}

/** A new empty signature field in the revision; without a name it gets the first free one, Signature1, Signature2, … */
export async function createSignatureField(revision: Revision, { name, place, fields, restrictions }: { name: string | undefined; place: SignatureFieldPlace; fields: readonly FormField[]; restrictions: Restrictions }): Promise<FormField> {
  const { lock, shown } = place;
  const page = await readPage(revision.file, place.page ?? 1);
  const rect = place.rect ?? (shown && fromShown(page, shown));
  const common = { name: name ?? uniqueName('Signature', fields), ...(lock && { lock }) };
  const field = rect ? ({ kind: 'signature', page: place.page ?? 1, rect, ...common } as const) : ({ kind: 'invisible-signature', ...common } as const);
  checkNames([field], fields);
  checkRestrictions([field], restrictions);
  const dict = newFieldDict(revision, field, page);
  const ref = revision.add(dict);
  await addToPage(revision, page.ref, [ref]);
  await addToForm(revision, [ref], { withFonts: false });
  return { name: field.name, type: 'Sig', flags: 0, value: null, ref, dict, widgets: [{ ref, dict }] };
}

/** A rectangle on the page as it is shown, in user space. */
export function fromShown({ cropBox: [left, bottom, right, top], rotate, userUnit }: Pick<Page, 'cropBox' | 'rotate' | 'userUnit'>, [x, y, width, height]: readonly [number, number, number, number]): Box {
  const point = (shownX: number, shownY: number): readonly [number, number] => {
    const [a, b] = [shownX / userUnit, shownY / userUnit];
    const points: Record<Page['rotate'], readonly [number, number]> = { 0: [left + a, bottom + b], 90: [right - b, bottom + a], 180: [right - a, top - b], 270: [left + b, top - a] };
    return points[rotate];
  };
  if (!(width > 0 && height > 0)) throw new PadesError('field_invalid', 'the rectangle of the new field is empty');
  const [[x1, y1], [x2, y2]] = [point(x, y), point(x + width, y + height)];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}
