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

/** How far a text reaches in a line, in hundredths of an em. */
export type Advance = (text: string) => number;

/** One character, or a line of Latin letters: an em box of 100 units, scaled, turned about the middle of the seal, moved to `x`, `y`. */
export interface SealGlyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** Degrees about the middle of the seal, for characters that stand on a ring. */
  readonly turn: number;
  /** Quarter turn of the character itself: ー and brackets in vertical lines. `mirror` is what ー does on top of that. */
  readonly upright: 'as-is' | 'turned' | 'mirrored';
}

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

/** The part of an em box that a kanji fills. */
const inkOfEm = 94;
const columnGap = 0.022;
const glyphGap = 0.016;
const turned = /^[（）()「」『』【】〔〕〈〉《》［］｛｝[\]{}…‥―—=＝：:;；-]$/u;
const mirrored = /^[ー～〜]$/u;
/** What moves to the upper right in vertical lines, by this part of its size: small kana a little, commas and full stops across. */
const raised = { kana: 0.1, mark: 0.6 };
const smallKana = /^[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]$/u;
const mark = /^[、。，．]$/u;
const latinLetter = /[A-Za-z\u00c0-\u024f]/u;
/** From the highest to the lowest stroke of Latin letters, and how far the middle of that is below an em box's. */
const latinInk = { height: 108, below: 13 };

/** Graphemes, so that variation selectors stay with their character. */
export function charactersOf(text: string): string[] {
  return graphemesOf(text.replace(/\s/gu, ''));
}

function graphemesOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Nothing but words in Latin letters; those of full width stand in cells, as kanji do. */
function isLatin(text: string): boolean {
  return /^[\p{ASCII}\u00a0-\u024f’\s]+$/u.test(text) && latinLetter.test(text);
}

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

function linesOf({ text, suffix, shape }: SealText): string[] {
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
function fold(line: readonly string[], count: number): string[][] {
  const lines: string[][] = [];
  for (let index = 0, from = 0; index < count; index += 1) {
    const length = Math.ceil((line.length - from) / (count - index));
    lines.push(line.slice(from, from + length));
    from += length;
  }
  return lines.filter(({ length }) => length > 0);
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the seal, for the gaps. */
  readonly side: number;
}

interface Setting {
  readonly direction: SealText['direction'];
  readonly advance: Advance;
}

/** Lines as columns from the right (or as rows from the top); each fills the area's other side. */
function fill(lines: readonly (readonly string[])[], area: Area, { direction, advance }: Setting): SealGlyph[] {
  const vertical = direction === 'vertical';
  const [across, along] = vertical ? [area.width, area.height] : [area.height, area.width];
  const thick = (across - columnGap * area.side * (lines.length - 1)) / lines.length;
  return lines.flatMap((line, index) => {
    const from = index * (thick + columnGap * area.side) + thick / 2;
    const long = (along - glyphGap * area.side * (line.length - 1)) / line.length;
    return line.map((text, at) => {
      const forth = at * (long + glyphGap * area.side) + long / 2;
      const [width, height] = vertical ? [thick, long] : [long, thick];
      const x = vertical ? area.x + area.width - from : area.x + forth;
      const y = vertical ? area.y + forth : area.y + from;
      return isLatin(text) && !vertical ? latinRow(text, { x, y, width, height }, advance(text)) : glyph(text, { x, y, width, height }, vertical);
    });
  });
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Stretches words to their row, to half or double at most. */
function latinRow(text: string, { x, y, width, height }: Cell, long: number): SealGlyph {
  const scaleX = Math.min(width / long, (2 * height) / latinInk.height);
  const scaleY = Math.min(height / latinInk.height, 2 * scaleX);
  return { text, x, y: y - latinInk.below * scaleY, scaleX, scaleY, turn: 0, upright: 'as-is' };
}

/** Stretches a character to its cell, to half or double at most: beyond that it could not be read. */
function glyph(text: string, cell: Cell, vertical: boolean): SealGlyph {
  const width = Math.min(cell.width, cell.height * 2);
  const height = Math.min(cell.height, cell.width * 2);
  const upright = vertical && mirrored.test(text) ? 'mirrored' : vertical && turned.test(text) ? 'turned' : 'as-is';
  const rise = !vertical ? 0 : smallKana.test(text) ? raised.kana : mark.test(text) ? raised.mark : 0;
  return { text, x: cell.x + rise * width, y: cell.y - rise * height, scaleX: width / inkOfEm, scaleY: height / inkOfEm, turn: 0, upright };
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
