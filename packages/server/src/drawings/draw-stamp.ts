import type { Drawing } from '@sky-sign/pades';
import { PDFDocument, rgb } from 'pdf-lib';
import type { LoadedFont } from './font.js';

const size = 6.5;
const height = 10;

/** The certificate ID that stands at the foot of each page. */
export async function drawStamp(font: LoadedFont, certificateId: string): Promise<Drawing> {
  const document = await PDFDocument.create();
  const embedded = await font.embed(document);
  const text = `電子契約 ID: ${certificateId}`;
  const page = document.addPage([embedded.widthOfTextAtSize(text, size) + 2, height]);
  page.drawText(text, { x: 1, y: (height - size) / 2 + 1, size, font: embedded, color: rgb(0.35, 0.35, 0.35) });
  return { pdf: await document.save() };
}
