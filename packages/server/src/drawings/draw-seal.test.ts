import { deflateSync } from 'node:zlib';
import { handwritingSeal, mostCurves, seal } from '@sky-sign/protocol';
import type { Curve } from '@sky-sign/protocol';
import { expect } from 'chai';
import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import * as v from 'valibot';
import { mutate, randomOf } from '../testing/mutate.js';
import { BadSeal, drawSeal } from './draw-seal.js';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The checksum is left out: decoders of ours do not look at it. */
function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}
function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
}
const header = (width: number, height: number): Buffer => chunk('IHDR', Buffer.concat([numbers(width, height), Buffer.from([8, 6, 0, 0, 0])]));
const pixels = (width: number, height: number): Buffer => deflateSync(Buffer.alloc(height * (width * 4 + 1), 0));
const png = (...chunks: readonly Buffer[]): Uint8Array => new Uint8Array(Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))]));
const draw = (bytes: Uint8Array) => drawSeal({ png: bytes, widthMm: 21, heightMm: 21, width: 60, height: 60 });
const reasonOf = (bytes: Uint8Array): Promise<string> => draw(bytes).then(
  () => 'drawn',
  (error: unknown) => (error instanceof BadSeal ? error.reason : String(error)),
);

describe('drawSeal', () => {
  it('refuses a small file that unpacks to a thousand times the size of its picture', async () => {
    expect(await reasonOf(png(header(1, 1), chunk('IDAT', deflateSync(Buffer.alloc(50_000_000)))))).to.equal('picture_unreadable');
  });

  it('refuses what is no PNG by its first bytes, whatever it is called', async () => {
    const others = ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'GIF89a', '\xff\xd8\xff\xe0\0\x10JFIF', 'RIFF\0\0\0\0WEBP', '%PDF-1.7', ''];
    for (const other of others) expect(await reasonOf(Buffer.from(other.padEnd(200), 'latin1')), other).to.equal('picture_unreadable');
    expect(await reasonOf(png(header(0, 10), chunk('IDAT', pixels(1, 1))))).to.equal('picture_unreadable');
  });

  it('refuses more than 16 megapixels by the header, before anything is unpacked', async () => {
    expect(await reasonOf(png(header(4001, 4000), chunk('IDAT', Buffer.from('these are no pixels, and long enough'))))).to.equal('picture_too_large');
    expect(await reasonOf(png(header(0xffffffff, 0xffffffff), chunk('IDAT', pixels(1, 1))))).to.equal('picture_too_large');
  });

  it('keeps pixels and nothing else of the file', async () => {
    const secret = chunk('tEXt', Buffer.from('Comment\0taken at home'));
    const { pdf } = await draw(png(header(40, 40), secret, chunk('eXIf', Buffer.from('35.6895N')), chunk('IDAT', pixels(40, 40))));
    const streams = (await PDFDocument.load(pdf)).context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [Buffer.from(object.contents)] : []));
    for (const words of ['taken at home', '35.6895N', 'tEXt']) expect(Buffer.concat([...streams, Buffer.from(pdf)]).includes(words), words).to.equal(false);
  });

  it('refuses what is cut off, or packed in another way', async () => {
    const whole = png(header(40, 40), chunk('IDAT', pixels(40, 40)));
    expect(await reasonOf(whole.subarray(0, whole.length - 20))).to.equal('picture_unreadable');
    expect(await reasonOf(png(header(40, 40), chunk('IDAT', Buffer.from('these are no pixels, and long enough'))))).to.equal('picture_unreadable');
  });

  it('draws the one picture of a file with a thousand frames, and makes none of them', async () => {
    const frame = (i: number): Buffer[] => [
      chunk('fcTL', Buffer.concat([numbers(i * 2, 1, 1, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])])),
      chunk('fdAT', Buffer.concat([numbers(i * 2 + 1), pixels(1, 1)])),
    ];
    const frames = Array.from({ length: 1000 }, (_, i) => frame(i)).flat();
    const animated = png(header(1500, 1000), chunk('acTL', numbers(1000, 0)), chunk('IDAT', pixels(1500, 1000)), ...frames);
    const { pdf } = await draw(animated);
    const images = (await PDFDocument.load(pdf)).context.enumerateIndirectObjects().filter(([, object]) => object instanceof PDFRawStream && object.dict.get(PDFName.of('Width'))?.toString() === '1500');
    expect(images.length).to.be.greaterThan(0);
  });
});

describe('drawSeal by hand', () => {
  const curve: Curve = [0.72, 0.5, 6.1, 3.2, 1.4, 7.8, 0.6, 9.4, 4.2];
  const dot: Curve = [0.9, 15, 3.1, 15, 3.1, 15, 3.1, 15, 3.1];
  const written = { fieldId: 'f', kind: 'handwriting', curves: [curve, dot], widthMm: 20, heightMm: 10 };
  const contentOf = async ({ pdf }: { pdf: Uint8Array }): Promise<string> => {
    const streams = (await PDFDocument.load(pdf)).context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []));
    return streams.map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')).find((text) => text.includes(' w\n')) ?? '';
  };

  it('draws each curve as a path with its own width and round ends, and no pixels', async () => {
    const drawing = await drawSeal({ ...written, curves: [curve, dot], width: 100, height: 100 });
    const content = await contentOf(drawing);
    expect(content).to.match(/1 J\n0\.72 w\n0\.5 6\.1 m\n3\.2 1\.4 7\.8 0\.6 9\.4 4\.2 c\nS\n0\.9 w\n15 3\.1 m\n15\.001 3\.1 l\nS\n/u);
    expect(Buffer.from(drawing.pdf).includes('/Image')).to.equal(false);
  });

  it('draws at true size in the middle of the field, shrunk where the field is smaller', async () => {
    const matrix = async (width: number, height: number): Promise<number[]> =>
      (/([-\d. ]+) cm/u.exec(await contentOf(await drawSeal({ ...written, curves: [curve], width, height })))?.[1] ?? '').trim().split(' ').map(Number);
    const mm = 72 / 25.4;
    const close = (found: number[], wanted: number[]): void => found.forEach((value, i) => expect(value).to.be.closeTo(wanted[i] ?? NaN, 0.001));
    close(await matrix(100, 100), [mm, 0, 0, -mm, 50 - 10 * mm, 50 + 5 * mm]);
    close(await matrix(40, 100), [2, 0, 0, -2, 0, 60]);
  });

  it('never meets numbers that are none, lines outside their box, or too many of them: the shape refuses them', () => {
    const refused: unknown[] = [
      { ...written, curves: [] },
      { ...written, curves: [curve.slice(0, 8)] },
      { ...written, curves: [[...curve, 1]] },
      ...[NaN, Infinity, -Infinity, 1e9, -1e9, null, '1', '1 0 0 RG', [1]].map((value) => ({ ...written, curves: [[0.7, 1, 1, 1, 1, value, 1, 1, 1]] })),
      ...[0, -1, 1e9, NaN, '0'].map((value) => ({ ...written, curves: [[value, 1, 1, 1, 1, 1, 1, 1, 1]] })),
      { ...written, curves: [[0.7, 1, 31, 1, 1, 1, 1, 1, 1]] },
      { ...written, curves: Array.from({ length: mostCurves + 1 }, () => curve) },
      { ...written, widthMm: 1e6 },
      { ...written, heightMm: 0 },
      { ...written, curves: undefined, png: 'AAAA' },
      { ...written, kind: 'image' },
    ];
    expect(refused.filter((each) => v.is(seal, each))).to.deep.equal([]);
    expect(v.is(seal, written)).to.equal(true);
    expect(v.is(seal, { ...written, curves: Array.from({ length: mostCurves }, () => curve) })).to.equal(true);
  });

  it('draws whatever the shape takes, quickly: two thousand mutations', async function () {
    this.timeout(30_000);
    const random = randomOf(20_261_122);
    let drawn = 0;
    for (let round = 0; round < 2000; round += 1) {
      let hostile: unknown = written;
      for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) hostile = mutate(hostile, random);
      if (!v.is(handwritingSeal, hostile)) continue;
      drawn += 1;
      const began = performance.now();
      await drawSeal({ ...hostile, width: 68, height: 68 });
      expect(performance.now() - began, JSON.stringify(hostile)).to.be.lessThan(2000);
    }
    expect(drawn).to.be.greaterThan(100);
  });
});
