import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { breakLines } from '@sky-sign/protocol';
import { drawSeal } from './draw-seal.js';
import { drawText } from './draw-text.js';
import { fontOf } from './font.js';

const font = fontOf(new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'))));
const box = { width: 200, height: 24, fontSize: 11 };
const reason = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'drawn',
    (error: { reason?: string }) => error.reason,
  );

describe('drawings', () => {
  it('refuse characters that the font lacks instead of drawing boxes', async () => {
    for (const text of ['工事 🏗', 'مرحبا', '한국']) expect(await reason(drawText(font, { ...box, text })), text).to.equal('glyph_missing');
    for (const text of ['株式会社髙﨑 𠮷田㈱ ①', '邉󠄀', 'ハ\u309a', 'ﾊﾝｶｸ']) expect(await reason(drawText(font, { ...box, text })), text).to.equal('drawn');
  });

  it('set text smaller where it does not fit, and refuse what never fits', async () => {
    expect(await reason(drawText(font, { ...box, text: '長'.repeat(40) }))).to.equal('drawn');
    expect(await reason(drawText(font, { ...box, text: '長'.repeat(400) }))).to.equal('too_long');
    expect(await reason(drawText(font, { ...box, height: 60, text: '長'.repeat(100), multiline: true }))).to.equal('drawn');
  });

  it('embed only the glyphs that are used', async () => {
    const { pdf } = await drawText(font, { ...box, text: '株式会社髙﨑 𠮷田㈱' });
    expect(pdf.length).to.be.greaterThan(2_000).and.lessThan(20_000);
  });

  it('refuse pictures that are no PNG, broken, or far too many pixels', async () => {
    const header = (width: number, height: number): Uint8Array => {
      const bytes = new Uint8Array(80);
      bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
      new DataView(bytes.buffer).setUint32(16, width);
      new DataView(bytes.buffer).setUint32(20, height);
      bytes.set([8, 6], 24);
      return bytes;
    };
    const seal = { widthMm: 21, heightMm: 21, width: 60, height: 60 };
    expect(await reason(drawSeal({ ...seal, png: new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>') }))).to.equal('picture_unreadable');
    expect(await reason(drawSeal({ ...seal, png: header(10, 10) }))).to.equal('picture_unreadable');
    expect(await reason(drawSeal({ ...seal, png: header(40_000, 40_000) }))).to.equal('picture_too_large');
  });
});

describe('line breaks', () => {
  const measure = (text: string): number => [...text].length;

  it('never begin a line with a closing mark or end one with an opening one', () => {
    const lines = breakLines('あいうえ、お「かきく」けこ。さしすせそ', 5, measure);
    expect(lines.some((line) => /^[、。」]/u.test(line) || /「$/u.test(line))).to.equal(false);
    expect(lines.join('')).to.equal('あいうえ、お「かきく」けこ。さしすせそ');
  });

  it('keep words and amounts whole where they fit, and the paragraphs of the writer', () => {
    expect(breakLines('額は 4,420,000円です', 9, measure)).to.deep.equal(['額は', '4,420,000', '円です']);
    expect(breakLines('一\n\n二', 9, measure)).to.deep.equal(['一', '', '二']);
    expect(breakLines('abcdefghijkl', 5, measure)).to.deep.equal(['abcde', 'fghij', 'kl']);
  });
});
