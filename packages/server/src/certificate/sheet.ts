import { PDFDocument, rgb } from 'pdf-lib';
import type { PDFFont, PDFPage } from 'pdf-lib';
import { breakLines } from '@sky-sign/protocol';
import type { LoadedFont } from '../drawings/font.js';

/** A4 in points. */
const [width, height] = [595.28, 841.89];
const margin = 56;
const leading = 1.5;
const ink = rgb(0.1, 0.12, 0.16);
const muted = rgb(0.36, 0.4, 0.45);
const hairline = rgb(0.78, 0.8, 0.84);

export interface Cell {
  readonly text: string;
  /** Points. */
  readonly size?: number;
  readonly muted?: boolean;
}

/** Sheets of A4 that are written from the top down; a row that does not fit begins the next one. */
export interface Sheet {
  title(text: string): void;
  heading(text: string): void;
  /** Cells beside each other, each of them as wide as its share, with a line under them. Cells hold paragraphs. */
  row(cells: readonly (readonly Cell[])[], shares: readonly number[]): void;
  note(text: string): void;
  /** Writes the foot of each page, with its number, and saves. */
  save(foot: string): Promise<Uint8Array>;
}

export async function createSheet(font: LoadedFont, { title, language = 'ja' }: { title: string; language?: string }): Promise<Sheet> {
  const document = await PDFDocument.create();
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage(language);
  const face = await font.embed(document);
  let page: PDFPage = document.addPage([width, height]);
  let y = height - margin;

  const drawable = (text: string): string => [...text].map((character) => (font.missing(character) === undefined ? character : '〓')).join('');
  const linesOf = ({ text, size = 9.5 }: Cell, room: number): string[] => breakLines(drawable(text), room, (line) => face.widthOfTextAtSize(line, size));
  const heightOf = (cells: readonly Cell[], room: number): number => cells.reduce((sum, cell) => sum + linesOf(cell, room).length * (cell.size ?? 9.5) * leading, 0);
  const makeRoom = (wanted: number): void => {
    if (y - wanted >= margin + 20) return;
    page = document.addPage([width, height]);
    y = height - margin;
  };
  const write = (cells: readonly Cell[], { x, top, room }: { x: number; top: number; room: number }): void => {
    let at = top;
    for (const cell of cells) {
      const size = cell.size ?? 9.5;
      for (const line of linesOf(cell, room)) {
        at -= size * leading;
        page.drawText(line, { x, y: at + size * (leading - 1), size, font: face, color: cell.muted ? muted : ink });
      }
    }
  };

  return {
    title(text) {
      const size = 18;
      page.drawText(text, { x: (width - face.widthOfTextAtSize(text, size)) / 2, y: y - size, size, font: face, color: ink });
      y -= size * 2.4;
    },
    heading(text) {
      makeRoom(80);
      y -= 14;
      write([{ text, size: 11 }], { x: margin, top: y, room: width - 2 * margin });
      y -= 11 * leading + 4;
      page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 1, color: ink });
    },
    row(cells, shares) {
      const gap = 10;
      const sum = shares.reduce((total, share) => total + share, 0);
      const widths = shares.map((share) => ((width - 2 * margin) * share) / sum);
      const tall = Math.max(...cells.map((cell, i) => heightOf(cell, (widths[i] ?? 0) - gap))) + 10;
      makeRoom(tall);
      let x = margin;
      for (const [i, cell] of cells.entries()) {
        write(cell, { x, top: y - 4, room: (widths[i] ?? 0) - gap });
        x += widths[i] ?? 0;
      }
      y -= tall;
      page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 0.5, color: hairline });
    },
    note(text) {
      const cells = [{ text, size: 8, muted: true }];
      const tall = heightOf(cells, width - 2 * margin);
      makeRoom(tall + 8);
      y -= 8;
      write(cells, { x: margin, top: y, room: width - 2 * margin });
      y -= tall;
    },
    save(foot) {
      const pages = document.getPages();
      for (const [i, each] of pages.entries()) drawFoot(each, face, { left: drawable(foot), right: `${String(i + 1)} / ${String(pages.length)}` });
      return document.save();
    },
  };
}

function drawFoot(page: PDFPage, font: PDFFont, { left, right }: { left: string; right: string }): void {
  const options = { y: margin / 2, size: 7, font, color: muted };
  page.drawText(left, { ...options, x: margin });
  page.drawText(right, { ...options, x: width - margin - font.widthOfTextAtSize(right, 7) });
}
