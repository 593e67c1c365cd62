import { Inflate, Unzlib, zlibSync } from 'fflate';
import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import type { Work } from './work.js';
import { PdfDict, isArray, isInteger, isName, type PdfObject } from './objects.js';

/** 64 MB for one structural stream: more is a bomb. */
export const MAX_DECODED = 64 << 20;
const INPUT_STEP = 16 << 10;
/** The predictor that adds the row above. */
const UP = 2;

/** Decodes a stream that the engine itself has to read: FlateDecode with predictors, or no filter at all. */
export function decodeStream(raw: Uint8Array, dict: PdfDict, work?: Work): Uint8Array {
  const filters = asList(dict.get('Filter'));
  const parameters = asList(dict.get('DecodeParms'));
  return filters.reduce<Uint8Array>((bytes, filter, index) => {
    if (!isName(filter, 'FlateDecode') && !isName(filter, 'Fl')) throw new PadesError('broken_xref', 'a structural stream has a filter other than FlateDecode');
    return unpredict(inflate(bytes, work), parameters[index] ?? null);
  }, raw);
}

export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes);
}

function inflate(bytes: Uint8Array, work: Work | undefined): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  const collect = (part: Uint8Array) => {
    parts.push(part);
    total += part.length;
    work?.inflated(part.length);
    if (total > MAX_DECODED) throw new PadesError('limit_exceeded', `a structural stream decodes to more than ${MAX_DECODED} bytes`);
  };
  const zlib = ((bytes[0] ?? 0) & 15) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  const inflater = zlib ? new Unzlib(collect) : new Inflate(collect);
  try {
    // In small steps, so that a bomb is noticed before it has gone off.
    for (let at = 0; at < bytes.length || at === 0; at += INPUT_STEP) inflater.push(bytes.subarray(at, at + INPUT_STEP), at + INPUT_STEP >= bytes.length);
  } catch (cause) {
    if (cause instanceof PadesError) throw cause;
    throw new PadesError('broken_xref', 'a structural stream does not inflate', cause);
  }
  return joinBytes(parts);
}

/** Undoes the PNG predictors (ISO 32000-2, 7.4.4.4). */
function unpredict(bytes: Uint8Array, parameters: PdfObject): Uint8Array {
  if (!(parameters instanceof PdfDict)) return bytes;
  const number = (key: string, otherwise: number) => {
    const value = parameters.get(key);
    return isInteger(value) ? value : otherwise;
  };
  const predictor = number('Predictor', 1);
  if (predictor === 1) return bytes;
  if (predictor < 10) throw new PadesError('broken_xref', `predictor ${predictor} in a structural stream`);
  const pixel = Math.max(1, (number('Colors', 1) * number('BitsPerComponent', 8)) >> 3);
  const row = (number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8) + 7) >> 3;
  if (row < 1 || row > MAX_DECODED) throw new PadesError('broken_xref', `a predictor row of ${row} bytes`);
  const rows = Math.ceil(bytes.length / (row + 1));
  const out = new Uint8Array(rows * row);
  for (let y = 0; y < rows; y++) {
    const kind = bytes[y * (row + 1)] ?? 0;
    const from = y * (row + 1) + 1;
    const at = y * row;
    if (kind === UP && y > 0) {
      // What nearly every cross-reference stream has, in every row.
      for (let x = 0; x < row; x++) out[at + x] = (bytes[from + x] ?? 0) + (out[at + x - row] ?? 0);
      continue;
    }
    for (let x = 0; x < row; x++) {
      const left = x >= pixel ? (out[at + x - pixel] ?? 0) : 0;
      const up = y > 0 ? (out[at + x - row] ?? 0) : 0;
      const corner = y > 0 && x >= pixel ? (out[at + x - row - pixel] ?? 0) : 0;
      out[at + x] = (bytes[from + x] ?? 0) + predicted(kind, left, up, corner);
    }
  }
  return out;
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 0:
      return 0;
    case 1:
      return left;
    case UP:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      throw new PadesError('broken_xref', `unknown PNG predictor ${kind}`);
  }
}

function asList(object: PdfObject): readonly PdfObject[] {
  return isArray(object) ? object : object === null ? [] : [object];
}
