import { expect } from 'chai';
import { inkBox, removeWhite } from './cut-out.js';
import { defaultSealText } from './default-text.js';
import { advanceIn, drawTextSeal } from './draw-text-seal.js';
import { cutOut, readScan } from './image-seal.js';
import { missingGlyphs } from './missing-glyphs.js';
import { readImageHeader } from './read-image.js';
import { layOutSeal, type SealLayout } from './seal-layout.js';
import { charactersOf, type SealText } from './seal-lines.js';

const font = "'Noto Serif JP', 'Noto Serif CJK JP', serif";
const squareSeal: SealText = { text: '株式会社\n山田建設', shape: 'square', direction: 'vertical', suffix: true, sizeMm: 21 };

function placed(layout: SealLayout | undefined): string {
  const columns = new Map<number, string[]>();
  for (const { text, x } of layout?.glyphs ?? []) columns.set(Math.round(x), [...(columns.get(Math.round(x)) ?? []), text]);
  return [...columns.keys()].sort((a, b) => a - b).map((x) => columns.get(x)?.join('')).join('|');
}

describe('a seal from text', () => {
  it('sets lines as columns from right to left, each filling the height', () => {
    const layout = layOutSeal(squareSeal);
    expect(placed(layout)).to.equal('之印|山田建設|株式会社');
    const last = layout?.glyphs.find(({ text }) => text === '印');
    const fourth = layout?.glyphs.find(({ text }) => text === '社');
    expect((last?.y ?? 0) + ((last?.scaleY ?? 0) * 94) / 2).to.be.closeTo(2100 * 0.915, 0.5);
    expect((fourth?.y ?? 0) + ((fourth?.scaleY ?? 0) * 94) / 2).to.be.closeTo(2100 * 0.915, 0.5);
  });

  it('breaks one long line into about as many columns as characters in each', () => {
    expect(placed(layOutSeal({ ...squareSeal, text: '有限会社青葉測量', suffix: false }))).to.equal('測量|社青葉|有限会');
    expect(placed(layOutSeal({ ...squareSeal, text: '青葉市長', suffix: true }))).to.equal('之印|市長|青葉');
  });

  it('sets lines as rows where they run horizontally', () => {
    const rows = layOutSeal({ ...squareSeal, direction: 'horizontal', suffix: false })?.glyphs.map(({ text, y }) => `${text}${y < 1050 ? '上' : '下'}`);
    expect(rows?.join('')).to.equal('株上式上会上社上山下田下建下設下');
  });

  it('stretches no character beyond half or double', () => {
    for (const text of ['一', '一\n二三四五六七八九十百千', '山']) {
      for (const { scaleX, scaleY } of layOutSeal({ ...squareSeal, text, suffix: false })?.glyphs ?? []) expect(scaleX / scaleY).to.be.within(0.499, 2.001);
    }
  });

  it('runs the first line of a round seal clockwise about 12 o’clock, the rest inside', () => {
    const layout = layOutSeal({ text: '株式会社山田建設\n代表取締\n役印', shape: 'round', direction: 'vertical', suffix: false, sizeMm: 18 });
    const turns = layout?.glyphs.slice(0, 8).map(({ turn }) => turn);
    expect(turns).to.deep.equal([-131.25, -93.75, -56.25, -18.75, 18.75, 56.25, 93.75, 131.25]);
    expect(layout?.frames.map(({ kind }) => kind)).to.deep.equal(['ring', 'ring', 'dot']);
    for (const { x, y } of layout?.glyphs.slice(8) ?? []) expect(Math.hypot(x - 900, y - 900)).to.be.below(900 * 0.61);
  });

  it('sets many characters on the ring narrower, so that none touches the next', () => {
    for (const count of [8, 15, 18, 24, 30, 36]) {
      const layout = layOutSeal({ text: `${'建'.repeat(count)}\n代表`, shape: 'round', direction: 'vertical', suffix: false, sizeMm: 18 });
      const [first, second] = layout?.glyphs ?? [];
      const step = (second?.turn ?? 0) - (first?.turn ?? 0);
      const foot = 900 - (first?.y ?? 0) - ((first?.scaleY ?? 0) * 94) / 2;
      expect(((first?.scaleX ?? 0) * 94) / (2 * foot * Math.tan((step * Math.PI) / 360)), String(count)).to.be.below(1.16);
      expect((first?.scaleX ?? 0) / (first?.scaleY ?? 1)).to.be.within(0.499, 1.001);
      if (count <= 15) expect((first?.scaleX ?? 0) * 94).to.be.closeTo(1800 * 0.145, 2);
    }
  });

  it('moves small kana and commas to the upper right in vertical lines only', () => {
    const at = (text: string, direction: SealText['direction']): [number, number] => {
      const [glyph] = layOutSeal({ ...squareSeal, text, suffix: false, direction })?.glyphs ?? [];
      return [Math.sign(Math.round((glyph?.x ?? 0) - 1050)), Math.sign(Math.round((glyph?.y ?? 0) - 1050))];
    };
    for (const text of ['ッ', 'ょ', '、']) expect([at(text, 'vertical'), at(text, 'horizontal')], text).to.deep.equal([[1, -1], [0, 0]]);
    expect(at('ツ', 'vertical')).to.deep.equal([0, 0]);
  });

  it('keeps variation selectors and surrogates with their character', () => {
    expect(charactersOf('髙﨑葛\u{e0100}𠮷田')).to.deep.equal(['髙', '﨑', '葛\u{e0100}', '𠮷', '田']);
  });

  it('turns ー and brackets in vertical lines only', () => {
    const upright = (direction: SealText['direction']): unknown => layOutSeal({ ...squareSeal, text: 'ラー\n（株）', suffix: false, direction })?.glyphs.map((glyph) => glyph.upright);
    expect(upright('vertical')).to.deep.equal(['as-is', 'mirrored', 'turned', 'as-is', 'turned']);
    expect(upright('horizontal')).to.deep.equal(['as-is', 'as-is', 'as-is', 'as-is', 'as-is']);
  });

  it('writes Latin names as one does, with their spaces, where there is no frame', () => {
    const plain: SealText = { text: 'Taro Yamada', shape: 'plain', direction: 'horizontal', suffix: false, sizeMm: 8 };
    const layout = layOutSeal(plain, advanceIn(font)) as SealLayout;
    expect(layout.glyphs.map(({ text }) => text)).to.deep.equal(['Taro Yamada']);
    expect(layout.width, 'far less than an em a letter').to.be.below(800 * 8);
    expect(layOutSeal({ ...plain, text: '山田建設　代表取締役' }, advanceIn(font))?.glyphs.map(({ text }) => text)).to.deep.equal(['山田建設　代表取締役']);
    const [first, , third] = layOutSeal({ ...plain, text: '山田 太郎', direction: 'vertical' })?.glyphs ?? [];
    expect((third?.y ?? 0) - (first?.y ?? 0), 'half an em between the names').to.equal(800 * 2.5);
    // Nothing of a y or an É is cut off.
    const { canvas } = drawTextSeal(layOutSeal({ ...plain, text: 'Éjpy' }, advanceIn(font)) as SealLayout, { font, colour: '#000' });
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const { width, height } = canvas;
    const edges = [[0, 0, width, 1], [0, height - 1, width, 1], [0, 0, 1, height], [width - 1, 0, 1, height]] as const;
    expect(edges.map(([x, y, wide, high]) => Math.max(...pen.getImageData(x, y, wide, high).data.filter((_, at) => at % 4 === 3)))).to.deep.equal([0, 0, 0, 0]);
  });

  it('parts one line at its spaces, and does not tear Latin words', () => {
    expect(placed(layOutSeal({ ...squareSeal, text: '山田建設 代表取締役', suffix: false }))).to.equal('代表取締役|山田建設');
    for (const shape of ['square', 'name'] as const) {
      const rows = layOutSeal({ ...squareSeal, shape, text: 'Taro Yamada' }, advanceIn(font))?.glyphs ?? [];
      expect(rows.map(({ text }) => text).join('|'), shape).to.equal('Taro|Yamada|之|印');
      expect([...rows].slice(0, 3).map(({ y }) => y), 'one below the other').to.satisfy((ys: number[]) => ys.every((y, at) => at === 0 || y > (ys[at - 1] ?? 0)));
      for (const { scaleX, scaleY } of rows) expect(scaleX / scaleY).to.be.within(0.499, 2.001);
    }
    expect(layOutSeal({ ...squareSeal, text: 'NTT\n東日本', suffix: false })?.glyphs.map(({ text }) => text).join('')).to.equal('NTT東日本');
    const turns = layOutSeal({ ...squareSeal, shape: 'round', text: 'Taro Yamada', suffix: false })?.glyphs.map(({ text, turn }) => text + String(Math.round(turn)));
    expect(turns?.slice(2, 6), 'a gap on the ring').to.deep.equal(['r-82', 'o-55', ' -27', 'Y0']);
  });

  it('is nothing without characters, or with too many to be read', () => {
    expect(layOutSeal({ ...squareSeal, text: ' \n　', suffix: false })).to.equal(undefined);
    expect(layOutSeal({ ...squareSeal, text: '山'.repeat(41), suffix: false })).to.equal(undefined);
  });

  it('is drawn at 600 dpi, transparent where there is no ink', () => {
    const layout = layOutSeal(squareSeal) as SealLayout;
    const { canvas, widthMm } = drawTextSeal(layout, { font, colour: '#d7331f' });
    expect(canvas.width / (widthMm / 25.4)).to.be.within(599, 602);
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let [clear, red, other] = [0, 0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      const alpha = pixels[at + 3] ?? 0;
      if (alpha === 0) clear += 1;
      else if (alpha === 255 && Math.abs((pixels[at] ?? 0) - 0xd7) < 4 && Math.abs((pixels[at + 1] ?? 0) - 0x33) < 4) red += 1;
      else if (alpha === 255) other += 1;
    }
    expect(clear / (pixels.length / 4)).to.be.within(0.3, 0.75);
    expect(red / (pixels.length / 4)).to.be.above(0.2);
    expect(other).to.equal(0);
  });

  it('draws each character for itself: 髙 is not 高', () => {
    const ink = (text: string): string => {
      const { canvas } = drawTextSeal(layOutSeal({ ...squareSeal, text, suffix: false }) as SealLayout, { font, colour: '#000' });
      return canvas.toDataURL();
    };
    expect(ink('髙')).not.to.equal(ink('高'));
    expect(ink('𠮷')).not.to.equal(ink('吉'));
  });

  it('names the characters that no font of the device has, and pictures', () => {
    expect(missingGlyphs('株式会社髙﨑𠮷田㈱一口〇・。ー（）1Aァ', font)).to.deep.equal([]);
    expect(missingGlyphs('山\u{10fffd}田😀', font)).to.deep.equal(['\u{10fffd}', '😀']);
  });

  it('suggests the company with its legal form on a line of its own, or the family name', () => {
    expect(defaultSealText({ organization: '株式会社山田建設', name: '山田 太郎' })).to.deep.equal({ text: '株式会社\n山田建設', shape: 'square' });
    expect(defaultSealText({ organization: '青葉測量 有限会社', name: '' }).text).to.equal('青葉測量\n有限会社');
    expect(defaultSealText({ organization: '', name: '山田　太郎' })).to.deep.equal({ text: '山田', shape: 'name' });
  });
});

describe('a seal from a picture', () => {
  /** The first bytes of a PNG that says it is this large. */
  function pngHeader(width: number, height: number): Uint8Array {
    const bytes = new Uint8Array(64);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    new DataView(bytes.buffer).setUint32(16, width);
    new DataView(bytes.buffer).setUint32(20, height);
    return bytes;
  }

  async function scan(type: string): Promise<Blob> {
    const canvas = document.createElement('canvas');
    canvas.width = 200;
    canvas.height = 100;
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    pen.fillStyle = '#f4f2ea';
    pen.fillRect(0, 0, 200, 100);
    pen.fillStyle = '#d7331f';
    pen.fillRect(60, 20, 60, 60);
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob as Blob), type));
  }

  it('refuses SVG, whatever it is called', () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(readImageHeader(svg)).to.equal('type');
  });

  it('refuses more than 5 MB, and more than 16 megapixels by the header alone', () => {
    expect(readImageHeader(new Uint8Array(5 * 1024 * 1024 + 1))).to.equal('bytes');
    expect(readImageHeader(pngHeader(60_000, 60_000))).to.equal('pixels');
    expect(readImageHeader(pngHeader(0, 10))).to.equal('broken');
    expect(readImageHeader(pngHeader(400, 300))).to.deep.equal({ width: 400, height: 300 });
  });

  it('refuses what only begins like a picture', async () => {
    expect(await readScan(new Blob([pngHeader(400, 300) as BlobPart]))).to.equal('broken');
  });

  it('reads the size of PNG, JPEG and WebP from their headers', async () => {
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
      const bytes = new Uint8Array(await (await scan(type)).arrayBuffer());
      expect(readImageHeader(bytes), type).to.deep.equal({ width: 200, height: 100 });
    }
  });

  it('takes the paper away, trims, and keeps the shape', async () => {
    const data = await readScan(await scan('image/jpeg'));
    if (typeof data === 'string') throw new Error(data);
    const picture = cutOut(data, { threshold: 210, widthMm: 15 });
    expect(picture?.widthMm).to.equal(15);
    expect(picture?.heightMm).to.be.within(14.4, 15.6);
    const [red, , , alpha] = picture?.canvas.getContext('2d')?.getImageData(20, 20, 1, 1).data ?? [];
    expect([red, alpha]).to.satisfy(([r, a]: number[]) => (r ?? 0) > 200 && a === 255);
  });

  it('finds nothing on empty paper', async () => {
    const white = new ImageData(50, 50);
    white.data.fill(250);
    expect(cutOut(white, { threshold: 210, widthMm: 15 })).to.equal(undefined);
  });

  it('fades edges instead of cutting them', () => {
    const pixels = { data: new Uint8ClampedArray([0, 0, 0, 255, 186, 186, 186, 255, 230, 230, 230, 255]), width: 3, height: 1 };
    removeWhite(pixels, 210);
    expect([pixels.data[3], pixels.data[7], pixels.data[11]]).to.deep.equal([255, 128, 0]);
    expect(inkBox(pixels)).to.deep.equal({ x: 0, y: 0, width: 2, height: 1 });
  });
});
