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
  it('refuses what is none, breaks off, is interlaced, or lies about its size', () => {
    const good: Png = { width: 1, height: 1, depth: 8, type: 6, rows: [[0, 1, 2, 3, 4]] };
    expect(pixels(good)).to.deep.equal([1, 2, 3, 4]);
    const wrong = [new Uint8Array(100), png(good).subarray(0, 50), png({ ...good, interlaced: 1 }), png({ ...good, depth: 2 }), png({ ...good, height: 2 }), png({ ...good, rows: [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]] }), png({ ...good, rows: [[9, 1, 2, 3, 4]] }), png({ ...good, width: 100_000, height: 100_000 })];
    for (const bytes of wrong) expect(() => readPng(bytes)).to.throw().with.property('code', 'scratch_invalid');
  });

  it('reads every colour type', () => {
    expect(pixels({ width: 2, height: 1, depth: 8, type: 0, rows: [[0, 7, 9]] })).to.deep.equal([7, 7, 7, 255, 9, 9, 9, 255]);
    expect(pixels({ width: 1, height: 1, depth: 16, type: 2, rows: [[0, 1, 99, 2, 99, 3, 99]] })).to.deep.equal([1, 2, 3, 255]);
    expect(pixels({ width: 1, height: 1, depth: 8, type: 4, rows: [[0, 5, 6]] })).to.deep.equal([5, 5, 5, 6]);
    const palette = [chunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6)), chunk('tRNS', Uint8Array.of(9))];
    expect(pixels({ width: 3, height: 1, depth: 1, type: 3, rows: [[0, 0b01000000]], extra: palette })).to.deep.equal([1, 2, 3, 9, 4, 5, 6, 255, 1, 2, 3, 9]);
  });

  it('undoes every filter', () => {
    const gray = { width: 3, height: 2, depth: 8, type: 0 } as const;
    const values = (rows: Png['rows']) => pixels({ ...gray, rows }).filter((_, i) => i % 4 === 0);
    expect(values([[1, 10, 1, 1], [2, 1, 1, 1]])).to.deep.equal([10, 11, 12, 11, 12, 13]);
    expect(values([[0, 10, 20, 30], [3, 5, 5, 5]])).to.deep.equal([10, 20, 30, 10, 20, 30]);
    expect(values([[0, 10, 20, 30], [4, 1, 1, 1]])).to.deep.equal([10, 20, 30, 11, 21, 31]);
  });
});
