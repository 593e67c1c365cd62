import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { prepared, signedByCity, signedByContractor } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf, type RawObjects, type RawOptions } from '../testing/raw-pdf.js';
import { inspectPdf } from './inspect-pdf.js';

const inspect = (objects: RawObjects, options?: RawOptions) => inspectPdf(bytesSource(rawPdf({ ...ONE_PAGE, ...objects }, options)));
const catalog = (entries: string): RawObjects => ({ 1: `<< /Type /Catalog /Pages 2 0 R ${entries} >>` });
const page = (entries: string): RawObjects => ({ 3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] ${entries} >>` });
const annotation = (entries: string): RawObjects => page(`/Annots [<< /Type /Annot /Rect [0 0 9 9] ${entries} >>]`);

const REFUSED: readonly (readonly [code: string, what: string, objects: RawObjects])[] = [
  ['javascript', 'JavaScript on opening', catalog('/OpenAction << /S /JavaScript /JS (app.alert) >>')],
  ['javascript', 'JavaScript by name', catalog('/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>')],
  ['javascript', 'JavaScript in a rendition', annotation('/A << /S /Rendition /JS (x) >>')],
  ['javascript', 'JavaScript behind another action', annotation('/A << /S /URI /URI (https://example.org) /Next [<< /S /JavaScript /JS (x) >>] >>')],
  ['javascript', 'a calculating field', catalog('/AcroForm << /Fields [<< /T (a) /FT /Tx /AA << /C << /S /JavaScript /JS (x) >> >> >>] >>')],
  ['javascript', 'JavaScript when a page is opened', page('/AA << /O << /S /JavaScript /JS (x) >> >>')],
  ['launch', 'a program', annotation('/Subtype /Link /A << /S /Launch /F (x.exe) >>')],
  ['remote_goto', 'another file', annotation('/Subtype /Link /A << /S /GoToR /F (x.pdf) /D [0 /Fit] >>')],
  ['embedded_goto', 'an embedded file', annotation('/Subtype /Link /A << /S /GoToE /D [0 /Fit] >>')],
  ['submit_form', 'a form that is sent', annotation('/Subtype /Widget /A << /S /SubmitForm /F (https://example.org) >>')],
  ['import_data', 'a form that is filled from outside', annotation('/A << /S /ImportData /F (x.fdf) >>')],
  ['set_ocg_state', 'an action that switches layers', annotation('/A << /S /SetOCGState /State [] >>')],
  ['rich_media', 'a rich media annotation', annotation('/Subtype /RichMedia')],
  ['three_d', 'a 3D annotation', annotation('/Subtype /3D')],
  ['movie', 'a movie', annotation('/Subtype /Movie')],
  ['sound', 'a sound', annotation('/Subtype /Sound')],
  ['embedded_files', 'an attached file', annotation('/Subtype /FileAttachment')],
  ['embedded_files', 'embedded files by name', catalog('/Names << /EmbeddedFiles << /Names [] >> >>')],
  ['portfolio', 'a portfolio', catalog('/Collection << >>')],
  ['xfa', 'an XFA form', catalog('/AcroForm << /XFA [] /Fields [] >>')],
  ['layers_hidden', 'layers that are off at first', catalog('/OCProperties << /OCGs [] /D << /OFF [4 0 R] >> >>')],
  ['layers_hidden', 'layers that depend on printing', catalog('/OCProperties << /OCGs [] /D << /AS [<< /Event /Print >>] >> >>')],
  ['external_stream', 'a stream in another file', { ...page('/Contents 4 0 R'), 4: '<< /Length 0 /F (x) >>\nstream\n\nendstream' }],
  ['reference_xobject', 'a form from another file', { ...page('/Resources << /XObject << /X 4 0 R >> >>'), 4: '<< /Subtype /Form /Ref << >> /Length 0 >>\nstream\n\nendstream' }],
  ['alternate_images', 'an image with alternates', { ...page('/Resources << /XObject << /X 4 0 R >> >>'), 4: '<< /Subtype /Image /Alternates [] /Length 0 >>\nstream\n\nendstream' }],
  ['opi', 'an image that is replaced in print', { ...page('/Resources << /XObject << /X 4 0 R >> >>'), 4: '<< /Subtype /Image /OPI << >> /Length 0 >>\nstream\n\nendstream' }],
  ['two_readings', 'a page that says its contents twice', page('/Contents 4 0 R /Contents 5 0 R')],
  ['docmdp_locked', 'a certificate that allows no changes', catalog('/Perms << /DocMDP << /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >> >>')],
];

describe('inspectPdf', () => {
  for (const [code, what, objects] of REFUSED) {
    it(`finds ${what}`, async () => {
      const { findings } = await inspect(objects);
      expect(findings.filter(({ severity }) => severity === 'refuse').map((finding) => finding.code)).to.include(code);
    });
  }

  it('finds nothing to refuse in links, destinations and structure', async () => {
    const { findings } = await inspect({
      ...catalog('/OpenAction [3 0 R /Fit] /StructTreeRoot << /Type /StructTreeRoot /K << /S /Sound /K [] >> >> /MarkInfo << /Marked true >>'),
      ...annotation('/Subtype /Link /A << /S /URI /URI (https://example.org) >>'),
    });
    expect(findings).to.deep.equal([]);
  });

  it('tells of layers, redrawn forms, fonts, and bytes before and after', async () => {
    const { findings } = await inspect(
      { ...catalog('/OCProperties << /D << >> >> /AcroForm << /NeedAppearances true /Fields [] >>'), ...page('/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>') },
      { leading: 'junk\n', trailing: 'junk' },
    );
    expect(findings.every(({ severity }) => severity === 'flag')).to.equal(true);
    expect(findings.map(({ code }) => code)).to.have.members(['layers', 'need_appearances', 'fonts_not_embedded', 'leading_bytes', 'trailing_bytes']);
  });

  it('says of an encrypted file only that it is', async () => {
    const facts = await inspect({}, { trailer: '/Root 1 0 R /Encrypt << /Filter /Standard >>' });
    expect(facts).to.deep.include({ encrypted: true, pages: [] });
    expect(facts.findings[0]).to.include({ code: 'encrypted', severity: 'refuse' });
  });

  it('gives pages as they are shown, with what they inherit', async () => {
    const { pages, version } = await inspect({
      ...catalog('/Version /2.0'),
      2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Rotate -90 /MediaBox [0 0 300 200] >>',
      3: '<< /Type /Page /Parent 2 0 R /CropBox [290 10 -50 500] /UserUnit 2 >>',
      4: '<< /Type /Page /Parent 2 0 R /Rotate 720 /MediaBox [7 7 7 7] >>',
    });
    expect(version).to.equal('2.0');
    expect(pages).to.deep.equal([
      { cropBox: [0, 10, 290, 200], rotate: 270, userUnit: 2 },
      { cropBox: [0, 0, 612, 792], rotate: 0, userUnit: 1 },
    ]);
  });

  it('counts revisions and names the signed fields', async () => {
    const facts = await inspectPdf(bytesSource(await signedByCity(await signedByContractor(await prepared()))));
    expect(facts.revisions).to.equal(4);
    expect(facts.signatures).to.deep.equal([
      { field: 'r1_seal1', kind: 'signature' },
      { field: 'r2_seal1', kind: 'signature' },
    ]);
  });
});
