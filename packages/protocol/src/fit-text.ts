import { breakLines } from './break-lines.js';
import type { Field } from './fields.js';

// How a value is set in its field: in the document and, before that, on the screen. Lengths in points, text upright.

export interface TextBox {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  /** Smaller where the text does not fit. */
  readonly fontSize: number;
  readonly multiline?: boolean;
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

/** Width of a line in letters of that size. */
export type Measure = (line: string, size: number) => number;

/** Between the box and its text. */
export const textPadding = 2;
/** From line to line, in em. */
export const textLeading = 1.35;
/** Nothing is set in smaller letters. */
export const smallestText = 4;
const step = 0.25;

/** The largest letters in which all of the text fits, one line or as many as it takes; `undefined` where it fits in none. */
export function fitText(box: TextBox, measure: Measure): FittedText | undefined {
  // A single line that is too long for a box with room for several is set in several.
  return fit(box, measure) ?? (box.multiline ? undefined : fit({ ...box, multiline: true }, measure));
}

/** How far the middle of the first line is from the top of the box. */
export function firstMiddle({ height, multiline }: Pick<TextBox, 'height' | 'multiline'>, { size, lines }: FittedText): number {
  return multiline ? textPadding + size / 2 : height / 2 - ((lines.length - 1) * size * textLeading) / 2;
}

/** Text as it stands in the document: dates in the words of the recipient's language, choices by their labels. */
export function shownText({ kind, options = [] }: Pick<Field, 'kind' | 'options'>, value: string, locale: string): string {
  if (kind === 'choice') return options.find((option) => option.value === value)?.label ?? '';
  const text = composeKana(value.replace(/\r\n?/gu, '\n'));
  if (kind !== 'date' || text === '' || locale !== 'ja') return text;
  const [year, month, day] = text.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(day)}日`;
}

/**
 * Joins kana with their voicing marks, as some systems send them apart. Full normalisation (NFC) would swap the kanji of
 * people's names: U+FA19 would become U+795E.
 */
export function composeKana(text: string): string {
  return text.replace(/[\u3041-\u30ff][\u3099\u309a]/gu, (pair) => pair.normalize('NFC'));
}

/** Found by halving: what fits in some letters fits in smaller ones. */
function fit(box: TextBox, measure: Measure): FittedText | undefined {
  const largest = Math.min(box.fontSize, Math.max(1, box.height - (box.multiline ? 2 * textPadding : 0)));
  const steps = Math.floor((largest - smallestText) / step);
  const at = (index: number): FittedText | undefined => tryFit(box, largest - index * step, measure);
  let fitted = at(0);
  if (fitted || steps < 0) return largest < smallestText ? undefined : fitted;
  let [tooLarge, fits] = [0, steps];
  fitted = at(steps);
  while (fitted && fits - tooLarge > 1) {
    const middle = (tooLarge + fits) >> 1;
    const tried = at(middle);
    if (tried) [fitted, fits] = [tried, middle];
    else tooLarge = middle;
  }
  return fitted;
}

function tryFit(box: TextBox, size: number, measure: Measure): FittedText | undefined {
  const width = Math.max(1, box.width - 2 * textPadding);
  const height = Math.max(1, box.height - (box.multiline ? 2 * textPadding : 0));
  const lines = box.multiline ? breakLines(box.text, width, (text) => measure(text, size)) : [box.text];
  const tall = size + (lines.length - 1) * size * textLeading;
  return tall <= height && lines.every((line) => measure(line, size) <= width) ? { size, lines } : undefined;
}
