import { isLatin, type SealText } from './seal-lines.js';

// Units are hundredths of a millimetre.

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

/** The part of an em box that a kanji fills. */
export const inkOfEm = 94;
const columnGap = 0.022;
const glyphGap = 0.016;
const turned = /^[（）()「」『』【】〔〕〈〉《》［］｛｝[\]{}…‥―—=＝：:;；-]$/u;
const mirrored = /^[ー～〜]$/u;
/** What moves to the upper right in vertical lines, by this part of its size: small kana a little, commas and full stops across. */
const raised = { kana: 0.1, mark: 0.6 };
const smallKana = /^[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]$/u;
const mark = /^[、。，．]$/u;
/** From the highest to the lowest stroke of Latin letters, and how far the middle of that is below an em box's. */
const latinInk = { height: 108, below: 13 };

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of the seal, for the gaps. */
  readonly side: number;
}

export interface Setting {
  readonly direction: SealText['direction'];
  readonly advance: Advance;
}

/** Lines as columns from the right (or as rows from the top); each fills the area's other side. */
export function fill(lines: readonly (readonly string[])[], area: Area, { direction, advance }: Setting): SealGlyph[] {
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
export function glyph(text: string, cell: Cell, vertical: boolean): SealGlyph {
  const width = Math.min(cell.width, cell.height * 2);
  const height = Math.min(cell.height, cell.width * 2);
  const upright = vertical && mirrored.test(text) ? 'mirrored' : vertical && turned.test(text) ? 'turned' : 'as-is';
  const rise = !vertical ? 0 : smallKana.test(text) ? raised.kana : mark.test(text) ? raised.mark : 0;
  return { text, x: cell.x + rise * width, y: cell.y - rise * height, scaleX: width / inkOfEm, scaleY: height / inkOfEm, turn: 0, upright };
}
