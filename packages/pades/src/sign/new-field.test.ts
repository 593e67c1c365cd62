import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import type { Picture } from '../form/appearance.js';
import { fromShown } from '../form/create-signature-field.js';
import { readFields, readForm } from '../form/fields.js';
import { openPdf, readCatalog, resolveArray, resolveDict } from '../pdf/file.js';
import { PdfRef, isName } from '../pdf/objects.js';
import { codeOf, prepared, sign, signedByContractor, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { sealDrawing } from '../testing/seal-drawing.js';

const RED: Picture = { width: 2, height: 1, rgba: Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 128) };

describe('signPdf with a field of its own', () => {
  it('refuses names that are taken, empty rectangles, absent pages, and neither a field nor a place', async () => {
    const plain = await samplePdf();
    expect(await codeOf(sign(await prepared(), { field: 'r1_seal1', create: {} }))).to.equal('field_exists');
    expect(await codeOf(sign(plain, { field: 'a.b', create: {} }))).to.equal('field_invalid');
    expect(await codeOf(sign(plain, { create: { rect: [10, 10, 10, 20] } }))).to.equal('field_invalid');
    expect(await codeOf(sign(plain, { create: { shown: [10, 10, 0, 20] } }))).to.equal('field_invalid');
    expect(await codeOf(sign(plain, { create: { page: 3 } }))).to.equal('page_not_found');
    expect(await codeOf(sign(plain, {}))).to.equal('field_not_found');
  });

  it('signs an XFA form where nothing is filled in, in a new field or one that exists', async () => {
    const form = rawPdf({
      ...ONE_PAGE,
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(template) 4 0 R] /Fields [5 0 R 6 0 R] >> >>',
      4: '<< /Length 5 >>\nstream\n<xfa>\nendstream',
      5: '<< /T (seal) /FT /Sig /Type /Annot /Subtype /Widget /Rect [0 0 10 10] >>',
      6: '<< /T (name) /FT /Tx /Type /Annot /Subtype /Widget /Rect [0 0 10 10] >>',
    });
    expect(await codeOf(sign(form, { create: {}, fills: [{ kind: 'text', name: 'name', value: 'a', appearance: undefined }] }))).to.equal('xfa');
    const signed = await sign(await sign(form, { create: {} }), { field: 'seal' });
    expect((await readForm(await openPdf(bytesSource(signed))))?.has('XFA')).to.equal(true);
    expect((await validate(signed)).ok).to.equal(true);
  });

  it('refuses pictures and handwriting that are none', async () => {
    const plain = await samplePdf();
    const create = { rect: [10, 10, 50, 50] } as const;
    for (const appearance of [{ ...RED, width: 3 }, { ...RED, width: 0.5, height: 4 }, { width: 10, height: 10, lineWidth: 1, strokes: [[[0, Number.NaN]]] } as const, { width: 0, height: 10, lineWidth: 1, strokes: [] }]) {
      expect(await codeOf(sign(plain, { create, appearance }))).to.equal('scratch_invalid');
    }
  });

  it('refuses a visible field, and any certification, where others have signed', async () => {
    const signed = await signedByContractor(await prepared());
    expect(await codeOf(sign(signed, { create: { rect: [10, 10, 50, 50] } }))).to.equal('locked');
    expect(await codeOf(sign(signed, { field: 'r2_seal1', certify: true }))).to.equal('locked');
  });

  for (const objectStreams of [false, true]) {
    it(`takes free names, one after the other, and leaves every signature valid (${objectStreams ? 'cross-reference stream' : 'table'})`, async () => {
      let bytes: Uint8Array = await samplePdf({ objectStreams });
      for (const create of [{ page: 2, rect: [10, 10, 60, 60] }, { shown: [100, 10, 50, 50] }, {}] as const) bytes = await sign(bytes, { create, appearance: await sealDrawing() });
      const { ok, signatures } = await validate(bytes);
      expect(signatures.map(({ field, problems }) => [field, problems])).to.deep.equal([['Signature1', []], ['Signature2', []], ['Signature3', []]]);
      expect(ok).to.equal(true);
    });
  }

  it('keeps a form that stands in the catalog itself, and certifies beside it', async () => {
    const bytes = rawPdf({
      ...ONE_PAGE,
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 1 >> /Perms << /Other 4 0 R >> >>',
      4: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (old) /Rect [1 1 9 9] /P 3 0 R >>',
    });
    const signed = await sign(bytes, { create: {}, certify: true });
    const file = await openPdf(bytesSource(signed));
    expect((await readFields(file)).map(({ name }) => name)).to.deep.equal(['old', 'Signature1']);
    expect((await readForm(file))?.get('SigFlags')).to.equal(3);
    const permissions = await resolveDict(file, (await readCatalog(file)).catalog.get('Perms'));
    expect([...(permissions?.entries.keys() ?? [])]).to.deep.equal(['Other', 'DocMDP']);
    const [, field] = await readFields(file);
    expect(permissions?.get('DocMDP')).to.deep.equal(field?.value);
    const signature = await resolveDict(file, field?.value ?? null);
    const [reference] = (await resolveArray(file, signature?.get('Reference') ?? null)) ?? [];
    expect(isName((await resolveDict(file, reference ?? null))?.get('TransformMethod') ?? null, 'DocMDP')).to.equal(true);
    expect((await validate(signed)).ok).to.equal(true);
  });

  it('lets others sign after a certification, but not in a new visible field', async () => {
    const certified = await sign(await prepared(), { field: 'r1_seal1', certify: true });
    expect((await validate(await sign(certified, { field: 'r2_seal1' }))).ok).to.equal(true);
    expect((await validate(await sign(certified, { create: {} }))).ok).to.equal(true);
    expect(await codeOf(sign(certified, { create: { rect: [10, 10, 50, 50] } }))).to.equal('locked');
  });

  it('locks what a new field is told to', async () => {
    const signed = await sign(await prepared(), { create: { lock: { fields: ['r1_name'] } } });
    const fill = { kind: 'text', name: 'r1_name', value: 'late', appearance: undefined } as const;
    expect(await codeOf(sign(signed, { field: 'r1_seal1', fills: [fill] }))).to.equal('locked');
  });

  it('finds the page of a widget that does not name it', async () => {
    const bytes = rawPdf({
      ...ONE_PAGE,
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>',
      2: '<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 >>',
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [4 0 R] >>',
      4: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (own) /Rect [10 10 30 90] >>',
    });
    const file = await openPdf(bytesSource(await sign(bytes, { field: 'own', appearance: RED })));
    const [field] = await readFields(file);
    const appearance = (await resolveDict(file, field?.dict.get('AP') ?? null))?.get('N') ?? null;
    const { dict } = (await file.resolve(appearance)) as unknown as { dict: { get(key: string): unknown } };
    expect(appearance).to.be.instanceOf(PdfRef);
    expect([dict.get('BBox'), dict.get('Matrix')]).to.deep.equal([[0, 0, 80, 20], [0, 1, -1, 0, 0, 0]]);
  });

  it('places what is meant as shown on turned, cropped and scaled pages', () => {
    const page = { cropBox: [10, 20, 610, 820], userUnit: 2 } as const;
    const shown = [20, 40, 100, 60] as const;
    expect(fromShown({ ...page, rotate: 0 }, shown)).to.deep.equal([20, 40, 70, 70]);
    expect(fromShown({ ...page, rotate: 90 }, shown)).to.deep.equal([560, 30, 590, 80]);
    expect(fromShown({ ...page, rotate: 180 }, shown)).to.deep.equal([550, 770, 600, 800]);
    expect(fromShown({ ...page, rotate: 270 }, shown)).to.deep.equal([30, 760, 60, 810]);
  });
});
