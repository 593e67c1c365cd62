import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { bytesSource } from '../byte-source.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { codeOf, prepared, sign, signedByContractor, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf, type RawObjects } from '../testing/raw-pdf.js';
import { inspectPdf } from './inspect-pdf.js';
import { sanitizePdf } from './sanitize-pdf.js';

const drawn: string[] = [];
async function draw({ text, width, height }: { text: string; width: number; height: number }): Promise<{ pdf: Uint8Array }> {
  drawn.push(text);
  const document = await PDFDocument.create();
  document.addPage([width, height]).drawText('drawn', { size: 8 });
  return { pdf: await document.save() };
}
const sanitize = (bytes: Uint8Array) => sanitizePdf(bytesSource(bytes), { draw });
const codes = async (bytes: Uint8Array) => (await inspectPdf(bytesSource(bytes))).findings.map(({ code }) => code);

/** A text field with a value, and what its appearance shows. */
function form(field: string, shown: string, entries = ''): RawObjects {
  const content = `/Tx BMC BT /F 9 Tf (${shown}) Tj ET EMC`;
  return {
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] ${entries} >> >>`,
    2: ONE_PAGE[2] ?? '',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [4 0 R] >>',
    4: `<< /Type /Annot /Subtype /Widget /Rect [10 10 110 30] /F 4 /P 3 0 R /T (a) ${field} >>`,
    5: `<< /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    6: '<< /Idle true >>',
  };
}

describe('sanitizePdf', () => {
  it('refuses to rewrite what is signed', async () => {
    expect(await codeOf(sanitize(await signedByContractor(await prepared())))).to.equal('locked');
  });

  it('removes the scripts of fields and leaves other actions', async () => {
    const scripted = rawPdf(form('/FT /Tx /AA << /K << /S /JavaScript /JS (x) >> /E << /S /Named /N /NextPage >> >> /A << /S /JavaScript /JS (x) >>', ''));
    expect(await codes(scripted)).to.include('javascript');
    const clean = await sanitize(scripted);
    expect(await codes(clean)).to.not.include('javascript');
    expect(fromLatin1(clean)).to.include('/NextPage').and.not.include('/JS');
  });

  it('leaves the scripts of the document, which are refused', async () => {
    const scripted = rawPdf({ ...form('/FT /Tx', ''), 1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> /AcroForm << /Fields [4 0 R] >> >>' });
    expect(await codes(await sanitize(scripted))).to.include('javascript');
  });

  it('draws a value anew that is not the one that is shown, and none that is', async () => {
    const equal = rawPdf(form('/FT /Tx /V (100 yen) /AP << /N 5 0 R >>', '100 yen'));
    expect(await codes(equal)).to.not.include('value_differs');
    drawn.length = 0;
    await sanitize(equal);
    expect(drawn).to.deep.equal([]);

    const differs = rawPdf(form('/FT /Tx /V (900 yen) /AP << /N 5 0 R >>', '100 yen', '/NeedAppearances true'));
    expect(await codes(differs)).to.include.members(['value_differs', 'need_appearances']);
    const clean = await sanitize(differs);
    expect(drawn).to.deep.equal(['900 yen']);
    expect(await codes(clean)).to.not.include.members(['value_differs']).and.not.include.members(['need_appearances']);
  });

  it('draws what is left to viewers', async () => {
    const undrawn = rawPdf(form('/FT /Tx /V (900 yen)', ''));
    expect(await codes(undrawn)).to.include('value_not_drawn');
    expect(await codes(await sanitize(undrawn))).to.not.include('value_not_drawn');
  });

  it('shows the state of a check box that its value names', async () => {
    const ticked = rawPdf(form('/FT /Btn /V /Off /AS /On /AP << /N << /On 5 0 R >> >>', 'x'));
    expect(await codes(ticked)).to.include('value_differs');
    const clean = await sanitize(ticked);
    expect(await codes(clean)).to.not.include('value_differs');
    expect(fromLatin1(clean)).to.match(/\/AS \/Off/);
  });

  it('makes a file that can be signed, with nothing in it to which nothing leads', async () => {
    const clean = await sanitize(rawPdf(form('/FT /Tx /V (x)', '')));
    expect(fromLatin1(clean)).to.not.include('/Idle');
    expect((await validate(await sign(toLatin1(fromLatin1(clean)), { create: {} }))).ok).to.equal(true);
  });
});
