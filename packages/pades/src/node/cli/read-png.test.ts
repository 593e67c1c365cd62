import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { readPng } from './read-png.js';

interface Png {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  /** Rows with their filter bytes. */
  readonly rows: readonly (readonly number[])[];
  readonly interlaced?: number;
  readonly extra?: readonly Buffer[];
}

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function png({ width, height, depth, type, rows, interlaced = 0, extra = [] }: Png): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([depth, type, 0, 0, interlaced], 8);
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), ...extra, chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))), chunk('IEND', new Uint8Array())]));
}

const pixels = (options: Png) => [...readPng(png(options)).rgba];

describe('readPng', () => {
  it('refuses what is none, breaks off, or lies about its size', () => {
    const good: Png = { width: 1, height: 1, depth: 8, type: 6, rows: [[0, 1, 2, 3, 4]] };
    expect(pixels(good)).to.deep.equal([1, 2, 3, 4]);
    const wrong = [new Uint8Array(100), png(good).subarray(0, 50), png({ ...good, interlaced: 2 }), png({ ...good, depth: 2 }), png({ ...good, height: 2 }), png({ ...good, rows: [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]] }), png({ ...good, rows: [[9, 1, 2, 3, 4]] }), png({ ...good, width: 100_000, height: 100_000 })];
    for (const bytes of wrong) expect(() => readPng(bytes)).to.throw().with.property('code', 'scratch_invalid');
  });

  it('reads every colour type', () => {
    expect(pixels({ width: 2, height: 1, depth: 8, type: 0, rows: [[0, 7, 9]] })).to.deep.equal([7, 7, 7, 255, 9, 9, 9, 255]);
    expect(pixels({ width: 1, height: 1, depth: 16, type: 2, rows: [[0, 1, 99, 2, 99, 3, 99]] })).to.deep.equal([1, 2, 3, 255]);
    expect(pixels({ width: 1, height: 1, depth: 8, type: 4, rows: [[0, 5, 6]] })).to.deep.equal([5, 5, 5, 6]);
    const palette = [chunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6)), chunk('tRNS', Uint8Array.of(9))];
    expect(pixels({ width: 3, height: 1, depth: 1, type: 3, rows: [[0, 0b01000000]], extra: palette })).to.deep.equal([1, 2, 3, 9, 4, 5, 6, 255, 1, 2, 3, 9]);
  });

  it('reads small depths of gray, and the one colour that is not seen', () => {
    expect(pixels({ width: 4, height: 1, depth: 2, type: 0, rows: [[0, 0b00011011]] }).filter((_, i) => i % 4 === 0)).to.deep.equal([0, 85, 170, 255]);
    expect(pixels({ width: 2, height: 1, depth: 1, type: 0, rows: [[0, 0b01000000]], extra: [chunk('tRNS', Uint8Array.of(0, 1))] })).to.deep.equal([0, 0, 0, 255, 255, 255, 255, 0]);
    const red = [chunk('tRNS', Uint8Array.of(0, 255, 0, 0, 0, 0))];
    expect(pixels({ width: 2, height: 1, depth: 8, type: 2, rows: [[0, 255, 0, 0, 254, 0, 0]], extra: red })).to.deep.equal([255, 0, 0, 0, 254, 0, 0, 255]);
  });

  it('puts the passes of an interlaced picture together', () => {
    // Each pixel bears its place: 10 a row, 1 a column; the passes as ISO/IEC 15948, 8.2 draws them.
    const places = [
      [[0, 0]],
      [[0, 4]],
      [[4, 0], [4, 4]],
      [[0, 2], [4, 2]],
      [[2, 0], [2, 2], [2, 4]],
      [[0, 1], [0, 3], [2, 1], [2, 3], [4, 1], [4, 3]],
      [[1, 0], [1, 1], [1, 2], [1, 3], [1, 4], [3, 0], [3, 1], [3, 2], [3, 3], [3, 4]],
    ] as const;
    const rows = places.flatMap((pass) => {
      const lines = new Map<number, number[]>();
      for (const [y, x] of pass) lines.set(y, [...(lines.get(y) ?? [0]), y * 10 + x]);
      return [...lines.values()];
    });
    const gray = pixels({ width: 5, height: 5, depth: 8, type: 0, interlaced: 1, rows }).filter((_, i) => i % 4 === 0);
    expect(gray).to.deep.equal(Array.from({ length: 25 }, (_, i) => Math.floor(i / 5) * 10 + (i % 5)));
  });

  it('undoes every filter', () => {
    const gray = { width: 3, height: 2, depth: 8, type: 0 } as const;
    const values = (rows: Png['rows']) => pixels({ ...gray, rows }).filter((_, i) => i % 4 === 0);
    expect(values([[1, 10, 1, 1], [2, 1, 1, 1]])).to.deep.equal([10, 11, 12, 11, 12, 13]);
    expect(values([[0, 10, 20, 30], [3, 5, 5, 5]])).to.deep.equal([10, 20, 30, 10, 20, 30]);
    expect(values([[0, 10, 20, 30], [4, 1, 1, 1]])).to.deep.equal([10, 20, 30, 11, 21, 31]);
  });
});
