import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openPdf, resolveDict } from '../pdf/file.js';
import { PdfRef, PdfStream, PdfString } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { codeOf, prepared, sign, signedByContractor, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { repairPdf } from './repair-pdf.js';

const change = (bytes: Uint8Array, from: RegExp, to: string) => toLatin1(fromLatin1(bytes).replace(from, to));
const BROKEN = /startxref\s+\d+/;

describe('repairPdf', () => {
  it('refuses what is no PDF, is encrypted, is signed, or has no pages', async () => {
    expect(await codeOf(repairPdf(new Uint8Array(2000)))).to.equal('not_pdf');
    expect(await codeOf(repairPdf(rawPdf(ONE_PAGE, { trailer: '/Root 1 0 R /Encrypt << /Filter /Standard >>' })))).to.equal('encrypted');
    expect(await codeOf(repairPdf(change(await signedByContractor(await prepared()), /startxref\s+\d+\s+%%EOF\s*$/, '')))).to.equal('locked');
    expect(await codeOf(repairPdf(rawPdf({ 2: ONE_PAGE[2] ?? '' })))).to.equal('broken_xref');
    expect(await codeOf(repairPdf(rawPdf({ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Type /Pages /Kids [] /Count 0 >>' })))).to.equal('broken_xref');
  });

  for (const objectStreams of [false, true]) {
    it(`makes a file that can be signed out of one whose chain is broken (${objectStreams ? 'object streams' : 'table'})`, async () => {
      const broken = change(await samplePdf({ pages: 3, objectStreams }), BROKEN, 'startxref\n7');
      expect(await codeOf(sign(broken, { create: {} }))).to.equal('broken_xref');
      const { bytes, pages, unreadable } = await repairPdf(broken);
      expect([pages, unreadable]).to.deep.equal([3, 0]);
      expect((await validate(await sign(bytes, { create: {} }))).ok).to.equal(true);
    });
  }

  it('reads a file that was cut off, and one with offsets that are all wrong', async () => {
    const whole = await samplePdf();
    for (const broken of [whole.subarray(0, whole.length - 200), joinBytes([toLatin1('%PDF-1.4 and more\n'), whole.subarray(9)])]) {
      const { bytes } = await repairPdf(broken);
      expect(await readPages(await openPdf(bytesSource(bytes)))).to.have.length(2);
    }
  });

  it('takes the last object of each number, and no object inside the data of a stream', async () => {
    const text = fromLatin1(rawPdf({ ...ONE_PAGE, 4: '<< /Length 30 >>\nstream\n3 0 obj (inside) endobj 3 0 ob\nendstream', 5: '(old)' }));
    const { bytes } = await repairPdf(toLatin1(`${text}5 0 obj (new) endobj\nstartxref\n0\n%%EOF`));
    expect(await readPages(await openPdf(bytesSource(bytes)))).to.have.length(1);
    expect(fromLatin1(bytes)).to.contain('(new)').and.not.contain('(old)');
  });

  it('finds the end of a stream whose /Length lies, and keeps what its data says', async () => {
    const { bytes } = await repairPdf(change(rawPdf({ ...ONE_PAGE, 3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>', 4: '<< /Length 5 >>\nstream\nq 1 0 0 1 0 0 cm Q\nendstream' }), BROKEN, 'startxref\n1'));
    const file = await openPdf(bytesSource(bytes));
    const content = await file.resolve((await readPages(file))[0]?.dict.get('Contents') ?? null);
    expect(content instanceof PdfStream && fromLatin1(await file.streamBytes(content))).to.equal('q 1 0 0 1 0 0 cm Q');
  });

  it('gives up on a file of objects that never end', async () => {
    for (const opened of ['1 0 obj(', '1 0 obj<</A(', '1 0 obj<</A[']) {
      expect(await codeOf(repairPdf(joinBytes([rawPdf(ONE_PAGE), toLatin1(opened.repeat(20_000))]))), opened).to.equal('limit_exceeded');
    }
  });

  it('reads malformed dictionaries as viewers do, and says so', async () => {
    const page = '<< /Type /Page garbage /Parent 2 0 R /MediaBox [0 0 (x 300 200] /CropBox [0 0 300 200] ) 7 /Rotate 90 /Contents [4 0 R ] ] >>'.replace('(x', 'x').replace(' ) 7', ' 7');
    const { bytes, pages, repaired } = await repairPdf(change(rawPdf({ ...ONE_PAGE, 3: page, 4: '<< /Length 3 stream\nq Q\nendstream' }), BROKEN, 'startxref\n1'));
    expect(pages).to.equal(1);
    expect(repaired.join()).to.contain('malformed and are read as viewers read them: 2');
    const [first] = await readPages(await openPdf(bytesSource(bytes)));
    expect(first).to.deep.include({ cropBox: [0, 0, 300, 200], rotate: 90 });
  });

  it('gives a file without header one, where a catalog shows that it is a PDF', async () => {
    const { bytes, repaired } = await repairPdf(change(rawPdf(ONE_PAGE), /%PDF-1.7/, ''));
    expect(fromLatin1(bytes.subarray(0, 8))).to.equal('%PDF-1.7');
    expect(repaired).to.include('the header was missing');
  });

  it('is not ended by an endstream in the data, where the length stands in an object of its own', async () => {
    const inner = fromLatin1(rawPdf({ ...ONE_PAGE, 3: '(inner)', 9: '<< /Length 1 >>\nstream\nx\nendstream' }));
    const { bytes } = await repairPdf(change(rawPdf({ ...ONE_PAGE, 9: `<< /Length 10 0 R >>\nstream\n${inner}\nendstream`, 10: String(inner.length) }), /startxref\s+\d+\s+%%EOF\s*$/, ''));
    const file = await openPdf(bytesSource(bytes));
    expect(await readPages(file)).to.have.length(1);
    const stream = await file.resolve(new PdfRef(9));
    expect(stream instanceof PdfStream && fromLatin1(await file.streamBytes(stream))).to.equal(inner);
  });

  it('keeps generations, and points references at what is there', async () => {
    const text = fromLatin1(rawPdf(ONE_PAGE)).replace('3 0 obj', '3 4 obj').replace(BROKEN, 'startxref\n1');
    const file = await openPdf(bytesSource((await repairPdf(toLatin1(text))).bytes));
    expect((await readPages(file))[0]?.ref).to.deep.equal(new PdfRef(3, 4));
  });

  it('keeps the document information, and is not led astray by enormous numbers', async () => {
    const base = rawPdf({ ...ONE_PAGE, 4: '<< /Title (Contract) >>' }, { trailer: '/Root 1 0 R /Info 4 0 R' });
    const { bytes, unreadable } = await repairPdf(joinBytes([base, toLatin1('4000000000 0 obj null endobj\n8000000 7 obj (far) endobj\n')]));
    const file = await openPdf(bytesSource(bytes));
    expect((await resolveDict(file, file.trailer.get('Info')))?.get('Title')).to.be.instanceOf(PdfString);
    expect(unreadable).to.equal(1);
    expect(bytes.length).to.be.lessThan(2000);
  });
});
