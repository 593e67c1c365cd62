import type { Drawing } from '@sky-sign/pades';
import { PDFDocument, rgb } from 'pdf-lib';
import { breakLines } from './break-lines.js';
import type { LoadedFont } from './font.js';

export interface TextBox {
  readonly text: string;
  /** Points, as the page is shown. */
  readonly width: number;
  readonly height: number;
  /** Points; smaller where the text does not fit. */
  readonly fontSize: number;
  readonly multiline?: boolean;
}

/** Why a text cannot be drawn. */
export class TextDoesNotFit extends Error {
  readonly reason: 'glyph_missing' | 'too_long';
  constructor(reason: 'glyph_missing' | 'too_long', message: string) {
    super(message);
    this.name = 'TextDoesNotFit';
    this.reason = reason;
  }
}

const padding = 2;
const smallest = 4;
const leading = 1.35;
/** From the middle of the ideographic em box down to the baseline, in em (OpenType `ideo`: −0.12 to 0.88). */
const middleToBaseline = 0.38;

/** Text in a box: one line, or as many as it takes, vertically centred (several lines from the top), never cut off. */
export async function drawText(font: LoadedFont, box: TextBox): Promise<Drawing> {
  const text = composeKana(box.text).replace(/[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu, '');
  const missing = font.missing(text);
  if (missing !== undefined) throw new TextDoesNotFit('glyph_missing', `The font has no glyph for "${missing}".`);
  const document = await PDFDocument.create();
  const embedded = await font.embed(document);
  const measure = (line: string, at: number): number => embedded.widthOfTextAtSize(line, at);
  // A single line that is too long for a box with room for several is set in several.
  const fitted = fit({ ...box, text }, measure) ?? (box.multiline ? undefined : fit({ ...box, text, multiline: true }, measure));
  if (!fitted) throw new TextDoesNotFit('too_long', 'The text does not fit into its field, even in the smallest letters.');
  const { size, lines } = fitted;
  const page = document.addPage([box.width, box.height]);
  const top = box.multiline ? box.height - padding - size / 2 : box.height / 2 + ((lines.length - 1) * size * leading) / 2;
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    page.drawText(line, { x: padding, y: top - i * size * leading - size * middleToBaseline, size, font: embedded, color: rgb(0, 0, 0) });
  }
  return { pdf: await document.save() };
}

function fit(box: TextBox, measure: (line: string, size: number) => number): { size: number; lines: string[] } | undefined {
  const width = Math.max(1, box.width - 2 * padding);
  const height = Math.max(1, box.height - (box.multiline ? 2 * padding : 0));
  for (let size = Math.min(box.fontSize, height); size >= smallest; size -= 0.25) {
    const lines = box.multiline ? breakLines(box.text, width, (text) => measure(text, size)) : [box.text];
    const tall = size + (lines.length - 1) * size * leading;
    if (tall <= height && lines.every((line) => measure(line, size) <= width)) return { size, lines };
  }
  return undefined;
}

/**
 * Joins kana with their voicing marks, as some systems send them apart. Full normalisation (NFC) would swap the kanji of
 * people's names: U+FA19 would become U+795E.
 */
export function composeKana(text: string): string {
  return text.replace(/[\u3041-\u30ff][\u3099\u309a]/gu, (pair) => pair.normalize('NFC'));
}
