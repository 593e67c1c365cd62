import type { SealShape } from './seal-shape.js';

export interface SealText {
  /** As typed; line breaks part columns (or rows). */
  readonly text: string;
  readonly shape: SealShape;
  readonly direction: 'vertical' | 'horizontal';
  /** Adds 「之印」. */
  readonly suffix: boolean;
  /** Side or diameter in millimetres; of one character where there is no frame. */
  readonly sizeMm: number;
}

/** Graphemes, so that variation selectors stay with their character. */
export function charactersOf(text: string): string[] {
  return graphemesOf(text.replace(/\s/gu, ''));
}

/** The same with its spaces. */
export function graphemesOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Letters whose strokes leave the em box. */
export const latinLetter = /[A-Za-z\u00c0-\u024f]/u;

/** Nothing but words in Latin letters; those of full width stand in cells, as kanji do. */
export function isLatin(text: string): boolean {
  return /^[\p{ASCII}\u00a0-\u024f’\s]+$/u.test(text) && latinLetter.test(text);
}

/** A line a column (or row), as typed, or parted at its spaces where it is to fill a frame. */
export function linesOf({ text, suffix, shape }: SealText): string[] {
  const typed = text
    .split(/\r?\n/u)
    .map((line) => line.trim().replace(/\s+/gu, (spaces) => spaces.charAt(0)))
    .filter(Boolean);
  const [first = ''] = typed;
  // What is to fill a frame is parted where its writer parted it, rather than anywhere.
  const lines = typed.length === 1 && (shape === 'square' || shape === 'name') ? first.split(/\s/u) : typed;
  if (!suffix || first === '') return lines;
  const ending = '之印';
  // A line of its own where there are lines, or where the first one runs round the ring or is one word.
  if (lines.length > 1 || shape === 'round' || (shape !== 'plain' && isLatin(first))) return [...lines, ending];
  return [first + ending];
}

/** One long line in `count` lines of nearly the same length. */
export function fold(line: readonly string[], count: number): string[][] {
  const lines: string[][] = [];
  for (let index = 0, from = 0; index < count; index += 1) {
    const length = Math.ceil((line.length - from) / (count - index));
    lines.push(line.slice(from, from + length));
    from += length;
  }
  return lines.filter(({ length }) => length > 0);
}
