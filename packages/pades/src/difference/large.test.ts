import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { toLatin1 } from '../pdf/characters.js';
import { openPdf } from '../pdf/file.js';
import { deflate } from '../pdf/filters.js';
import { ONE_PAGE, appendRaw, rawPdf } from '../testing/raw-pdf.js';
import { codeOf, sign, validate } from '../testing/envelope.js';

describe('very large lists in a later revision', function () {
  this.timeout(60_000);

  it('end in a verdict', async () => {
    const many = Array.from({ length: 300_000 }, (_, i) => `${i % 7} 0 R`).join(' ');
    const signed = await sign(rawPdf({ ...ONE_PAGE, 1: '<< /Type /Catalog /Pages 2 0 R /List 4 0 R >>', 4: `[${many}]` }), { create: {} });
    const trailer = `/Root 1 0 R /Size ${(await openPdf(bytesSource(signed))).size + 900}`;
    const { ok, signatures } = await validate(appendRaw(signed, { 4: `[${many} 900 0 R]`, 900: `[${many}]` }, trailer));
    expect(ok).to.equal(false);
    expect(signatures[0]?.modification).to.equal('OTHER');
  });

  it('are not looked through where a cross-reference is made up of them', async () => {
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
});
