import type { Drawing } from '@sky-sign/pades';
import { PDFDocument, rgb } from 'pdf-lib';
import type { PDFFont } from 'pdf-lib';
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
  /** Each character in the middle of a cell of its own, of which there are as many as this. */
  readonly cells?: number;
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
const step = 0.25;
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
  if (box.cells !== undefined) return drawCells({ ...box, text, cells: box.cells }, { document, font: embedded });
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

async function drawCells({ text, width, height, fontSize, cells }: TextBox & { readonly cells: number }, { document, font }: { document: PDFDocument; font: PDFFont }): Promise<Drawing> {
  const characters = [...text];
  const cell = width / cells;
  const widest = Math.max(...characters.map((each) => font.widthOfTextAtSize(each, 1)));
  const size = Math.min(fontSize, height, cell / Math.max(widest, 0.1));
  if (characters.length > cells || size < smallest) throw new TextDoesNotFit('too_long', 'The text has more characters than the field has cells, or the cells are too small.');
  const page = document.addPage([width, height]);
  for (const [i, each] of characters.entries()) {
    const x = (i + 0.5) * cell - font.widthOfTextAtSize(each, size) / 2;
    page.drawText(each, { x, y: height / 2 - size * middleToBaseline, size, font, color: rgb(0, 0, 0) });
  }
  return { pdf: await document.save() };
}

interface Fitted {
  readonly size: number;
  readonly lines: string[];
}

/** The largest letters in which the text fits, found by halving: what fits in some letters fits in smaller ones. */
function fit(box: TextBox, measure: (line: string, size: number) => number): Fitted | undefined {
  const largest = Math.min(box.fontSize, Math.max(1, box.height - (box.multiline ? 2 * padding : 0)));
  const steps = Math.floor((largest - smallest) / step);
  const at = (index: number): Fitted | undefined => tryFit(box, largest - index * step, measure);
  let fitted = at(0);
  if (fitted || steps < 0) return largest < smallest ? undefined : fitted;
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

function tryFit(box: TextBox, size: number, measure: (line: string, size: number) => number): Fitted | undefined {
  const width = Math.max(1, box.width - 2 * padding);
  const height = Math.max(1, box.height - (box.multiline ? 2 * padding : 0));
  const lines = box.multiline ? breakLines(box.text, width, (text) => measure(text, size)) : [box.text];
  const tall = size + (lines.length - 1) * size * leading;
  return tall <= height && lines.every((line) => measure(line, size) <= width) ? { size, lines } : undefined;
}

/**
 * Joins kana with their voicing marks, as some systems send them apart. Full normalisation (NFC) would swap the kanji of
 * people's names: U+FA19 would become U+795E.
 */
export function composeKana(text: string): string {
  return text.replace(/[\u3041-\u30ff][\u3099\u309a]/gu, (pair) => pair.normalize('NFC'));
}
