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

/** One character: an em box of 100 units, scaled, turned about the middle of the seal, moved to `x`, `y`. */
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

/** Graphemes, so that variation selectors stay with their character. */
export function charactersOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
  return [...segmenter.segment(text.replace(/\s/gu, ''))].map(({ segment }) => segment);
}

/** Places every character of a seal; `undefined` where there is none, or too many to be read. */
export function layOutSeal(seal: SealText): SealLayout | undefined {
  const lines = linesOf(seal);
  const count = lines.reduce((sum, line) => sum + line.length, 0);
  if (count === 0 || count > mostCharacters) return undefined;
  const side = seal.sizeMm * 100;
  switch (seal.shape) {
    case 'square':
      return square(lines, side, seal.direction);
    case 'round':
      return round(lines, side, seal.direction);
    case 'name':
      return nameSeal(lines, side, seal.direction);
    case 'plain':
      return plain(lines, side, seal.direction);
  }
}

function linesOf({ text, suffix, shape }: SealText): string[][] {
  const lines = text
    .split(/\r?\n/u)
    .map(charactersOf)
    .filter(({ length }) => length > 0);
  if (!suffix || lines.length === 0) return lines;
  const ending = ['之', '印'];
  // A line of its own where there are lines, or where the first one runs round the ring.
  if (lines.length > 1 || shape === 'round') return [...lines, ending];
  return [[...(lines[0] ?? []), ...ending]];
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

/** Lines as columns from the right (or as rows from the top); each fills the area's other side. */
function fill(lines: readonly (readonly string[])[], area: Area, direction: SealText['direction']): SealGlyph[] {
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
      return glyph(text, { x, y, width, height }, vertical);
    });
  });
}

/** Stretches a character to its cell, to half or double at most: beyond that it could not be read. */
function glyph(text: string, cell: { x: number; y: number; width: number; height: number }, vertical: boolean): SealGlyph {
  const width = Math.min(cell.width, cell.height * 2);
  const height = Math.min(cell.height, cell.width * 2);
  const upright = vertical && mirrored.test(text) ? 'mirrored' : vertical && turned.test(text) ? 'turned' : 'as-is';
  const rise = !vertical ? 0 : smallKana.test(text) ? raised.kana : mark.test(text) ? raised.mark : 0;
  return { text, x: cell.x + rise * width, y: cell.y - rise * height, scaleX: width / inkOfEm, scaleY: height / inkOfEm, turn: 0, upright };
}

function square(lines: string[][], side: number, direction: SealText['direction']): SealLayout {
  const border = side * 0.045;
  const inset = side * 0.085;
  const folded = lines.length === 1 ? fold(lines[0] ?? [], Math.ceil(Math.sqrt(lines[0]?.length ?? 1))) : lines;
  return {
    width: side,
    height: side,
    frames: [{ kind: 'square', inset: border / 2, width: border, corner: side * 0.03 }],
    glyphs: fill(folded, { x: inset, y: inset, width: side - 2 * inset, height: side - 2 * inset, side }, direction),
  };
}

function round(lines: string[][], side: number, direction: SealText['direction']): SealLayout {
  const [band = [], ...middle] = lines;
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
  return { width: side, height: side, frames, glyphs: [...around, ...(middle.length ? fill(middle, area, direction) : [])] };
}

function nameSeal(lines: string[][], side: number, direction: SealText['direction']): SealLayout {
  const [only] = lines;
  const folded = lines.length === 1 && only && only.length > 3 ? fold(only, 2) : lines;
  const [across, along] = folded.length === 1 ? [0.46, 0.74] : [0.66, 0.7];
  const [width, height] = direction === 'vertical' ? [across * side, along * side] : [along * side, across * side];
  return {
    width: side,
    height: side,
    frames: [{ kind: 'ring', radius: side * 0.48, width: side * 0.04 }],
    glyphs: fill(folded, { x: (side - width) / 2, y: (side - height) / 2, width, height, side }, direction),
  };
}

function plain(lines: string[][], em: number, direction: SealText['direction']): SealLayout {
  const longest = Math.max(...lines.map(({ length }) => length));
  const pitch = em * 1.15;
  const across = em + (lines.length - 1) * pitch;
  const vertical = direction === 'vertical';
  const [width, height] = vertical ? [across, longest * em] : [longest * em, across];
  const glyphs = lines.flatMap((line, index) =>
    line.map((text, at) => {
      const from = index * pitch + em / 2;
      const forth = at * em + em / 2;
      const cell = vertical ? { x: width - from, y: forth } : { x: forth, y: from };
      return { ...glyph(text, { ...cell, width: em, height: em }, vertical), scaleX: em / 100, scaleY: em / 100 };
    }),
  );
  return { width, height, frames: [], glyphs };
}
