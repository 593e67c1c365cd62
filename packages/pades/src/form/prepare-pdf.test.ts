import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { inspectPdf } from '../inspect/inspect-pdf.js';
import { fromLatin1 } from '../pdf/characters.js';
import { openPdf, resolveArray, resolveDict } from '../pdf/file.js';
import { PdfName, PdfRef, isArray } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { FIELDS, codeOf, prepared, signedByContractor } from '../testing/envelope.js';
import { joinBytes } from '../hash.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { stampDrawing } from '../testing/seal-drawing.js';
import { readFields, readForm } from './fields.js';
import { preparePdf } from './prepare-pdf.js';

const prepare = (bytes: Uint8Array, fields = FIELDS) => preparePdf(bytesSource(bytes), { fields });

describe('preparePdf', () => {
  it('refuses XFA, encryption, taken names, absent pages and empty rectangles', async () => {
    const plain = await samplePdf();
    const once = await prepared(plain);
    expect(await codeOf(prepare(rawPdf({ ...ONE_PAGE, 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [] /Fields [] >> >>' })))).to.equal('xfa');
    expect(await codeOf(prepare(rawPdf(ONE_PAGE, { trailer: '/Root 1 0 R /Encrypt << /Filter /Standard >>' })))).to.equal('encrypted');
    expect(await codeOf(prepare(once))).to.equal('field_exists');
    expect(await codeOf(prepare(plain, [{ kind: 'seal', name: 'a', page: 9, rect: [0, 0, 10, 10] }]))).to.equal('page_not_found');
    expect(await codeOf(prepare(plain, [{ kind: 'seal', name: 'a', page: 1, rect: [0, 0, 0, 10] }]))).to.equal('field_invalid');
    expect(await codeOf(prepare(plain, [{ kind: 'seal', name: 'a.b', page: 1, rect: [0, 0, 10, 10] }]))).to.equal('field_invalid');
  });

  for (const objectStreams of [false, true]) {
    it(`appends every field, with the kind of cross-reference that the file has (${objectStreams ? 'stream' : 'table'})`, async () => {
      const base = await samplePdf({ objectStreams });
      const bytes = await prepared(base);
      expect(bytes.subarray(0, base.length)).to.deep.equal(base);
      const file = await openPdf(bytesSource(bytes));
      expect(file.sections.map(({ kind }) => kind)).to.deep.equal(objectStreams ? ['stream', 'stream'] : ['table', 'table']);
      const facts = await inspectPdf(bytesSource(bytes));
      expect(facts.fields.map(({ name, type, signed }) => `${name} ${type} ${signed}`)).to.deep.equal(['r1_seal1 Sig false', 'r1_seal2 Btn false', 'r1_name Tx false', 'r1_note Tx false', 'r1_agree Btn false', 'r2_seal1 Sig false']);
      expect((await readForm(file))?.get('SigFlags')).to.equal(3);
    });
  }

  it('puts each widget on its page and locks what the signer fills in', async () => {
    const file = await openPdf(bytesSource(await prepared()));
    const fields = await readFields(file);
    const [first, second] = await readPages(file);
    const annotations = async (page: typeof first) => ((await resolveArray(file, page?.dict.get('Annots') ?? null)) ?? []).map((item) => (item instanceof PdfRef ? item.number : 0));
    const numbers = (names: readonly string[]) => fields.filter(({ name }) => names.includes(name)).map(({ ref }) => ref?.number);
    expect(await annotations(first)).to.deep.equal(numbers(['r1_seal1', 'r1_name', 'r1_note', 'r1_agree', 'r2_seal1']));
    expect(await annotations(second)).to.deep.equal(numbers(['r1_seal2']));
    const lock = await resolveDict(file, fields[0]?.dict.get('Lock') ?? null);
    expect(lock?.get('Action')).to.deep.equal(new PdfName('Include'));
    expect(lock?.get('P')).to.equal(2);
    expect(isArray(lock?.get('Fields') ?? null) && (lock?.get('Fields') as unknown[]).length).to.equal(5);
  });

  it('keeps a form that is there, its fields, resources and list', async () => {
    const bytes = rawPdf({
      ...ONE_PAGE,
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots 6 0 R >>',
      4: '<< /Fields 5 0 R /DA (/F 9 Tf) /DR << /Font << /F 8 0 R >> >> /NeedAppearances true >>',
      5: '[7 0 R]',
      6: '[7 0 R]',
      7: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (old) /Rect [1 1 9 9] /P 3 0 R >>',
      8: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    });
    const file = await openPdf(bytesSource(joinBytes([bytes, await prepare(bytes, [{ kind: 'text', name: 'new', page: 1, rect: [10, 10, 90, 20] }])])));
    const form = await readForm(file);
    expect((await readFields(file)).map(({ name }) => name)).to.deep.equal(['old', 'new']);
    expect(fromLatin1((form?.get('DA') as unknown as { bytes: Uint8Array }).bytes)).to.equal('/F 9 Tf');
    expect(form?.get('NeedAppearances')).to.equal(true);
    const fonts = await resolveDict(file, (await resolveDict(file, form?.get('DR') ?? null))?.get('Font') ?? null);
    expect([...(fonts?.entries.keys() ?? [])]).to.deep.equal(['F', 'Helv', 'ZaDb']);
    expect((await readPages(file))[0]?.dict.get('Annots')).to.deep.equal(new PdfRef(6));
  });

  it('draws one shared stamp on every page and leaves the content between q and Q', async () => {
    const base = await samplePdf({ pages: 3 });
    const file = await openPdf(bytesSource(joinBytes([base, await preparePdf(bytesSource(base), { fields: [], stamp: await stampDrawing() })])));
    const forms = new Set<number>();
    for (const page of await readPages(file)) {
      const contents = await resolveArray(file, page.dict.get('Contents'));
      expect(contents).to.have.length(3);
      const xobjects = await resolveDict(file, (await resolveDict(file, page.resources))?.get('XObject') ?? null);
      const form = xobjects?.get('SkyStamp');
      if (form instanceof PdfRef) forms.add(form.number);
    }
    expect(forms.size).to.equal(1);
  });

  it('gives a signed file no stamp, and only fields that its signatures allow', async () => {
    const signed = await signedByContractor(await prepared());
    const fresh = (kind: 'text' | 'signature') => [{ kind, name: 'late', page: 1, rect: [10, 10, 50, 50] } as const];
    expect(await codeOf(prepare(signed, fresh('text')))).to.equal('locked');
    expect(await codeOf(prepare(signed, fresh('signature')))).to.equal('locked');
    expect(await preparePdf(bytesSource(signed), { fields: [], stamp: await stampDrawing() })).to.have.length(0);
    const invisible = await preparePdf(bytesSource(signed), { fields: [{ kind: 'invisible-signature', name: 'late' }] });
    const after = await inspectPdf(bytesSource(joinBytes([signed, invisible])));
    expect(after.fields.at(-1)).to.deep.equal({ name: 'late', type: 'Sig', signed: false });
  });

  it('tells viewers which way a widget is turned on a turned page', async () => {
    const base = await samplePdf({ rotate: 90 });
    const file = await openPdf(bytesSource(await prepared(base)));
    const box = (await readFields(file)).find(({ name }) => name === 'r1_agree');
    const characteristics = await resolveDict(file, box?.dict.get('MK') ?? null);
    expect(characteristics?.get('R')).to.equal(90);
  });
});
