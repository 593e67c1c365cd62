import { inflateSync } from 'node:zlib';
import { PadesError } from '../../errors.js';
import type { Picture } from '../../form/appearance.js';

const SIGNATURE = '89504e470d0a1a0a';
const MOST_PIXELS = 16_000_000;
/** Samples a pixel by colour type (ISO/IEC 15948, 11.2.2). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A PNG of any colour type, 8 or 16 bits a sample or a palette, not interlaced. */
export function readPng(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 8).toString('hex') !== SIGNATURE) throw unreadable('it is no PNG');
  const chunks = readChunks(buffer);
  const header = chunks.get('IHDR')?.[0];
  if (header?.length !== 13) throw unreadable('it has no header');
  const [width, height, depth, type, interlaced] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8] ?? 0, header[9] ?? 0, header[12] ?? 0];
  const samples = SAMPLES[type];
  const depthFits = depth === 8 || (depth === 16 && type !== 3) || (type === 3 && [1, 2, 4].includes(depth));
  if (!samples || !depthFits || interlaced !== 0) throw unreadable('it is interlaced, or has a depth that is not read: save it as an 8-bit RGBA PNG');
  if (width * height === 0 || width * height > MOST_PIXELS) throw unreadable(`${width} × ${height} pixels`);
  const stride = Math.ceil((width * samples * depth) / 8);
  const data = inflate(Buffer.concat(chunks.get('IDAT') ?? []), (stride + 1) * height);
  const rows = unfilter(data, { stride, height, distance: Math.max(1, (samples * depth) >> 3) });
  const palette = { colors: chunks.get('PLTE')?.[0], alphas: chunks.get('tRNS')?.[0] };
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * stride, (y + 1) * stride);
    for (let x = 0; x < width; x++) rgba.set(pixelOf(row, x, { type, depth, samples, palette }), (y * width + x) * 4);
  }
  return { width, height, rgba };
}

interface Format {
  readonly type: number;
  readonly depth: number;
  readonly samples: number;
  readonly palette: { readonly colors: Buffer | undefined; readonly alphas: Buffer | undefined };
}

function pixelOf(row: Uint8Array, x: number, { type, depth, samples, palette: { colors, alphas } }: Format): readonly number[] {
  if (type === 3) {
    const bit = x * depth;
    const index = ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    if (!colors || index * 3 + 2 >= colors.length) throw unreadable('a colour is not in its palette');
    return [...colors.subarray(index * 3, index * 3 + 3), alphas?.[index] ?? 255];
  }
  // Of 16 bits the upper eight.
  const sample = (i: number) => row[(x * samples + i) * (depth >> 3)] ?? 0;
  if (type === 0 || type === 4) return [sample(0), sample(0), sample(0), type === 4 ? sample(1) : 255];
  return [sample(0), sample(1), sample(2), type === 6 ? sample(3) : 255];
}

function readChunks(buffer: Buffer): Map<string, Buffer[]> {
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    if (at + 12 + length > buffer.length) throw unreadable('it breaks off');
    const type = buffer.toString('latin1', at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), buffer.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return chunks;
}

function inflate(data: Buffer, expected: number): Uint8Array {
  try {
    const pixels = inflateSync(data, { maxOutputLength: expected });
    if (pixels.length === expected) return pixels;
  } catch (cause) {
    throw unreadable('its pixels do not inflate', cause);
  }
  throw unreadable('it has too few pixels');
}

/** Undoes the filter of each row (9.2). */
function unfilter(data: Uint8Array, { stride, height, distance }: { stride: number; height: number; distance: number }): Uint8Array {
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)] ?? 0;
    if (filter > 4) throw unreadable('a row has an unknown filter');
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= distance ? (rows[at - distance] ?? 0) : 0;
      const up = y > 0 ? (rows[at - stride] ?? 0) : 0;
      const corner = x >= distance && y > 0 ? (rows[at - stride - distance] ?? 0) : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const unreadable = (why: string, cause?: unknown) => new PadesError('scratch_invalid', `the image cannot be read: ${why}`, cause);
