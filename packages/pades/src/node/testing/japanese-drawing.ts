import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFDocument } from 'pdf-lib';
import type { Drawing } from '../../pdf/import-drawing.js';
import { fontkitForPdfLib } from './fontkit-shim.js';

const require = createRequire(import.meta.url);

/** Noto Sans JP (SIL OFL 1.1). */
export const fontFile = (): string => require.resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf');

/** A line of Japanese text with an embedded subset of Noto Sans JP, as an appearance of this size. */
export async function japaneseDrawing(text: string, { width, height, size }: { width: number; height: number; size: number }): Promise<Drawing> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkitForPdfLib as Parameters<PDFDocument['registerFontkit']>[0]);
  const font = await document.embedFont(readFileSync(fontFile()), { subset: true });
  document.addPage([width, height]).drawText(text, { x: 2, y: (height - size) / 2 + size * 0.15, size, font });
  return { pdf: await document.save() };
}
