import * as v from 'valibot';
import { words } from './words.js';

export const fieldKinds = ['signature', 'text', 'checkbox', 'date', 'radio', 'choice'] as const;
/** What a person does in a field: place a seal, type, tick, choose a day, press one of several buttons, choose from a list. */
export type FieldKind = (typeof fieldKinds)[number];

export const inputKinds = ['text', 'tel', 'email', 'number', 'postal-code'] as const;
/** Which keyboard and which rule a text field has. */
export type InputKind = (typeof inputKinds)[number];

/** `[x, y, width, height]` in page points: see `coordinates.ts`. */
export const rect = v.tuple([
  v.pipe(v.number(), v.finite()),
  v.pipe(v.number(), v.finite()),
  v.pipe(v.number(), v.finite(), v.minValue(1)),
  v.pipe(v.number(), v.finite(), v.minValue(1)),
]);
export type Rect = v.InferOutput<typeof rect>;

/** How a sender places a field. */
export const fieldPlacement = v.object({
  kind: v.picklist(fieldKinds),
  /** 1 is the first page. */
  page: v.pipe(v.number(), v.integer(), v.minValue(1)),
  rect,
  required: v.optional(v.boolean(), true),
  /** Short name: 「電話番号」. */
  label: v.optional(words(60), ''),
  /** One sentence of help under the field. */
  guide: v.optional(words(200), ''),
  input: v.optional(v.picklist(inputKinds), 'text'),
  multiline: v.optional(v.boolean(), false),
  /** Characters (code points). */
  maxLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)), 200),
  /** Points; what does not fit is set smaller. */
  fontSize: v.optional(v.pipe(v.number(), v.minValue(4), v.maxValue(72)), 11),
});
export type FieldPlacement = v.InferOutput<typeof fieldPlacement>;

/** What a radio group or a list offers; `value` is what is stored in the PDF. */
export const fieldOption = v.object({ value: v.string(), label: v.string() });
export type FieldOption = v.InferOutput<typeof fieldOption>;

/** One of the places of a field: its value is shown in each, or, of a radio group, this is the button for `value`. */
export const fieldPlace = v.object({ page: fieldPlacement.entries.page, rect, value: v.optional(v.string()) });
export type FieldPlace = v.InferOutput<typeof fieldPlace>;

/** A field as its own recipient sees it, in the order in which it is to be filled. */
export const field = v.object({
  ...fieldPlacement.entries,
  required: v.boolean(),
  label: v.string(),
  guide: v.string(),
  input: v.picklist(inputKinds),
  multiline: v.boolean(),
  maxLength: v.number(),
  fontSize: v.number(),
  id: v.string(),
  documentId: v.string(),
  /** `radio`, `choice`: what there is to choose from. */
  options: v.optional(v.array(fieldOption)),
  /** Where the field has several; the first is at `page` and `rect`. A radio group always has them. */
  places: v.optional(v.array(fieldPlace)),
  /** Each character stands in a cell of its own: how many cells there are. */
  cells: v.optional(v.number()),
  /** What stands in the form already: where a person without a draft begins. */
  initial: v.optional(v.union([v.string(), v.boolean()])),
});
export type Field = v.InferOutput<typeof field>;

/** Somebody else's field: shown as a hatched box, never filled here. */
export const othersField = v.object({
  documentId: v.string(),
  kind: v.picklist(fieldKinds),
  page: v.number(),
  rect,
  /** Whose it is, for the tag: 「青葉市」. */
  owner: v.string(),
});
export type OthersField = v.InferOutput<typeof othersField>;

/** What was typed, ticked or chosen: text, ISO dates (`2026-11-21`) and the `value` of an option as strings, checkboxes as booleans. */
export const fieldValue = v.object({ fieldId: v.string(), value: v.union([v.pipe(v.string(), v.maxLength(4000)), v.boolean()]) });
export type FieldValue = v.InferOutput<typeof fieldValue>;

export const sealKinds = ['text', 'image', 'handwriting'] as const;
export type SealKind = (typeof sealKinds)[number];

/** By the characters that may not be in it: an expression that repeats a group of four overflows the stack at a few megabytes. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && !/[^A-Za-z0-9+/]/u.test(text.replace(/={1,2}$/u, ''));

/** True size on paper in millimetres; shrunk to the field where it is larger. */
const side = v.pipe(v.number(), v.minValue(1), v.maxValue(300));

/** A seal as a picture. */
export const pictureSeal = v.object({
  fieldId: v.string(),
  kind: v.picklist(['text', 'image']),
  /** PNG with alpha, base64. */
  png: v.pipe(v.string(), v.check(isBase64, 'must be base64')),
  widthMm: side,
  heightMm: side,
});
export type PictureSeal = v.InferOutput<typeof pictureSeal>;

/** How far control points of handwriting may reach out of its box, in millimetres. */
export const curveMargin = 20;
/** Some minutes of writing without a pause; more is refused. */
export const mostCurves = 12_000;
const length = v.pipe(v.number(), v.finite());

/**
 * A piece of a line by hand: `[lineWidth, x0, y0, c1x, c1y, c2x, c2y, x1, y1]`, a cubic Bézier curve with round ends, in
 * millimetres inside the box of the handwriting, y downwards. All points are the same: a dot. It tells nothing of time or speed.
 */
export const curve = v.strictTuple([v.pipe(v.number(), v.minValue(0.01), v.maxValue(20)), length, length, length, length, length, length, length, length]);
export type Curve = v.InferOutput<typeof curve>;

/** A signature by hand as vectors. */
export const handwritingSeal = v.pipe(
  v.object({ fieldId: v.string(), kind: v.literal('handwriting'), curves: v.pipe(v.array(curve), v.minLength(1), v.maxLength(mostCurves)), widthMm: side, heightMm: side }),
  v.check(({ curves, widthMm, heightMm }) => curves.every((one) => staysIn(one, widthMm, heightMm)), 'must stay in its box'),
);
export type HandwritingSeal = v.InferOutput<typeof handwritingSeal>;

function staysIn([, ...points]: Curve, widthMm: number, heightMm: number): boolean {
  return points.every((value, at) => value >= -curveMargin && value <= (at % 2 === 0 ? widthMm : heightMm) + curveMargin);
}

/** A seal to place in a signature field. */
export const seal = v.variant('kind', [pictureSeal, handwritingSeal]);
export type Seal = v.InferOutput<typeof seal>;
