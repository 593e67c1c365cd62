import SignaturePad, { type PointGroup } from 'signature_pad';
import { inkBox } from './cut-out.js';
import type { SealPicture } from './seal-picture.js';

/** Strokes as they were written, and the width of the pad that they were written on. */
export interface Handwriting {
  readonly strokes: readonly PointGroup[];
  readonly padWidth: number;
}

/** A signature of the pad's whole width would be this wide on paper. */
const padWidthMm = 90;
/** 600 dpi are not needed for strokes of half a millimetre and more. */
const dotsPerMm = 400 / 25.4;

/** The same strokes on a pad of another width. */
export function scaleStrokes(strokes: readonly PointGroup[], scale: number): PointGroup[] {
  return strokes.map((stroke) => ({
    ...stroke,
    dotSize: stroke.dotSize * scale,
    minWidth: stroke.minWidth * scale,
    maxWidth: stroke.maxWidth * scale,
    // Time keeps its pace, so that the speed, which makes the thickness, scales as well.
    points: stroke.points.map((point) => ({ ...point, x: point.x * scale, y: point.y * scale, time: point.time * scale })),
  }));
}

/** Draws the strokes again at print resolution and trims the paper away. */
export function drawHandwriting({ strokes, padWidth }: Handwriting, { padHeight }: { padHeight: number }): SealPicture | undefined {
  const scale = (padWidthMm * dotsPerMm) / padWidth;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(padWidth * scale);
  canvas.height = Math.round(padHeight * scale);
  const pad = new SignaturePad(canvas);
  pad.fromData(scaleStrokes(strokes, scale));
  pad.off();
  const pen = canvas.getContext('2d');
  const box = pen && inkBox(pen.getImageData(0, 0, canvas.width, canvas.height));
  if (!box) return undefined;
  const trimmed = document.createElement('canvas');
  trimmed.width = box.width;
  trimmed.height = box.height;
  trimmed.getContext('2d')?.drawImage(canvas, -box.x, -box.y);
  return { canvas: trimmed, widthMm: box.width / dotsPerMm, heightMm: box.height / dotsPerMm };
}
