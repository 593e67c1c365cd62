import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { ONE_PAGE, appendRaw, rawPdf, type RawObjects, type RawOptions } from '../testing/raw-pdf.js';
import { codeOf } from '../testing/envelope.js';
import { fromLatin1, toLatin1 } from './characters.js';
import { openPdf, type PdfFile } from './file.js';
import { deflate } from './filters.js';
import { PdfRef, PdfStream, PdfString } from './objects.js';
import { readPages } from './pages.js';

const open = (objects: RawObjects, options?: RawOptions) => openPdf(bytesSource(rawPdf(objects, options)));
const text = (object: unknown) => (object instanceof PdfString ? fromLatin1(object.bytes) : object);
const read = async (file: PdfFile, number: number) => text(await file.resolve(new PdfRef(number)));

/** A file whose cross-reference stream and object stream are packed by the PNG predictor "up". */
function packedPdf(): Uint8Array {
  const members = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '(packed)'];
  const numbers = [1, 2, 5];
  let at = 0;
  const head = members.map((member, i) => {
    const entry = `${numbers[i]} ${at}`;
    at += member.length + 1;
    return entry;
  });
  const first = head.join(' ').length + 1;
  const packed = fromLatin1(deflate(toLatin1(`${head.join(' ')}\n${members.join('\n')}`)));
  let file = '%PDF-1.5\n';
  const offsets = [file.length];
  file += '3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n';
  offsets.push(file.length);
  file += `4 0 obj\n<< /Type /ObjStm /N 3 /First ${first} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`;
  const startxref = file.length;
  const rows = [[0, 0, 255], [2, 4, 0], [2, 4, 1], [1, offsets[0] ?? 0, 0], [1, offsets[1] ?? 0, 0], [2, 4, 2], [1, startxref, 0]].map(([a = 0, b = 0, c = 0]) => [a, b >> 8, b & 255, c]);
  const predicted = rows.flatMap((row, y) => [2, ...row.map((value, x) => (value - (rows[y - 1]?.[x] ?? 0)) & 255)]);
  const data = fromLatin1(deflate(Uint8Array.from(predicted)));
  file += `6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >> /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
  return toLatin1(`${file}startxref\n${startxref}\n%%EOF\n`);
}

describe('the reader', () => {
  it('refuses what is no PDF, and a PDF without an end', async () => {
    expect(await codeOf(openPdf(bytesSource(toLatin1('GIF89a'))))).to.equal('not_pdf');
    expect(await codeOf(openPdf(bytesSource(rawPdf(ONE_PAGE).subarray(0, -30))))).to.equal('broken_xref');
  });

  it('refuses a chain of sections that goes round in a circle', async () => {
    const bytes = rawPdf(ONE_PAGE);
    const own = /startxref\n(\d+)/.exec(fromLatin1(bytes))?.[1] ?? '';
    expect(await codeOf(open(ONE_PAGE, { trailer: `/Root 1 0 R /Prev ${own}` }))).to.equal('broken_xref');
  });

  it('refuses an object that is not where the cross-reference says', async () => {
    const shifted = toLatin1(fromLatin1(rawPdf(ONE_PAGE)).replace('3 0 obj', '7 0 obj'));
    const file = await openPdf(bytesSource(shifted));
    expect(await codeOf(file.resolve(new PdfRef(3)))).to.equal('broken_xref');
  });

  it('refuses references and pages that go round in a circle', async () => {
    const references = await open({ ...ONE_PAGE, 4: '5 0 R', 5: '4 0 R' });
    expect(await codeOf(references.resolve(new PdfRef(4)))).to.equal('broken_xref');
    const pages = await open({ ...ONE_PAGE, 3: '<< /Type /Pages /Kids [2 0 R] >>' });
    expect(await codeOf(readPages(pages))).to.equal('broken_xref');
  });

  it('stops a structural stream that inflates without end', async () => {
    const bomb = fromLatin1(deflate(new Uint8Array(70 << 20)));
    const bytes = toLatin1(`%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 2 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`);
    expect(await codeOf(openPdf(bytesSource(bytes)))).to.equal('limit_exceeded');
  });

  it('reads the newest state of an object, and null where there is none', async () => {
    const bytes = appendRaw(rawPdf({ ...ONE_PAGE, 4: '(old)' }), { 4: '(new)' }, '/Size 5 /Root 1 0 R');
    const file = await openPdf(bytesSource(bytes));
    expect(await read(file, 4)).to.equal('new');
    expect(await read(file, 99)).to.equal(null);
    expect(file.sections).to.have.length(2);
  });

  it('finds startxref behind much trailing garbage', async () => {
    const file = await open({ ...ONE_PAGE, 4: '(there)' }, { trailing: '\0garbage'.repeat(20_000) });
    expect(await read(file, 4)).to.equal('there');
    expect(file.tail.trailing).to.equal(160_000);
  });

  it('counts offsets from %PDF- where something stands before it', async () => {
    const file = await open({ ...ONE_PAGE, 4: '(there)' }, { leading: 'HTTP/1.1 200 OK\r\n\r\n' });
    expect(await read(file, 4)).to.equal('there');
    expect(file.input.leading).to.equal(19);
  });

  it('reads tables whose entries are a byte short or that begin at 1', async () => {
    const short = toLatin1(fromLatin1(rawPdf({ ...ONE_PAGE, 4: '(there)' })).replace(/ ([nf])\r\n/g, ' $1\n'));
    expect(await read(await openPdf(bytesSource(short)), 4)).to.equal('there');
    const shifted = toLatin1(fromLatin1(rawPdf({ ...ONE_PAGE, 4: '(there)' })).replace('xref\n0 5', 'xref\n1 5'));
    expect(await read(await openPdf(bytesSource(shifted)), 4)).to.equal('there');
  });

  it('reads cross-reference streams with predictors and objects in object streams', async () => {
    const file = await openPdf(bytesSource(packedPdf()));
    expect(file.sections[0].kind).to.equal('stream');
    expect(await read(file, 5)).to.equal('packed');
    expect(await readPages(file)).to.have.length(1);
  });

  it('reads what a hybrid table hides from old readers', async () => {
    const stream = packedPdf();
    const inStream = fromLatin1(stream);
    const startxref = Number(/startxref\n(\d+)/.exec(inStream)?.[1]);
    const body = inStream.slice(0, inStream.lastIndexOf('startxref'));
    const file = await openPdf(bytesSource(toLatin1(`${body}xref\n0 1\n0000000000 65535 f\r\n5 1\n0000000000 00000 f\r\ntrailer\n<< /Size 7 /Root 1 0 R /XRefStm ${startxref} >>\nstartxref\n${body.length}\n%%EOF\n`)));
    expect(file.sections[0].hybrid).to.not.equal(undefined);
    expect(await read(file, 5)).to.equal('packed');
  });

  it('takes a stream as long as its /Length says, direct or not, and refuses another end', async () => {
    const stream = async (length: string) => {
      const file = await open({ ...ONE_PAGE, 4: `<< /Length ${length} >>\nstream\r\n12345\nendstream`, 5: '5' });
      const object = await file.resolve(new PdfRef(4));
      return object instanceof PdfStream ? fromLatin1(await file.streamBytes(object)) : '';
    };
    expect(await stream('5')).to.equal('12345');
    expect(await stream('5 0 R')).to.equal('12345');
    expect(await codeOf(stream('3'))).to.equal('broken_xref');
  });

  it('takes a reference with another generation for one to nothing, whoever asked before', async () => {
    const file = await open({ ...ONE_PAGE, 4: '(there)' });
    const ask = async (generation: number) => text(await file.resolve(new PdfRef(4, generation)));
    expect([await ask(1), await ask(0), await ask(1)]).to.deep.equal([null, 'there', null]);
  });

  it('reads at once what it reads one by one, and leaves what is broken until it is asked for', async () => {
    const objects = { ...ONE_PAGE, 4: '(there)', 5: `(${'x'.repeat(600_000)})`, 6: '<< /Open', 9: '['.repeat(200), 7: '4 0 R', 8: `<< /Length 3 >>\nstream\nabc\nendstream` };
    const [alone, together] = [await open(objects), await open(objects)];
    await together.loadAll([[0, 20]]);
    for (const number of [1, 2, 3, 4, 5, 7, 8]) expect(await together.resolve(new PdfRef(number)), String(number)).to.deep.equal(await alone.resolve(new PdfRef(number)));
    expect([together.loaded(4), together.loaded(6), together.loaded(9), alone.loaded(4)].map(text)).to.deep.equal(['there', undefined, undefined, 'there']);
    expect(await codeOf(together.resolve(new PdfRef(6)))).to.equal('broken_xref');
    const packed = await openPdf(bytesSource(packedPdf()));
    await packed.loadAll([[0, 7]]);
    expect(text(packed.loaded(5))).to.equal('packed');
  });

  it('refuses cross-reference streams with more rows than bytes', async () => {
    const openWith = (entries: string, data: string) => openPdf(bytesSource(toLatin1(`%PDF-1.5\n1 0 obj\n<< /Type /XRef ${entries} /Root 1 0 R /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`)));
    expect(await codeOf(openWith('/Size 2 /W [1 2 1]', '\0\0\0\0\x01\0\x09\0'))).to.equal(undefined);
    expect(await codeOf(openWith('/Size 2 /W [0 0 0]', ''))).to.equal('broken_xref');
    expect(await codeOf(openWith('/Size 3 /W [1 2 1]', '\0\0\0\0\x01\0\x09\0'))).to.equal('broken_xref');
    expect(await codeOf(openWith('/Size 2 /Index [0 1 90000000 1] /W [1 2 1]', '\0\0\0\0\x01\0\x09\0'))).to.equal('broken_xref');
  });

  it('reads a large file in few small pieces', async () => {
    const padding = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [i + 4, `(${'x'.repeat(300)})`]));
    const bytes = rawPdf({ ...ONE_PAGE, ...padding });
    let [reads, total] = [0, 0];
    const inner = bytesSource(bytes);
    const counting = { length: bytes.length, read: async (offset: number, length: number) => (reads++, (total += length), inner.read(offset, length)) };
    await readPages(await openPdf(counting));
    expect(bytes.length).to.be.greaterThan(900_000);
    expect(reads).to.be.lessThan(40);
    expect(total).to.be.lessThan(50_000);
  });
});
