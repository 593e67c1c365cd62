import { PDFDocument, rgb } from 'pdf-lib';
import type { Drawing } from '../pdf/import-drawing.js';

/** A red ring: what a seal looks like from afar. */
export async function sealDrawing(size = 60): Promise<Drawing> {
  const document = await PDFDocument.create();
  const page = document.addPage([size, size]);
  page.drawCircle({ x: size / 2, y: size / 2, size: size / 2 - 3, borderColor: rgb(0.8, 0.1, 0.1), borderWidth: 3 });
  page.drawLine({ start: { x: size / 2, y: size * 0.25 }, end: { x: size / 2, y: size * 0.85 }, color: rgb(0.8, 0.1, 0.1), thickness: 3 });
  return { pdf: await document.save() };
}

/** A line of Latin letters, as the certificate ID at the edge of a page. */
export async function stampDrawing(text = 'ID 0123456789abcdef0123456789abcdef'): Promise<Drawing> {
  const document = await PDFDocument.create();
  document.addPage([200, 10]).drawText(text, { x: 1, y: 2, size: 7 });
  return { pdf: await document.save() };
}
