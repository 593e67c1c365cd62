import { PadesError } from '../errors.js';
import { toLatin1 } from '../pdf/characters.js';
import { IDENTITY, type Matrix } from '../pdf/import-drawing.js';
import type { PdfDict, PdfRef} from '../pdf/objects.js';
import { PdfString, dict, name, type PdfObject } from '../pdf/objects.js';
import type { Box, Page } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { serializeNumber } from '../pdf/serialize.js';
import { textString } from '../pdf/text-string.js';
import { form as appearanceForm } from './appearance.js';

export interface SignatureLock {
  /** Fully qualified names of the fields that the signature locks. */
  readonly fields: readonly string[];
}

/** `rect` is in user space, as in /Rect; names contain no period; page 1 is the first. */
export type NewField =
  | { readonly kind: 'signature'; readonly name: string; readonly page: number; readonly rect: Box; readonly lock?: SignatureLock; readonly tooltip?: string }
  | { readonly kind: 'invisible-signature'; readonly name: string; readonly lock?: SignatureLock }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly page: number;
      readonly rect: Box;
      readonly multiline?: boolean;
      readonly maxLength?: number;
      readonly required?: boolean;
      readonly fontSize?: number;
      readonly tooltip?: string;
    }
  | { readonly kind: 'checkbox'; readonly name: string; readonly page: number; readonly rect: Box; readonly required?: boolean; readonly tooltip?: string }
  /** A push button: a further seal place of the same person. */
  | { readonly kind: 'seal'; readonly name: string; readonly page: number; readonly rect: Box; readonly tooltip?: string };

const PRINT = 4;
const PRINT_AND_LOCKED = 4 | 128;
const REQUIRED = 1 << 1;
const MULTILINE = 1 << 12;
const PUSH_BUTTON = 1 << 16;
export const READ_ONLY = 1;
export const ON = 'Yes';

/** The field merged with its one widget. */
export function newFieldDict(revision: Revision, field: NewField, page: Page): PdfDict {
  if (field.name === '' || field.name.includes('.')) throw new PadesError('field_invalid', `a field cannot be named "${field.name}"`);
  const rect = field.kind === 'invisible-signature' ? ([0, 0, 0, 0] as const) : checkedRect(field.rect, field.name);
  const characteristics = page.rotate === 0 ? {} : { R: page.rotate };
  const base: Record<string, PdfObject | undefined> = {
    Type: name('Annot'),
    Subtype: name('Widget'),
    T: textString(field.name),
    TU: 'tooltip' in field && field.tooltip !== undefined ? textString(field.tooltip) : undefined,
    Rect: rect,
    P: page.ref,
    F: PRINT,
    MK: page.rotate === 0 ? undefined : dict(characteristics),
  };
  switch (field.kind) {
    case 'signature':
    case 'invisible-signature':
      return dict({ ...base, FT: name('Sig'), F: PRINT_AND_LOCKED, Lock: field.lock && revision.add(lockDict(field.lock)) });
    case 'text':
      return dict({
        ...base,
        FT: name('Tx'),
        Ff: flags((field.required ? REQUIRED : 0) | (field.multiline ? MULTILINE : 0)),
        MaxLen: field.maxLength,
        DA: new PdfString(toLatin1(`/Helv ${serializeNumber(field.fontSize ?? 0)} Tf 0 g`)),
      });
    case 'checkbox':
      return dict({
        ...base,
        FT: name('Btn'),
        Ff: flags(field.required ? REQUIRED : 0),
        V: name('Off'),
        AS: name('Off'),
        AP: dict({ N: dict({ [ON]: checkMark(revision, rect, page.rotate), Off: emptyForm(revision, rect, page.rotate) }) }),
        MK: dict({ ...characteristics, CA: new PdfString(toLatin1('4')) }),
        DA: new PdfString(toLatin1('/ZaDb 0 Tf 0 g')),
      });
    case 'seal':
      // Icon only, no caption.
      return dict({ ...base, FT: name('Btn'), Ff: PUSH_BUTTON, MK: dict({ ...characteristics, TP: 1 }) });
  }
}

/** Turns what is drawn upright into a widget of a page that is shown turned. */
export function uprightMatrix(rotate: Page['rotate']): Matrix {
  const matrices: Record<Page['rotate'], Matrix> = { 0: IDENTITY, 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0] };
  return matrices[rotate];
}

/** An appearance that draws nothing, so that nobody else's can be put there. */
export function emptyForm(revision: Revision, rect: Box, rotate: Page['rotate']): PdfRef {
  return revision.add(form('', rect, rotate));
}

function checkMark(revision: Revision, rect: Box, rotate: Page['rotate']): PdfRef {
  const { width, height } = shownSize(rect, rotate);
  const side = Math.min(width, height);
  const point = (x: number, y: number) => `${serializeNumber(round((width - side) / 2 + x * side))} ${serializeNumber(round((height - side) / 2 + y * side))}`;
  const content = `q 0 G 1 J 1 j ${serializeNumber(round(side * 0.12))} w ${point(0.18, 0.52)} m ${point(0.42, 0.24)} l ${point(0.84, 0.8)} l S Q`;
  return revision.add(form(content, rect, rotate));
}

const form = (content: string, rect: Box, rotate: Page['rotate']) => appearanceForm(content, { ...shownSize(rect, rotate), matrix: uprightMatrix(rotate) }, {});

/** Width and height of a rectangle as it is shown on a turned page. */
export function shownSize([left, bottom, right, top]: Box, rotate: Page['rotate']): { width: number; height: number } {
  const [width, height] = [round(right - left), round(top - bottom)];
  return rotate % 180 === 0 ? { width, height } : { width: height, height: width };
}

function lockDict({ fields }: SignatureLock): PdfDict {
  return dict({ Type: name('SigFieldLock'), Action: name('Include'), Fields: fields.map(textString), P: 2 });
}

function checkedRect(rect: Box, field: string): Box {
  const [left, bottom, right, top] = rect;
  if (!rect.every(Number.isFinite) || left >= right || bottom >= top) throw new PadesError('field_invalid', `the rectangle of field ${field} is empty`);
  return [round(left), round(bottom), round(right), round(top)];
}

const flags = (value: number) => (value === 0 ? undefined : value);
const round = (value: number) => Math.round(value * 1000) / 1000;
