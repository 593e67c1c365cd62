import { inflateSync } from 'node:zlib';
import { PadesError } from '../../errors.js';
import type { Picture } from '../../form/appearance.js';

const SIGNATURE = '89504e470d0a1a0a';
const MOST_PIXELS = 16_000_000;
/** Samples a pixel by colour type (ISO/IEC 15948, 11.2.2). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

/** A PNG of any colour type and depth, interlaced or not. */
export function readPng(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 8).toString('hex') !== SIGNATURE) throw unreadable('it is no PNG');
  const chunks = readChunks(buffer);
  const header = chunks.get('IHDR')?.[0];
  if (header?.length !== 13) throw unreadable('it has no header');
  const [width, height, depth, type, interlaced] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8] ?? 0, header[9] ?? 0, header[12] ?? 0];
  const samples = SAMPLES[type];
  if (!samples || !DEPTHS[type]?.includes(depth) || interlaced > 1) throw unreadable('it has a colour type, depth or interlacing that no PNG has');
  if (width * height === 0 || width * height > MOST_PIXELS) throw unreadable(`${width} × ${height} pixels`);
  const passes = passesOf({ width, height }, interlaced === 1).map((pass) => ({ ...pass, stride: Math.ceil((pass.width * samples * depth) / 8) }));
  const data = inflate(Buffer.concat(chunks.get('IDAT') ?? []), passes.reduce((sum, { stride, height: rows }) => sum + (stride + 1) * rows, 0));
  const format = { type, depth, samples, palette: chunks.get('PLTE')?.[0], transparent: chunks.get('tRNS')?.[0] };
  const rgba = new Uint8Array(width * height * 4);
  let offset = 0;
  for (const { left, top, right, down, stride, ...pass } of passes) {
    const rows = unfilter(data.subarray(offset), { stride, height: pass.height, distance: Math.max(1, (samples * depth) >> 3) });
    offset += (stride + 1) * pass.height;
    for (let y = 0; y < pass.height; y++) {
      const row = rows.subarray(y * stride, (y + 1) * stride);
      for (let x = 0; x < pass.width; x++) rgba.set(pixelOf(row, x, format), ((top + y * down) * width + left + x * right) * 4);
    }
  }
  return { width, height, rgba };
}

interface Pass {
  /** Its first pixel. */
  readonly left: number;
  readonly top: number;
  /** From one of its pixels to the next. */
  readonly right: number;
  readonly down: number;
  readonly width: number;
  readonly height: number;
}

/** Adam7 (8.2): first pixel and steps of each of the seven passes. */
const ADAM7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

function passesOf({ width, height }: { width: number; height: number }, interlaced: boolean): Pass[] {
  const passes = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  return passes
    .map(([left, top, right, down]) => ({ left, top, right, down, width: Math.ceil((width - left) / right), height: Math.ceil((height - top) / down) }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

interface Format {
  readonly type: number;
  readonly depth: number;
  readonly samples: number;
  readonly palette: Buffer | undefined;
  /** Opacities of the palette, or the one colour that is not seen. */
  readonly transparent: Buffer | undefined;
}

function pixelOf(row: Uint8Array, x: number, { type, depth, samples, palette, transparent }: Format): readonly number[] {
  const values = Array.from({ length: samples }, (_, i) => sampleOf(row, x * samples + i, depth));
  const [first = 0] = values;
  if (type === 3) {
    if (!palette || first * 3 + 2 >= palette.length) throw unreadable('a colour is not in its palette');
    return [...palette.subarray(first * 3, first * 3 + 3), transparent?.[first] ?? 255];
  }
  const scaled = values.map((value) => Math.floor((value * 255) / (2 ** depth - 1)));
  if (type === 6) return scaled;
  if (type === 4) return [0, 0, 0, 1].map((i) => scaled[i] ?? 0);
  const hidden = transparent !== undefined && transparent.length >= samples * 2 && values.every((value, i) => value === transparent.readUInt16BE(i * 2));
  const [red = 0, green = red, blue = red] = scaled;
  return [red, green, blue, hidden ? 0 : 255];
}

/** One sample of a row; of 16 bits both octets. */
function sampleOf(row: Uint8Array, index: number, depth: number): number {
  if (depth === 16) return (row[index * 2] ?? 0) * 256 + (row[index * 2 + 1] ?? 0);
  const bit = index * depth;
  return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
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
