import { expect } from 'chai';
import { cutOut, readScan } from './image-seal.js';
import { mostBytes } from './read-image.js';

type Paint = (pen: CanvasRenderingContext2D) => void;

async function painted(type: string, paint: Paint, [width, height] = [60, 40]): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width ?? 0;
  canvas.height = height ?? 0;
  paint(canvas.getContext('2d') as CanvasRenderingContext2D);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob as Blob), type, 0.95));
}

const fill =
  (colour: string): Paint =>
  (pen) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  };
const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());
const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const big = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = concat(text(type), data);
  return concat(Uint8Array.from(big(data.length)), named, Uint8Array.from(big(crc(named))));
}

/** The chunks of a PNG by type; IDAT joined. */
function chunksOf(png: Uint8Array): Map<string, Uint8Array> {
  const chunks = new Map<string, Uint8Array>();
  const view = new DataView(png.buffer);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    chunks.set(type, concat(chunks.get(type) ?? new Uint8Array(), png.subarray(at + 8, at + 8 + view.getUint32(at))));
  }
  return chunks;
}

const magic = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function deflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return bytesOf(await new Response(new Blob([data]).stream().pipeThrough(new CompressionStream('deflate'))).blob());
}

/** The colour in the middle of a scan, or why there is none. */
async function middle(file: Blob): Promise<readonly number[] | string> {
  const scan = await readScan(file);
  if (typeof scan === 'string') return scan;
  const at = (Math.floor(scan.height / 2) * scan.width + Math.floor(scan.width / 2)) * 4;
  return [...scan.data.subarray(at, at + 3)];
}
const isRed = (colour: readonly number[] | string): boolean => typeof colour !== 'string' && (colour[0] ?? 0) > 200 && (colour[2] ?? 255) < 60;

describe('pictures from strangers', () => {
  it('are refused by what they are, not by what they are called', async () => {
    const others = { svg: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', html: '<!doctype html><img>', pdf: '%PDF-1.7', gif: 'GIF89a\x01\x00\x01\x00', bmp: 'BM\x36\x00', heic: '\0\0\0\x18ftypheic', empty: '' };
    for (const [name, words] of Object.entries(others)) expect(await readScan(new File([words.padEnd(40)], `${name}.png`, { type: 'image/png' })), name).to.equal('type');
    const png = await painted('image/png', fill('#d7331f'));
    expect(isRed(await middle(new File([png], 'seal.svg', { type: 'image/svg+xml' }))), 'a PNG with a wrong name').to.equal(true);
  });

  it('are not even read where they have more than 5 MB', async () => {
    const huge = new File([new Uint8Array(mostBytes + 1)], 'huge.png');
    Object.defineProperty(huge, 'arrayBuffer', { value: () => Promise.reject(new Error('It was read.')) });
    expect(await readScan(huge)).to.equal('bytes');
  });

  it('are refused by their header where they would take gigabytes to decode', async () => {
    const header = (width: number, height: number) => chunk('IHDR', Uint8Array.from([...big(width), ...big(height), 8, 6, 0, 0, 0]));
    const pixels = chunk('IDAT', await deflate(new Uint8Array(100_000)));
    for (const [width, height] of [[60_000, 60_000], [16_001, 1000], [0x7fffffff, 1]]) expect(await readScan(new Blob([concat(magic, header(width ?? 0, height ?? 0), pixels)])), String(width)).to.equal('pixels');
    const jpeg = concat(Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]), new Uint8Array(40));
    expect(await readScan(new Blob([jpeg]))).to.equal('pixels');
    const webp = concat(text('RIFF'), Uint8Array.from(little(40, 4)), text('WEBPVP8X'), Uint8Array.from([...little(10, 4), 0, 0, 0, 0, ...little(16382, 3), ...little(16382, 3)]), new Uint8Array(20));
    expect(await readScan(new Blob([webp]))).to.equal('pixels');
  });

  it('unpack to no more than their header says', async () => {
    const bomb = concat(magic, chunk('IHDR', Uint8Array.from([...big(10), ...big(10), 8, 6, 0, 0, 0])), chunk('IDAT', await deflate(new Uint8Array(40_000_000))), chunk('IEND', new Uint8Array()));
    expect(bomb.length).to.be.below(60_000);
    const began = performance.now();
    const scan = await readScan(new Blob([bomb]));
    expect(performance.now() - began).to.be.below(3000);
    if (typeof scan === 'string') expect(scan).to.equal('broken');
    else expect([scan.width, scan.height]).to.deep.equal([10, 10]);
  });

  it('are refused where they are cut off before their pixels', async () => {
    for (const type of ['image/png', 'image/jpeg']) {
      const bytes = await bytesOf(await painted(type, fill('#d7331f')));
      expect(await readScan(new Blob([bytes.subarray(0, 36)])), type).to.equal('broken');
    }
  });

  it('stand as the camera held them', async () => {
    const upper: Paint = (pen) => {
      fill('#fff')(pen);
      pen.fillStyle = '#d7331f';
      pen.fillRect(0, 0, 60, 20);
    };
    const jpeg = await bytesOf(await painted('image/jpeg', upper));
    // TIFF header, one entry: orientation (0x0112) 6: to be turned right by a quarter.
    const exif = concat(text('Exif\0\0MM'), Uint8Array.from([0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]));
    const turned = concat(jpeg.subarray(0, 2), Uint8Array.from([0xff, 0xe1, 0, exif.length + 2]), exif, jpeg.subarray(2));
    const scan = await readScan(new Blob([turned]));
    if (typeof scan === 'string') throw new Error(scan);
    expect([scan.width, scan.height]).to.deep.equal([40, 60]);
    const picture = cutOut(scan, { threshold: 210, widthMm: 10 });
    // What was the upper half is the right half now: 20 × 60.
    expect(picture?.heightMm).to.be.within(27, 33);
    const at = (x: number): number => scan.data[(30 * scan.width + x) * 4 + 2] ?? 0;
    expect(at(5)).to.be.above(200);
    expect(at(35)).to.be.below(80);
  });

  it('that move stand still: the first frame of an animated PNG', async () => {
    const [first, second] = [chunksOf(await bytesOf(await painted('image/png', fill('#d7331f')))), chunksOf(await bytesOf(await painted('image/png', fill('#0017c1'))))];
    const control = (sequence: number) => chunk('fcTL', Uint8Array.from([...big(sequence), ...big(60), ...big(40), ...big(0), ...big(0), 0, 1, 0, 50, 0, 0]));
    const none = new Uint8Array();
    const animated = concat(
      magic, chunk('IHDR', first.get('IHDR') ?? none), chunk('acTL', Uint8Array.from([...big(2), ...big(0)])),
      control(0), chunk('IDAT', first.get('IDAT') ?? none), control(1), chunk('fdAT', concat(Uint8Array.from(big(2)), second.get('IDAT') ?? none)), chunk('IEND', none),
    );
    expect(isRed(await middle(new Blob([animated])))).to.equal(true);
  });

  it('that move stand still: the first frame of an animated WebP', async function () {
    const stills = await Promise.all(['#d7331f', '#0017c1'].map((colour) => painted('image/webp', fill(colour))));
    if (stills.some(({ type }) => type !== 'image/webp')) return this.skip();
    const frames = await Promise.all(stills.map(async (still) => {
      const data = (await bytesOf(still)).subarray(12);
      const at = indexOf(data, 'VP8 ');
      const bitstream = data.subarray(at, at + 8 + new DataView(data.buffer, data.byteOffset + at + 4).getUint32(0, true));
      const frame = concat(Uint8Array.from([...little(0, 3), ...little(0, 3), ...little(59, 3), ...little(39, 3), ...little(50, 3), 0]), bitstream, new Uint8Array(bitstream.length % 2));
      return concat(text('ANMF'), Uint8Array.from(little(frame.length, 4)), frame);
    }));
    const body = concat(text('WEBPVP8X'), Uint8Array.from([...little(10, 4), 2, 0, 0, 0, ...little(59, 3), ...little(39, 3)]), text('ANIM'), Uint8Array.from([...little(6, 4), 255, 255, 255, 255, 0, 0]), ...frames);
    expect(isRed(await middle(new Blob([concat(text('RIFF'), Uint8Array.from(little(body.length, 4)), body)])))).to.equal(true);
  });

  it('keep nothing but their pixels', async () => {
    const jpeg = await bytesOf(await painted('image/jpeg', fill('#d7331f')));
    const secret = text('taken at home, 35.6895N');
    const told = concat(jpeg.subarray(0, 2), Uint8Array.from([0xff, 0xfe, 0, secret.length + 2]), secret, jpeg.subarray(2));
    const scan = await readScan(new Blob([told]));
    if (typeof scan === 'string') throw new Error(scan);
    const picture = cutOut(scan, { threshold: 240, widthMm: 10 });
    const png = await new Promise<Blob>((resolve) => picture?.canvas.toBlob((blob) => resolve(blob as Blob)));
    expect(await png.text()).to.not.include('taken at home');
  });
});

function indexOf(bytes: Uint8Array, words: string): number {
  return String.fromCharCode(...bytes).indexOf(words);
}
