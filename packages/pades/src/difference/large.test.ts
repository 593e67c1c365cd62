import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { openPdf } from '../pdf/file.js';
import { ONE_PAGE, appendRaw, rawPdf } from '../testing/raw-pdf.js';
import { sign, validate } from '../testing/envelope.js';

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
});
