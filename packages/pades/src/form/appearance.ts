import { PadesError } from '../errors.js';
import { toLatin1 } from '../pdf/characters.js';
import { deflate } from '../pdf/filters.js';
import { IDENTITY, importDrawing, type Drawing, type Matrix } from '../pdf/import-drawing.js';
import { PdfStream, dict, name, type PdfObject, type PdfRef } from '../pdf/objects.js';
import type { Revision } from '../pdf/revision.js';
import { serializeNumber } from '../pdf/serialize.js';

/** Pixels, four bytes each, row by row from the top left; as large as fits into the field, in its middle. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** Lines by hand as vector paths, in a box that is as large as fits into the field. */
export interface Handwriting {
  readonly width: number;
  readonly height: number;
  /** Points in the box, [x, y], y downwards as on a canvas. */
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
  /** In units of the box. */
  readonly lineWidth: number;
  /** Red, green and blue, 0 to 1; black by default. */
  readonly color?: readonly [number, number, number];
}

export type Appearance = Drawing | Picture | Handwriting;

export interface Place {
  /** As shown, in units of user space. */
  readonly width: number;
  readonly height: number;
  readonly matrix: Matrix;
}

/** What is seen in a widget, as one self-contained form XObject. */
export function drawAppearance(revision: Revision, appearance: Appearance, place: Place): Promise<PdfRef> | PdfRef {
  if ('pdf' in appearance) return importDrawing(revision, appearance, place.matrix);
  return 'rgba' in appearance ? drawPicture(revision, appearance, place) : drawHandwriting(revision, appearance, place);
}

function drawPicture(revision: Revision, { width, height, rgba }: Picture, place: Place): PdfRef {
  const pixels = width * height;
  if (!Number.isInteger(width) || !Number.isInteger(height) || pixels < 1 || rgba.length !== pixels * 4) throw new PadesError('scratch_invalid', `a picture of ${width} × ${height} pixels has ${rgba.length} bytes`);
  const color = new Uint8Array(pixels * 3);
  const alpha = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    color.set(rgba.subarray(i * 4, i * 4 + 3), i * 3);
    alpha[i] = rgba[i * 4 + 3] ?? 255;
  }
  const image = (space: string, data: Uint8Array, mask?: PdfRef) =>
    revision.add(
      new PdfStream(
        dict({ Type: name('XObject'), Subtype: name('Image'), Width: width, Height: height, ColorSpace: name(space), BitsPerComponent: 8, Interpolate: true, SMask: mask, Filter: name('FlateDecode') }),
        deflate(data),
      ),
    );
  const mask = alpha.every((value) => value === 255) ? undefined : image('DeviceGray', alpha);
  const picture = image('DeviceRGB', color, mask);
  const { scale, x, y } = fit({ width, height }, place);
  const content = `q ${numbers(width * scale, 0, 0, height * scale, x, y)} cm /P Do Q`;
  return revision.add(form(content, place, { XObject: dict({ P: picture }) }));
}

function drawHandwriting(revision: Revision, { width, height, strokes, lineWidth, color = [0, 0, 0] }: Handwriting, place: Place): PdfRef {
  const values = [width, height, lineWidth, ...color, ...strokes.flat(2)];
  if (!values.every(Number.isFinite) || width <= 0 || height <= 0) throw new PadesError('scratch_invalid', 'handwriting has a point that is no number');
  const { scale, x, y } = fit({ width, height }, place);
  // From the canvas to the field: y turns over.
  const content = [`q ${numbers(scale, 0, 0, -scale, x, y + height * scale)} cm ${numbers(...color)} RG ${numbers(lineWidth)} w 1 J 1 j`, ...strokes.map(strokePath), 'Q'].join('\n');
  return revision.add(form(content, place, {}));
}

/** A line through the middles between points, curved at the points, so that no corner is seen; a single point is a dot. */
function strokePath(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let [atX, atY] = first;
  const path = [`${numbers(atX, atY)} m`];
  if (rest.length < 2) path.push(`${numbers(...(rest[0] ?? first))} l`);
  else {
    rest.forEach(([x, y], i) => {
      const next = rest[i + 1];
      if (!next) return void path.push(`${numbers(x, y)} l`);
      const [endX, endY] = [(x + next[0]) / 2, (y + next[1]) / 2];
      // A quadratic curve as the cubic one that PDF has.
      path.push(`${numbers(atX + ((x - atX) * 2) / 3, atY + ((y - atY) * 2) / 3, endX + ((x - endX) * 2) / 3, endY + ((y - endY) * 2) / 3, endX, endY)} c`);
      [atX, atY] = [endX, endY];
    });
  }
  return `${path.join(' ')} S`;
}

function fit({ width, height }: { width: number; height: number }, place: Place): { scale: number; x: number; y: number } {
  const scale = Math.min(place.width / width, place.height / height);
  return { scale, x: (place.width - width * scale) / 2, y: (place.height - height * scale) / 2 };
}

/** A form XObject of the size of its place, turned by the place's matrix. */
export function form(content: string, { width, height, matrix }: Place, resources: Readonly<Record<string, PdfObject>>): PdfStream {
  const entries = { Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, width, height], Matrix: matrix === IDENTITY ? undefined : matrix, Resources: dict(resources) };
  return new PdfStream(dict(entries), toLatin1(content));
}

const numbers = (...values: readonly number[]) => values.map((value) => serializeNumber(Math.round(value * 10_000) / 10_000)).join(' ');
