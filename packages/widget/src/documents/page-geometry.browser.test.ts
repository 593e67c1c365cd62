import { toScreen, type Rect } from '@sky-sign/protocol';
import { expect } from 'chai';
import { createDocumentBytes } from './document-bytes.js';
import { openPdf } from './open-pdf.js';
import { makeSmallPdf } from './small-pdf.js';

const assetsUrl = new URL('/assets/pdfjs/', location.href).href;

/** One page with a black box at `rect` (page points), drawn in the file's own user space. */
function onePage({ cropBox, mediaBox, rotate, userUnit, rect }: { cropBox: number[]; mediaBox: number[]; rotate: number; userUnit: number; rect: Rect }): Uint8Array {
  const [x, y, width, height] = rect.map((points) => points / userUnit) as [number, number, number, number];
  return makeSmallPdf({
    page: `/MediaBox [${mediaBox.join(' ')}] /CropBox [${cropBox.join(' ')}] /Rotate ${rotate} /UserUnit ${userUnit}`,
    content: `0 g ${(cropBox[0] ?? 0) + x} ${(cropBox[1] ?? 0) + y} ${width} ${height} re f`,
  });
}

/** The box of black pixels on the canvas. */
function blackBox(canvas: HTMLCanvasElement): { left: number; top: number; right: number; bottom: number } {
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4] ?? 255) > 127) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box;
}

describe('a field over the painted page', () => {
  const rect: Rect = [100, 60, 120, 40];
  for (const rotate of [0, 90, 180, 270, -90, 450]) {
    for (const { name, cropBox, mediaBox, userUnit } of [
      { name: 'plain', cropBox: [0, 0, 400, 300], mediaBox: [0, 0, 400, 300], userUnit: 1 },
      { name: 'moved and cropped', cropBox: [50, -20, 450, 280], mediaBox: [30, -40, 500, 400], userUnit: 1 },
      { name: 'in units of 2 points', cropBox: [10, 10, 210, 160], mediaBox: [0, 0, 300, 300], userUnit: 2 },
    ]) {
      it(`stands exactly on its box: ${name}, turned by ${rotate}`, async () => {
        const file = onePage({ cropBox, mediaBox, rotate, userUnit, rect });
        const pdf = await openPdf(createDocumentBytes({ length: file.length, fetchRange: async (begin, end) => file.slice(begin, end) }), { assetsUrl });
        const page = await pdf.page(1);
        const canvas = document.createElement('canvas');
        await page.paint(canvas, { scale: 1.5, density: 1, signal: new AbortController().signal });
        const painted = blackBox(canvas);
        const { left, top, width, height } = toScreen(rect, page.geometry, 1.5);
        expect(painted.left).to.be.closeTo(left, 1);
        expect(painted.top).to.be.closeTo(top, 1);
        expect(painted.right).to.be.closeTo(left + width, 1);
        expect(painted.bottom).to.be.closeTo(top + height, 1);
        await pdf.close();
      });
    }
  }
});
