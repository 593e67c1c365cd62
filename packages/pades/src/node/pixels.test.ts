import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import type { Box } from '../pdf/pages.js';
import { sign } from '../testing/envelope.js';
import { japaneseDrawing } from './testing/japanese-drawing.js';
import { outlinedLine } from './testing/outlines.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { sealDrawing, stampDrawing } from '../testing/seal-drawing.js';
import { inFolder, inkDifference, render, run, type Image, type Region } from './testing/tools.js';

/** Poppler smooths letters and outlines differently; only when they are large does the difference vanish. */
const DPI = 1152;
const PIXELS = DPI / 72;
const LINE = { width: 200, height: 20, size: 11 };
const PAGE = { width: 595, height: 842 };

/** Where a widget of LINE's size, as shown, has its /Rect so that it is seen 100 from the left and 200 from the top. */
const SHOWN = { left: 100, top: 200 };
const RECTS: Readonly<Record<number, Box>> = {
  0: [100, PAGE.height - 220, 300, PAGE.height - 200],
  90: [200, 100, 220, 300],
  180: [PAGE.width - 300, 200, PAGE.width - 100, 220],
  270: [PAGE.width - 220, PAGE.height - 300, PAGE.width - 200, PAGE.height - 100],
};

async function filled(rotate: number, text: string): Promise<Uint8Array> {
  const base = await samplePdf({ pages: 1, rotate });
  const fields = [{ kind: 'text', name: 'name', page: 1, rect: RECTS[rotate] ?? [0, 0, 1, 1] }, { kind: 'invisible-signature', name: 'signature' }] as const;
  const ready = joinBytes([base, await preparePdf(bytesSource(base), { fields })]);
  return sign(ready, { field: 'signature', fills: [{ kind: 'text', name: 'name', value: text, appearance: await japaneseDrawing(text, LINE) }] });
}

const inPixels = (left: number, top: number, width: number, height: number): Region => [left * PIXELS, top * PIXELS, width * PIXELS, height * PIXELS];
const FIELD = inPixels(SHOWN.left, SHOWN.top, LINE.width, LINE.height);
const shownField = (file: string) => render(file, { dpi: DPI, region: FIELD });

describe('Japanese in a signed field, as poppler shows it', () => {
  // Against outlines of the glyphs, since text extraction does not notice a glyph that is blank or tofu.
  for (const text of ['株式会社髙﨑 𠮷田㈱', '髙', '﨑', '𠮷', '㈱', '①ｱｲｳ123邉']) {
    it(`is the picture of ${text}`, async () => {
      await inFolder(async (file) => {
        const shown = shownField(file('signed.pdf', await filled(0, text)));
        const reference = render(file('outlines.pdf', await outlinedLine(text, LINE)), { dpi: DPI });
        expect(inkDifference(reference, shown)).to.be.lessThan(0.1);
      });
    });
  }

  it('is not the picture of another name', async () => {
    await inFolder(async (file) => {
      const shown = shownField(file('signed.pdf', await filled(0, '高崎')));
      const reference = render(file('outlines.pdf', await outlinedLine('髙﨑', LINE)), { dpi: DPI });
      expect(inkDifference(reference, shown)).to.be.greaterThan(0.15);
    });
  });

  for (const rotate of [0, 90, 180, 270]) {
    it(`is upright on a page turned by ${rotate}, and taken over from the drawing without loss`, async () => {
      await inFolder(async (file) => {
        const text = '株式会社髙﨑';
        const shown = shownField(file('signed.pdf', await filled(rotate, text)));
        const drawing = render(file('drawing.pdf', (await japaneseDrawing(text, LINE)).pdf), { dpi: DPI });
        expect(inkDifference(drawing, shown)).to.be.lessThan(0.1);
      });
    });

    it(`has the ID upright at the bottom left of a page turned by ${rotate}`, async () => {
      await inFolder(async (file) => {
        const base = await samplePdf({ pages: 1, rotate });
        const stamp = await stampDrawing();
        const stamped = file('stamped.pdf', joinBytes([base, await preparePdf(bytesSource(base), { fields: [], stamp })]));
        const shownHeight = rotate % 180 === 0 ? PAGE.height : PAGE.width;
        const shown = render(stamped, { dpi: DPI, region: inPixels(12, shownHeight - 12 - 10, 200, 10) });
        expect(inkDifference(render(file('stamp.pdf', stamp.pdf), { dpi: DPI }), shown)).to.be.lessThan(0.1);
        expect(run('pdftotext', [stamped, '-']).output).to.contain('0123456789abcdef');
      });
    });
  }

  it('shows a seal and a tick, and nothing in a field that stays blank', async () => {
    await inFolder(async (file) => {
      const base = await samplePdf({ pages: 1 });
      const places = { seal: [100, 600, 160, 660], agree: [200, 600, 220, 620], note: [300, 600, 360, 660], own: [400, 600, 460, 660] } as const;
      const ready = joinBytes([
        base,
        await preparePdf(bytesSource(base), {
          fields: [
            { kind: 'seal', name: 'seal', page: 1, rect: places.seal },
            { kind: 'checkbox', name: 'agree', page: 1, rect: places.agree },
            { kind: 'text', name: 'note', page: 1, rect: places.note },
            { kind: 'signature', name: 'own', page: 1, rect: places.own },
          ],
        }),
      ]);
      const seal = await sealDrawing();
      const fills = [{ kind: 'seal', name: 'seal', appearance: seal }, { kind: 'checkbox', name: 'agree', checked: true }, { kind: 'text', name: 'note', value: '', appearance: undefined }] as const;
      const signed = file('signed.pdf', await sign(ready, { field: 'own', appearance: seal, fills }));
      const at = ([left, bottom, right, top]: Box) => render(signed, { dpi: DPI, region: inPixels(left, PAGE.height - top, right - left, top - bottom) });
      const drawing = render(file('seal.pdf', seal.pdf), { dpi: DPI });
      expect(inkDifference(drawing, at(places.seal))).to.be.lessThan(0.05);
      expect(inkDifference(drawing, at(places.own))).to.be.lessThan(0.05);
      const ink = (image: Image) => image.pixels.reduce((sum, value) => sum + 255 - value, 0);
      expect(ink(at(places.agree))).to.be.greaterThan(10_000);
      expect(ink(at(places.note))).to.equal(0);
    });
  });

  for (const rotate of [0, 90, 180, 270]) {
    it(`shows a picture and handwriting upright in new fields of a page turned by ${rotate}`, async () => {
      await inFolder(async (file) => {
        const base = await samplePdf({ pages: 1, rotate });
        const shownHeight = rotate % 180 === 0 ? PAGE.height : PAGE.width;
        const place = (left: number) => ({ shown: [left, shownHeight - 260, 80, 60] }) as const;
        // Black in the upper left quarter, else transparent; an L whose foot is at the bottom.
        const corner = { width: 40, height: 30, rgba: Uint8Array.from({ length: 40 * 30 * 4 }, (_, i) => (i % 4 === 3 && (i >> 2) % 40 < 20 && (i >> 2) / 40 < 15 ? 255 : 0)) };
        const letter = { width: 80, height: 60, lineWidth: 6, strokes: [[[10, 10], [10, 30], [10, 50]], [[10, 50], [70, 50]]] } as const;
        const signed = file('signed.pdf', await sign(await sign(base, { create: place(100), appearance: corner }), { create: place(300), appearance: letter }));
        const ink = (left: number, top: number) => {
          const image = render(signed, { dpi: 72, region: [left, 200 + top, 16, 16] });
          return image.pixels.reduce((sum, value) => sum + 255 - value, 0) / image.pixels.length / 255;
        };
        expect([ink(110, 8), ink(150, 8), ink(110, 38), ink(150, 38)].map(Math.round)).to.deep.equal([1, 0, 0, 0]);
        expect([ink(302, 22), ink(340, 42), ink(350, 8)].map((value) => value > 0.2)).to.deep.equal([true, true, false]);
      });
    });
  }
});

describe('A stamp on a page whose content leaves the graphics state open', () => {
  const ART = '1 0 0 rg 100 100 40 40 re f';
  const page = (content: string) => rawPdf({ ...ONE_PAGE, 3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents [4 0 R 5 0 R] >>', 4: `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, 5: `<< /Length ${ART.length} >>\nstream\n${ART}\nendstream` });
  // With what it is read as: PDF.js, MuPDF and PDFium pass over a Q too many, poppler draws nothing behind it.
  const contents = {
    'q too many': ['q .5 0 0 .5 20 20 cm q q 0 0 300 100 re W n'],
    'a clip that is never lifted': ['90 90 60 60 re W n'],
    'Q too many, which leave the scale alone': ['1 0 0 1 20 -40 cm Q Q', '1 0 0 1 20 -40 cm'],
    both: ['Q 1 0 0 1 10 0 cm q 2 0 0 2 0 0 cm q Q Q Q q .8 0 0 .8 0 0 cm', '1 0 0 1 10 0 cm .8 0 0 .8 0 0 cm'],
  } as const;

  for (const [kind, [content, readAs = content]] of Object.entries(contents)) {
    it(`is where it belongs, and nothing else has moved: ${kind}`, async () => {
      const [before, same] = [page(content), page(readAs)];
      const stamp = await stampDrawing();
      const stamped = async (base: Uint8Array) => joinBytes([base, await preparePdf(bytesSource(base), { fields: [], stamp })]);
      const [after, plain] = [await stamped(before), await stamped(page(''))];
      await inFolder((file) => {
        const [art, both, alone] = [render(file('before.pdf', same)), render(file('after.pdf', after)), render(file('plain.pdf', plain))];
        // Poppler's rows begin at the top; the stamp keeps to the lowest thirty points.
        const split = 300 * 160;
        expect(Buffer.compare(art.pixels.subarray(0, split), both.pixels.subarray(0, split))).to.equal(0);
        expect(Buffer.compare(alone.pixels.subarray(split), both.pixels.subarray(split))).to.equal(0);
        expect(run('qpdf', ['--check', file('after.pdf')])).to.have.property('status', 0);
      });
    });
  }
});
