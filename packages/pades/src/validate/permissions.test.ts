import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { sign, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';

const TEXT = '<< /Type /Annot /Subtype /Widget /FT /Tx /T (note) /Rect [0 0 100 20] /DA (/Helv 9 Tf 0 g) >>';
const form = (lock: string) => ({
  ...ONE_PAGE,
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R 6 0 R] >> >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [4 0 R 5 0 R 6 0 R] >>',
  4: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (first) /Rect [0 0 0 0] ${lock} >>`,
  5: TEXT,
  6: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (second) /Rect [0 0 0 0] >>',
});

/** What the first signature says of a value that was filled in after it. */
async function afterFilling(lock: string): Promise<unknown[]> {
  const signed = await sign(rawPdf(form(lock)), { field: 'first' });
  const filled = signed.length;
  const text = new TextDecoder('latin1').decode(signed);
  const [id = ''] = /\/ID ?\[.*?\]/s.exec(text) ?? [];
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? '';
  const object = `5 0 obj\n${TEXT.replace('/T (note)', '/T (note) /V (paid)')}\nendobj\n`;
  const update = `${object}xref\n5 1\n${String(filled).padStart(10, '0')} 00000 n\r\ntrailer\n<< /Root 1 0 R ${id} /Size 99 /Prev ${previous} >>\nstartxref\n${filled + object.length}\n%%EOF\n`;
  const { signatures: [first] } = await validate(joinBytes([signed, new TextEncoder().encode(update)]));
  return [first?.modification, first?.docmdp, ...(first?.changedFields ?? []), ...(first?.problems ?? [])];
}

describe('what a signature allows', () => {
  it('is filling in, where it says nothing', async () => {
    expect(await afterFilling('')).to.deep.equal(['FORM_FILLING', true, 'note']);
  });

  it('is what the permissions of its lock say', async () => {
    const all = '/Lock << /Type /SigFieldLock /Action /Include /Fields [(first)]';
    expect(await afterFilling(`${all} /P 2 >>`)).to.deep.equal(['FORM_FILLING', true, 'note']);
    expect(await afterFilling(`${all} /P 1 >>`)).to.deep.equal(['FORM_FILLING', false, 'note', 'not_permitted']);
  });

  it('is nothing in the fields that it locks', async () => {
    expect(await afterFilling('/Lock << /Type /SigFieldLock /Action /Include /Fields [(note)] >>')).to.deep.equal(['OTHER', false, 'note', 'locked_field_changed']);
    expect(await afterFilling('/Lock << /Type /SigFieldLock /Action /Exclude /Fields [(note)] >>')).to.deep.equal(['FORM_FILLING', true, 'note']);
    expect(await afterFilling('/Lock << /Type /SigFieldLock /Action /All >>')).to.deep.equal(['OTHER', false, 'note', 'locked_field_changed']);
  });

  it('is signing what was prepared where it certifies, and new fields where it does not', async () => {
    const certified = await sign(rawPdf(form('')), { field: 'first', certify: true });
    const judge = async (bytes: Uint8Array) => (await validate(bytes)).signatures.map(({ modification, problems }) => [modification, ...problems]);
    expect(await judge(await sign(certified, { field: 'second' }))).to.deep.equal([['FORM_FILLING'], ['NONE']]);
    const plain = await sign(rawPdf(form('')), { field: 'first' });
    const visible = joinBytes([plain, await preparePdf(bytesSource(plain), { fields: [{ kind: 'signature', name: 'third', page: 1, rect: [10, 50, 60, 100] }] })]);
    expect(await judge(visible)).to.deep.equal([['FORM_FILLING']]);
  });
});
