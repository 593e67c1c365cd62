import type { Drawing } from '@sky-sign/pades';
import { pointsPerMm } from '@sky-sign/protocol';
import type { Curve } from '@sky-sign/protocol';
import { PDFDocument } from 'pdf-lib';
import { curveOperators } from './curve-operators.js';
import { stillPng } from './still-png.js';

interface Box {
  /** True size. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Of the field, in points, as the page is shown. */
  readonly width: number;
  readonly height: number;
}

export interface PictureBox extends Box {
  /** PNG with alpha. */
  readonly png: Uint8Array;
}

export interface HandwritingBox extends Box {
  readonly curves: readonly Curve[];
}

export type SealBox = PictureBox | HandwritingBox;

export class BadSeal extends Error {
  readonly reason: 'picture_unreadable' | 'picture_too_large';
  constructor(reason: BadSeal['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BadSeal';
    this.reason = reason;
  }
}

const maxPixels = 16_000_000;

/** A seal at its true size in the middle of its field, shrunk where the field is smaller, never stretched. */
export function drawSeal(box: SealBox): Promise<Drawing> {
  return 'curves' in box ? drawCurves(box) : drawPicture(box);
}

async function drawPicture({ png, widthMm, heightMm, width, height }: PictureBox): Promise<Drawing> {
  const pixels = pngSize(png);
  if (pixels.width * pixels.height > maxPixels) throw new BadSeal('picture_too_large', 'The picture has more than 16 megapixels.');
  const document = await PDFDocument.create();
  // Four channels of 16 bits and a byte a row, twice for what interlacing adds.
  const unpacked = 2 * pixels.height * (pixels.width * 8 + 1);
  const image = await stillPng(png, unpacked)
    .then((still) => document.embedPng(still))
    .catch((cause: unknown) => {
      throw new BadSeal('picture_unreadable', 'The picture is not a readable PNG.', { cause });
    });
  const scale = Math.min((widthMm * pointsPerMm) / pixels.width, (heightMm * pointsPerMm) / pixels.height, width / pixels.width, height / pixels.height);
  const drawn = { width: pixels.width * scale, height: pixels.height * scale };
  const page = document.addPage([width, height]);
  page.drawImage(image, { x: (width - drawn.width) / 2, y: (height - drawn.height) / 2, ...drawn });
  return { pdf: await document.save() };
}

async function drawCurves({ curves, widthMm, heightMm, width, height }: HandwritingBox): Promise<Drawing> {
  const document = await PDFDocument.create();
  const scale = Math.min(pointsPerMm, width / widthMm, height / heightMm);
  const page = document.addPage([width, height]);
  page.pushOperators(...curveOperators(curves, { scale, x: (width - widthMm * scale) / 2, top: (height + heightMm * scale) / 2 }));
  return { pdf: await document.save() };
}

/** Reads the size from the header (PNG, 11.2.2) before anything is decoded. */
function pngSize(png: Uint8Array): { width: number; height: number } {
  const magic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const isPng = png.length > 57 && magic.every((byte, i) => png[i] === byte) && String.fromCharCode(...png.subarray(12, 16)) === 'IHDR';
  if (!isPng) throw new BadSeal('picture_unreadable', 'The picture is not a PNG.');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  if (size.width === 0 || size.height === 0) throw new BadSeal('picture_unreadable', 'The picture is empty.');
  return size;
}
