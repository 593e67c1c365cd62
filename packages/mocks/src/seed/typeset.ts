import { breakLines } from '@sky-sign/server';
import { rgb } from 'pdf-lib';
import type { PDFDocument, PDFFont, PDFPage } from 'pdf-lib';

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A numbered paragraph: the number hangs before it. */
  | { readonly kind: 'item'; readonly mark: string; readonly text: string }
  | { readonly kind: 'right'; readonly text: string }
  /** Lines of label and content, ruled. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'space'; readonly points: number };

export const a4 = { width: 595.28, height: 841.89 } as const;
export const margin = { left: 71, right: 71, top: 71, bottom: 71 } as const;
const column = a4.width - margin.left - margin.right;
const ink = rgb(0.1, 0.1, 0.1);
const rule = rgb(0.45, 0.45, 0.45);
const body = { size: 10.5, leading: 18 } as const;

/** Sets blocks on as many A4 pages as they take. The foot stays free: page numbers in the middle, a stamp at its left. */
export function typeset(document: PDFDocument, font: PDFFont, blocks: readonly Block[]): void {
  const cursor = { page: document.addPage([a4.width, a4.height]), y: a4.height - margin.top };
  const measure = (size: number) => (text: string) => font.widthOfTextAtSize(text, size);
  const need = (points: number): void => {
    if (cursor.y - points >= margin.bottom) return;
    cursor.page = document.addPage([a4.width, a4.height]);
    cursor.y = a4.height - margin.top;
  };
  const line = (text: string, { x, size, leading }: { x: number; size: number; leading: number }): void => {
    need(leading);
    cursor.y -= leading;
    if (text !== '') cursor.page.drawText(text, { x, y: cursor.y + (leading - size) / 2, size, font, color: ink });
  };
  const paragraph = (text: string, indent: number): void => {
    for (const each of breakLines(text, column - indent, measure(body.size))) line(each, { x: margin.left + indent, ...body });
  };

  for (const block of blocks) {
    if (block.kind === 'title') {
      line(block.text, { x: (a4.width - measure(18)(block.text)) / 2, size: 18, leading: 34 });
      cursor.y -= 12;
    } else if (block.kind === 'heading') {
      cursor.y -= 8;
      need(3 * body.leading);
      line(block.text, { x: margin.left, ...body });
    } else if (block.kind === 'right') line(block.text, { x: a4.width - margin.right - measure(body.size)(block.text), ...body });
    else if (block.kind === 'text') paragraph(block.text, 0);
    else if (block.kind === 'item') {
      need(body.leading);
      cursor.page.drawText(block.mark, { x: margin.left + 10.5, y: cursor.y - body.leading + (body.leading - body.size) / 2, size: body.size, font, color: ink });
      paragraph(block.text, 31.5);
    } else if (block.kind === 'space') cursor.y -= block.points;
    else table(block.rows);
  }

  function table(rows: readonly (readonly [string, string])[]): void {
    const labelWidth = 116;
    for (const [label, text] of rows) {
      const lines = breakLines(text, column - labelWidth - 20, measure(body.size));
      const height = lines.length * body.leading + 10;
      need(height);
      box(cursor.page, { x: margin.left, y: cursor.y - height, width: labelWidth, height });
      box(cursor.page, { x: margin.left + labelWidth, y: cursor.y - height, width: column - labelWidth, height });
      cursor.page.drawText(label, { x: margin.left + 10, y: cursor.y - height / 2 - 4, size: body.size, font, color: ink });
      for (const [i, each] of lines.entries()) {
        cursor.page.drawText(each, { x: margin.left + labelWidth + 10, y: cursor.y - 5 - (i + 1) * body.leading + 4.5, size: body.size, font, color: ink });
      }
      cursor.y -= height;
    }
    cursor.y -= 12;
  }
}

/** 「1 / 3」 in the middle of each foot. */
export function numberPages(document: PDFDocument, font: PDFFont): void {
  const pages = document.getPages();
  for (const [i, page] of pages.entries()) {
    const text = `${String(i + 1)} / ${String(pages.length)}`;
    page.drawText(text, { x: (a4.width - font.widthOfTextAtSize(text, 9)) / 2, y: 36, size: 9, font, color: ink });
  }
}

export function box(page: PDFPage, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
  page.drawRectangle({ x, y, width, height, borderColor: rule, borderWidth: 0.6 });
}

export function write(page: PDFPage, font: PDFFont, { text, x, y, size = body.size }: { text: string; x: number; y: number; size?: number }): void {
  page.drawText(text, { x, y, size, font, color: ink });
}
