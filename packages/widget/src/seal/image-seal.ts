import { inkBox, removeWhite } from './cut-out.js';
import { dotsPerMm } from './draw-text-seal.js';
import { mostBytes, readImageHeader, type ImageProblem } from './read-image.js';
import type { SealPicture } from './seal-picture.js';

/** Longest side that is worked on: enough for a seal of 60 mm at 600 dpi. */
const mostSide = 1500;

/** Reads a scan of a seal; what it refuses, it refuses by the header, before decoding. */
export async function readScan(file: Blob): Promise<ImageData | ImageProblem> {
  if (file.size > mostBytes) return 'bytes';
  const bytes = new Uint8Array(await file.arrayBuffer());
  const size = readImageHeader(bytes);
  if (typeof size === 'string') return size;
  try {
    // Turned as the camera says (EXIF), which browsers do by themselves; of an animated picture the first frame.
    const bitmap = await createImageBitmap(new Blob([bytes]));
    if (bitmap.width * bitmap.height !== size.width * size.height) return 'broken';
    const shrink = Math.min(1, mostSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * shrink));
    canvas.height = Math.max(1, Math.round(bitmap.height * shrink));
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return 'broken';
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  } catch {
    return 'broken';
  }
}

/** Cuts the seal out of its paper, trims it and gives it its size; `undefined` where nothing is left. */
export function cutOut(scan: ImageData, { threshold, widthMm }: { threshold: number; widthMm: number }): SealPicture | undefined {
  const pixels = new ImageData(new Uint8ClampedArray(scan.data), scan.width, scan.height);
  removeWhite(pixels, threshold);
  const box = inkBox(pixels);
  if (!box) return undefined;
  const whole = document.createElement('canvas');
  whole.width = pixels.width;
  whole.height = pixels.height;
  whole.getContext('2d')?.putImageData(pixels, 0, 0);
  const heightMm = (widthMm * box.height) / box.width;
  const shrink = Math.min(1, (widthMm * dotsPerMm) / box.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(box.width * shrink));
  canvas.height = Math.max(1, Math.round(box.height * shrink));
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(whole, box.x, box.y, box.width, box.height, 0, 0, canvas.width, canvas.height);
  return { canvas, widthMm, heightMm };
}
