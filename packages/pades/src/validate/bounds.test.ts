import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openPdf } from '../pdf/file.js';
import { deflate } from '../pdf/filters.js';
import { codeOf, sign, validate } from '../testing/envelope.js';
import { ONE_PAGE, appendRaw, rawPdf } from '../testing/raw-pdf.js';

/** Each would take minutes, or all memory, if it were done. */
describe('the work that a small file may ask for', function () {
  this.timeout(20_000);

  it('is limited where a cross-reference is made up of rows', async () => {
    const signed = await sign(rawPdf(ONE_PAGE), { create: {} });
    const { startxref } = (await openPdf(bytesSource(signed))).tail;
    const withRows = (rows: number) => {
      const data = deflate(new Uint8Array(rows).fill(1));
      const head = `9 0 obj\n<< /Type /XRef /W [1 0 0] /Index [1000 ${rows}] /Size 1000 /Root 1 0 R /Filter /FlateDecode /Prev ${startxref} /Length ${data.length} >>\nstream\n`;
      return joinBytes([signed, toLatin1(head), data, toLatin1(`\nendstream\nendobj\nstartxref\n${signed.length}\n%%EOF\n`)]);
    };
    const { signatures } = await validate(withRows(200_000));
    expect(signatures[0]?.problems).to.include('unexplained_change');
    expect(await codeOf(validate(withRows(2_000_000)))).to.equal('limit_exceeded');
  });

  it('is limited where validation data inflates again and again', async () => {
    const bomb = fromLatin1(deflate(new Uint8Array(60 << 20)));
    const list = (count: number) => Array.from({ length: count }, (_, i) => `${i + 10} 0 R`).join(' ');
    const bombs = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [i + 10, `<< /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb}\nendstream`]));
    const signed = await sign(rawPdf({ ...ONE_PAGE, ...bombs, 1: `<< /Type /Catalog /Pages 2 0 R /DSS << /Certs [${list(8)} ${'10 0 R '.repeat(500)}] >> >>` }), { create: {} });
    // Not "nothing is known of revocation": what was not read might say something.
    expect(await codeOf(validate(signed))).to.equal('limit_exceeded');
  });

  it('is limited where objects stand in each other', async () => {
    const [first, count] = [10, 10_000];
    const inside = Array.from({ length: count }, (_, i) => first + i);
    const base = fromLatin1(rawPdf({ ...ONE_PAGE, 1: `<< /Type /Catalog /Pages 2 0 R /List [${inside.map((number) => `${number} 0 R`).join(' ')}] >>` }));
    // Each begins inside the string of the one before.
    let [body, rows] = ['', ''];
    for (const number of inside) {
      rows += `${String(base.length + body.length).padStart(10, '0')} 00000 n\r\n`;
      body += `${number} 0 obj (`;
    }
    const end = base.length + body.length + count;
    const previous = /startxref\s+(\d+)/.exec(base.slice(-40))?.[1] ?? '';
    const file = toLatin1(`${base}${body}${')'.repeat(count)}\nxref\n${first} ${count}\n${rows}trailer\n<< /Root 1 0 R /Size ${first + count} /Prev ${previous} >>\nstartxref\n${end + 1}\n%%EOF\n`);
    const signed = await sign(file, { create: {} });
    const { signatures } = await validate(appendRaw(signed, { 3: ONE_PAGE[3] ?? '' }, '/Root 1 0 R /Size 900000'));
    expect(signatures[0]?.problems).to.include('later_revision_unreadable');
  });

  it('is limited where hundreds of fields show signatures', async () => {
    const fields = Array.from({ length: 501 }, (_, i) => i + 10);
    const objects = Object.fromEntries(fields.map((number) => [number, `<< /FT /Sig /T (s${number}) /V 5 0 R >>`]));
    const file = rawPdf({ ...ONE_PAGE, ...objects, 1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields.map((number) => `${number} 0 R`).join(' ')}] >> >>`, 5: '<< /Type /Sig /ByteRange [0 0 0 0] /Contents <00> >>' });
    expect(await codeOf(validate(file))).to.equal('limit_exceeded');
  });
});
