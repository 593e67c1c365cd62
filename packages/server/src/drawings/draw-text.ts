import type { Drawing } from '@sky-sign/pades';
import { composeKana, firstMiddle, fitText, smallestText, textLeading, textPadding } from '@sky-sign/protocol';
import type { TextBox as FittedBox } from '@sky-sign/protocol';
import { PDFDocument, rgb } from 'pdf-lib';
import type { PDFFont } from 'pdf-lib';
import type { LoadedFont } from './font.js';

/** Points, as the page is shown. */
export interface TextBox extends FittedBox {
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
  const fitted = fitText({ ...box, text }, measure);
  if (!fitted) throw new TextDoesNotFit('too_long', 'The text does not fit into its field, even in the smallest letters.');
  const { size, lines } = fitted;
  const page = document.addPage([box.width, box.height]);
  const top = box.height - firstMiddle(box, fitted);
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    page.drawText(line, { x: textPadding, y: top - i * size * textLeading - size * middleToBaseline, size, font: embedded, color: rgb(0, 0, 0) });
  }
  return { pdf: await document.save() };
}

async function drawCells({ text, width, height, fontSize, cells }: TextBox & { readonly cells: number }, { document, font }: { document: PDFDocument; font: PDFFont }): Promise<Drawing> {
  const characters = [...text];
  const cell = width / cells;
  const widest = Math.max(...characters.map((each) => font.widthOfTextAtSize(each, 1)));
  const size = Math.min(fontSize, height, cell / Math.max(widest, 0.1));
  if (characters.length > cells || size < smallestText) throw new TextDoesNotFit('too_long', 'The text has more characters than the field has cells, or the cells are too small.');
  const page = document.addPage([width, height]);
  for (const [i, each] of characters.entries()) {
    const x = (i + 0.5) * cell - font.widthOfTextAtSize(each, size) / 2;
    page.drawText(each, { x, y: height / 2 - size * middleToBaseline, size, font, color: rgb(0, 0, 0) });
  }
  return { pdf: await document.save() };
}
