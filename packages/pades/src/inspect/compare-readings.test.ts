import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { prepared, signedByCity, signedByContractor } from '../testing/envelope.js';
import { appendRaw, ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { compareReadings } from './compare-readings.js';

const codes = async (bytes: Uint8Array) => (await compareReadings(bytesSource(bytes))).map(({ code }) => code);
const other = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>';

describe('compareReadings', () => {
  it('finds nothing in files with one reading, revisions and signatures included', async () => {
    const signed = await signedByCity(await signedByContractor(await prepared()));
    for (const bytes of [rawPdf(ONE_PAGE), rawPdf(ONE_PAGE, { leading: 'junk\n', trailing: 'junk' }), appendRaw(rawPdf(ONE_PAGE), { 3: other }, '/Root 1 0 R /Size 4'), await samplePdf(), await samplePdf({ objectStreams: true }), signed]) {
      expect(await codes(bytes)).to.deep.equal([]);
    }
  });

  it('refuses an object that is there twice where the cross-reference leads to the first', async () => {
    const text = fromLatin1(rawPdf(ONE_PAGE));
    const [table = 0, shadow] = [text.indexOf('xref\n0 '), `3 0 obj\n${other}\nendobj\n`];
    const shadowed = (text.slice(0, table) + shadow + text.slice(table)).replace(/startxref\s+\d+/, `startxref\n${String(table + shadow.length)}`);
    expect(await codes(toLatin1(shadowed))).to.deep.equal(['two_readings']);
  });

  it('refuses an object that the cross-reference finds inside of a stream', async () => {
    const text = fromLatin1(rawPdf({ ...ONE_PAGE, 4: `<< /Length 70 >>\nstream\n${`3 0 obj ${other} endobj`.padEnd(90)}\nendstream` }).map((byte) => byte));
    const inside = text.lastIndexOf('3 0 obj');
    const entries = [...text.matchAll(/^\d{10} 00000 n/gm)];
    const third = entries[2]?.index ?? 0;
    const moved = text.slice(0, third) + String(inside).padStart(10, '0') + text.slice(third + 10);
    expect(await codes(toLatin1(moved.replace('/Length 70', '/Length 90')))).to.include('two_readings');
  });

  it('refuses a revision that the chain passes by', async () => {
    const base = rawPdf(ONE_PAGE);
    const first = /startxref\s+(\d+)/.exec(fromLatin1(base))?.[1] ?? '';
    const revised = fromLatin1(appendRaw(base, { 3: other }, '/Root 1 0 R /Size 4'));
    expect(await codes(toLatin1(`${revised}\nstartxref\n${first}\n%%EOF\n`))).to.include('two_readings');
  });

  it('refuses a signature that no field shows', async () => {
    const hidden = { ...ONE_PAGE, 4: '<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>' };
    expect(await codes(rawPdf(hidden))).to.include('two_readings');
    expect(await codes(rawPdf({ ...hidden, 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>', 5: '<< /T (a) /FT /Sig /V 4 0 R >>' }))).to.deep.equal([]);
  });

  it('refuses a hybrid file whose two tables name two places, and takes one whose tables agree', async () => {
    const hybrid = (place: (offset: number) => number): Uint8Array => {
      const objects = { ...ONE_PAGE, 4: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>` };
      const plain = fromLatin1(rawPdf(objects));
      const table = plain.indexOf('\nxref') + 1;
      const offset = plain.indexOf('3 0 obj');
      const row = String.fromCharCode(1, place(offset) >> 8, place(offset) & 255, 0);
      const stream = `5 0 obj\n<< /Type /XRef /Size 6 /W [1 2 1] /Index [3 1] /Length 4 >>\nstream\n${row}\nendstream\nendobj\n`;
      return toLatin1(plain.slice(0, table) + stream + plain.slice(table).replace('/Root', `/XRefStm ${String(table)} /Root`).replace(/startxref\s+\d+/, `startxref\n${String(table + stream.length)}`));
    };
    expect(await codes(hybrid((offset) => offset))).to.not.include('two_readings');
    expect(await codes(hybrid((offset) => offset + 400))).to.include('two_readings');
  });

  it('tells of objects to which nothing leads', async () => {
    expect(await codes(rawPdf({ ...ONE_PAGE, 4: '<< /Idle true >>' }))).to.deep.equal(['unreachable_objects']);
  });
});
