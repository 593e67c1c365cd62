import { fill, glyph, inkOfEm, type Advance, type SealGlyph, type Setting } from './seal-glyphs.js';
import { charactersOf, fold, graphemesOf, isLatin, latinLetter, linesOf, type SealText } from './seal-lines.js';
import type { SealShape } from './seal-shape.js';

export type SealFrame =
  | { readonly kind: 'square'; readonly inset: number; readonly width: number; readonly corner: number }
  | { readonly kind: 'ring'; readonly radius: number; readonly width: number }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly radius: number };

/** A seal as geometry; units are hundredths of a millimetre. */
export interface SealLayout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly SealFrame[];
  readonly glyphs: readonly SealGlyph[];
}

/** In millimetres; the first one is the default. */
export const sealSizes: Readonly<Record<SealShape, readonly number[]>> = {
  square: [21, 18],
  round: [18, 16.5],
  name: [10.5, 13.5],
  plain: [6, 8, 10],
};

/** More than this cannot be read on paper. */
export const mostCharacters = 40;

/** Places every character of a seal; `undefined` where there is none, or too many to be read. */
export function layOutSeal(seal: SealText, advance: Advance = (text) => graphemesOf(text).length * 100): SealLayout | undefined {
  const lines = linesOf(seal);
  const count = lines.reduce((sum, line) => sum + charactersOf(line).length, 0);
  if (count === 0 || count > mostCharacters) return undefined;
  const side = seal.sizeMm * 100;
  if (seal.shape === 'plain') return seal.direction === 'vertical' ? plainColumns(lines, side) : plainRows(lines, side, advance);
  // Latin words are not written from top to bottom.
  const direction = isLatin(seal.text) ? 'horizontal' : seal.direction;
  const cells = lines.map((line) => (direction === 'horizontal' && isLatin(line) ? [line] : charactersOf(line)));
  switch (seal.shape) {
    case 'square':
      return square(cells, side, { direction, advance });
    case 'round':
      return round(graphemesOf(lines[0] ?? ''), cells.slice(1), side, { direction, advance });
    case 'name':
      return nameSeal(cells, side, { direction, advance });
  }
}

function square(lines: string[][], side: number, setting: Setting): SealLayout {
  const border = side * 0.045;
  const inset = side * 0.085;
  const folded = lines.length === 1 ? fold(lines[0] ?? [], Math.ceil(Math.sqrt(lines[0]?.length ?? 1))) : lines;
  return {
    width: side,
    height: side,
    frames: [{ kind: 'square', inset: border / 2, width: border, corner: side * 0.03 }],
    glyphs: fill(folded, { x: inset, y: inset, width: side - 2 * inset, height: side - 2 * inset, side }, setting),
  };
}

function round(band: readonly string[], middle: readonly string[][], side: number, setting: Setting): SealLayout {
  const step = Math.min(360 / band.length, Math.max(24, 300 / band.length));
  const size = side * 0.145;
  // Where they are many they are narrower, so that their feet do not touch.
  const width = Math.min(size, (2 * Math.PI * side * 0.345 * step) / 360);
  const around = band.map((text, index): SealGlyph => ({
    text,
    x: side / 2,
    y: side * 0.1185,
    scaleX: width / inkOfEm,
    scaleY: Math.min(size, width * 2) / inkOfEm,
    turn: (index - (band.length - 1) / 2) * step,
    upright: 'as-is',
  }));
  const gap = 360 - band.length * step;
  const frames: SealFrame[] = [
    { kind: 'ring', radius: side * 0.479, width: side * 0.042 },
    { kind: 'ring', radius: side * 0.305, width: side * 0.016 },
  ];
  if (gap >= 24) frames.push({ kind: 'dot', x: side / 2, y: side * 0.8815, radius: side * 0.018 });
  const area = { x: side * 0.305, y: side * 0.295, width: side * 0.39, height: side * 0.41, side };
  return { width: side, height: side, frames, glyphs: [...around, ...(middle.length ? fill(middle, area, setting) : [])] };
}

function nameSeal(lines: string[][], side: number, setting: Setting): SealLayout {
  const [only] = lines;
  const folded = lines.length === 1 && only && only.length > 3 ? fold(only, 2) : lines;
  const [across, along] = folded.length === 1 ? [0.46, 0.74] : [0.66, 0.7];
  const [width, height] = setting.direction === 'vertical' ? [across * side, along * side] : [along * side, across * side];
  return {
    width: side,
    height: side,
    frames: [{ kind: 'ring', radius: side * 0.48, width: side * 0.04 }],
    glyphs: fill(folded, { x: (side - width) / 2, y: (side - height) / 2, width, height, side }, setting),
  };
}

/** From one line to the next where there is no frame, in ems. */
const plainPitch = 1.15;

/** Rows as a text would have them; spaces are kept, and Latin letters are as wide as they are. */
function plainRows(lines: readonly string[], em: number, advance: Advance): SealLayout {
  // Strokes of Latin letters leave the em box.
  const room = lines.some((line) => latinLetter.test(line)) ? em * 0.2 : 0;
  const widths = lines.map((line) => (advance(line) / 100) * em);
  const glyphs = lines.map((text, index): SealGlyph => {
    const [x, y] = [room + (widths[index] ?? 0) / 2, room + index * em * plainPitch + em / 2];
    return { text, x, y, scaleX: em / 100, scaleY: em / 100, turn: 0, upright: 'as-is' };
  });
  return { width: Math.max(...widths) + 2 * room, height: em * (1 + (lines.length - 1) * plainPitch) + 2 * room, frames: [], glyphs };
}

/** Columns from the right; a space is half as high as a character. */
function plainColumns(lines: readonly string[], em: number): SealLayout {
  const width = em * (1 + (lines.length - 1) * plainPitch);
  let height = 0;
  const glyphs = lines.flatMap((line, index) => {
    let y = 0;
    return graphemesOf(line).flatMap((text) => {
      const high = text.trim() ? em : em / 2;
      y += high;
      height = Math.max(height, y);
      const cell = { x: width - index * em * plainPitch - em / 2, y: y - em / 2, width: em, height: em };
      return text.trim() ? [{ ...glyph(text, cell, true), scaleX: em / 100, scaleY: em / 100 }] : [];
    });
  });
  return { width, height, frames: [], glyphs };
}
