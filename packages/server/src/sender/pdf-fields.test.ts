import { bytesSource, describeFields, preparePdf, readChunks, signPdf, validatePdf, webCryptoHash } from '@sky-sign/pades';
import type { ByteSource, FieldDescription, SignOptions } from '@sky-sign/pades';
import type { CompletionResult, Field, FieldValue } from '@sky-sign/protocol';
import { createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { openRevision } from '../blobs/revisions.js';
import { concat } from '../bytes.js';
import { applicationForm, mergedForm } from '../testing/form-pdf.js';
import { createTestServer, ok, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';

interface Envelope {
  readonly id: string;
  readonly documents: readonly { readonly id: string }[];
}

/** Every kind of field in the form as a sender names it, and what a person makes of it. */
const everyKind = [
  { kind: 'text', pdfField: 'applicant.name' },
  { kind: 'text', pdfField: 'applicant.twice', fontSize: 14 },
  { kind: 'checkbox', pdfField: 'agrees' },
  { kind: 'radio', pdfField: 'kind', options: [{ value: '2', label: '廃止する' }] },
  { kind: 'text', pdfField: 'applicant.number', fontSize: 14 },
  { kind: 'choice', pdfField: 'city' },
  { kind: 'text', pdfField: 'other' },
  { kind: 'choice', pdfField: 'days' },
] as const;
const everyValue = ['株式会社青葉', '二箇所', true, '2', '12ア4567', 'Midori', '葛城', 'Tu'] as const;
const valuesFor = (fields: readonly Field[]): FieldValue[] => fields.map(({ id }, i) => ({ fieldId: id, value: everyValue[i] ?? '' }));

describe("fields of the PDF's own form", () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());

  const create = async (fields: readonly object[], { second = [], pdf }: { second?: readonly object[]; pdf?: Uint8Array } = {}) => {
    const { id } = await server.upload(pdf ?? (await applicationForm()));
    const recipient = (name: string, order: number, own: readonly object[]) => ({ name, email: `${name}@example.jp`, order, fields: own.map((field) => ({ document: 0, ...field })) });
    return server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients: [recipient('x', 1, fields), ...(second.length > 0 ? [recipient('y', 2, second)] : [])] });
  };
  const current = async ({ documents }: Envelope): Promise<{ source: ByteSource; fields: ReadonlyMap<string, FieldDescription> }> => {
    const documentId = documents[0]?.id ?? '';
    const [row] = await server.services.store.tables.documents.find({ id: documentId });
    const source = await openRevision(server.services, { documentId, number: row?.revision ?? 0 });
    return { source, fields: new Map((await describeFields(source)).map((field) => [field.name, field])) };
  };
  const validate = (source: ByteSource) => validatePdf(source, { anchors: [server.root], hash: server.services.hash, crypto });

  it('are shown with their places, words, cells and options, and with nothing of the server', async () => {
    await ok(await create(everyKind));
    const { session } = await openSigner(server, { email: 'x@example.jp' });
    const [name, twice, agrees, kind, number, city, other, days] = session.fields;
    expect(name).to.deep.include({ kind: 'text', page: 1, maxLength: 8, multiline: false }).and.not.have.any.keys('pdfName', 'existing', 'separate', 'combo', 'places', 'options', 'cells');
    expect(name?.rect.map(Math.round)).to.deep.equal([100, 700, 200, 20]);
    expect(twice?.places?.map(({ page, rect }) => [page, ...rect.map(Math.round)])).to.deep.equal([[1, 100, 610, 200, 20], [2, 320, 610, 100, 40]]);
    expect(agrees).to.not.have.any.keys('places', 'options');
    expect(kind).to.include({ kind: 'radio', label: 'Kind of application' });
    expect(kind?.options).to.deep.equal([{ value: '0', label: '新規' }, { value: '1', label: '更新' }, { value: '2', label: '廃止する' }]);
    expect(kind?.places?.map(({ page, value }) => [page, value])).to.deep.equal([[1, '0'], [1, '1'], [2, '2']]);
    expect(number).to.include({ kind: 'text', cells: 7, maxLength: 7 });
    expect(city?.options?.map(({ value }) => value)).to.deep.equal(['Aoba', 'Midori']);
    expect(other).to.include({ kind: 'text' }).and.not.have.any.keys('options', 'combo');
    expect(days?.options?.map(({ label }) => label)).to.deep.equal(['Mo', 'Tu', 'We']);
  });

  it('are filled by the person they are given to, and locked by the signature, as others are', async () => {
    const envelope = await ok<Envelope>(await create(everyKind));
    const person = await openSigner(server, { email: 'x@example.jp' });
    const values = valuesFor(person.session.fields);
    for (const [at, value] of [[0, '長すぎる名前の株式会社'], [3, '新規'], [3, true], [4, '12345678'], [5, 'Tokyo'], [7, 'Su']] as const) {
      const wrong = values.map((each, i) => (i === at ? { ...each, value } : each));
      expect(await problemOf(await person.complete(await person.request(wrong, []))), String(value)).to.include({ status: 422, code: 'field_invalid' });
    }
    expect((await ok<CompletionResult>(await person.complete(await person.request(values, [])))).status).to.equal('signed');

    const { source, fields } = await current(envelope);
    for (const { pdfField } of everyKind) expect(fields.get(pdfField), pdfField).to.include({ filled: true, readOnly: true, locked: true });
    expect(fields.get('applicant.filled')).to.include({ locked: false });
    const report = await validate(source);
    expect(report.ok).to.equal(true);
    expect(report.signatures[0]?.level).to.equal('B-LTA');
  });

  it('begin with what stands in the form, which the person may change or take out', async () => {
    const begun = await PDFDocument.load(await applicationForm());
    begun.getForm().getDropdown('city').select('Midori');
    begun.getForm().getCheckBox('agrees').check();
    const asked = [
      { kind: 'text', pdfField: 'applicant.filled', required: false },
      { kind: 'choice', pdfField: 'city' },
      { kind: 'checkbox', pdfField: 'agrees', required: false },
    ];
    const envelope = await ok<Envelope>(await create(asked, { pdf: await begun.save() }));
    const signer = await openSigner(server, { email: 'x@example.jp' });
    expect(signer.session.fields.map(({ initial }) => initial)).to.deep.equal(['x', 'Midori', true]);
    const [filled, city] = signer.session.fields;
    await ok(await signer.complete(await signer.request([{ fieldId: filled?.id ?? '', value: '書き直し' }, { fieldId: city?.id ?? '', value: 'Aoba' }])));
    const { source, fields } = await current(envelope);
    expect([fields.get('applicant.filled')?.value, fields.get('city')?.value, fields.get('agrees')?.filled]).to.deep.equal(['書き直し', 'Aoba', false]);
    expect((await validate(source)).ok).to.equal(true);
  });

  it('that hold a value are not taken apart, and not written over where others have signed it', async () => {
    const twice = await PDFDocument.load(await applicationForm());
    twice.getForm().getTextField('applicant.twice').setText('x');
    const pdf = await twice.save();
    expect((await create([{ kind: 'text', pdfField: 'applicant.twice' }], { pdf })).status).to.equal(201);
    expect(await problemOf(await create([{ kind: 'text', pdfField: 'applicant.twice' }], { pdf, second: [{ kind: 'text', pdfField: 'applicant.name' }] }))).to.include({ code: 'request_invalid' });
  });

  it('may be left blank where the sender does not want them, and are locked all the same', async () => {
    const envelope = await ok<Envelope>(await create(everyKind.map((field) => ({ ...field, required: false }))));
    const person = await openSigner(server, { email: 'x@example.jp' });
    expect((await person.complete(await person.request([], []))).status).to.equal(200);
    const { source, fields } = await current(envelope);
    for (const { pdfField } of everyKind) expect(fields.get(pdfField), pdfField).to.include({ filled: false, readOnly: true, locked: true });
    expect((await validate(source)).ok).to.equal(true);
  });

  it('are rebuilt for several signers, each with its place, so that later values are form filling', async () => {
    const envelope = await ok<Envelope>(await create([{ kind: 'signature', page: 1, rect: [400, 100, 60, 60] }], { second: everyKind }));
    await signAs(server, { email: 'x@example.jp' });
    const person = await openSigner(server, { email: 'y@example.jp' });
    expect((await person.complete(await person.request(valuesFor(person.session.fields), []))).status).to.equal(200);
    const { source, fields } = await current(envelope);
    const filled = ['applicant.name', 'applicant.twice.1', 'applicant.twice.2', 'agrees', 'kind.3', 'applicant.number', 'city', 'other', 'days'];
    for (const name of filled) expect(fields.get(name), name).to.include({ merged: true, filled: true, readOnly: true, locked: true });
    for (const name of ['kind.1', 'kind.2']) expect(fields.get(name), name).to.include({ filled: false, readOnly: true, locked: true });
    const { ok: good, signatures } = await validate(source);
    expect(good).to.equal(true);
    expect(signatures.map(({ problems }) => problems)).to.deep.equal([[], [], []]);
  });

  it('take a draft, and give it back', async () => {
    await ok(await create(everyKind));
    const person = await openSigner(server, { email: 'x@example.jp' });
    const values = valuesFor(person.session.fields).slice(3, 6);
    expect((await person.call('PUT', `/v1/sessions/${person.sessionId}/draft`, { json: { values, seals: [] } })).status).to.equal(200);
    const again = await openSigner(server, { email: 'x@example.jp' });
    expect(again.session.draft?.values).to.deep.equal(values);
  });

  it('are refused by name, kind, state, twice, beside another place, and by what is not in them', async () => {
    for (const fields of [
      [{ kind: 'text', pdfField: 'name' }],
      [{ kind: 'checkbox', pdfField: 'applicant.name' }],
      [{ kind: 'signature', pdfField: 'applicant.name' }],
      [{ kind: 'text', pdfField: 'applicant.fixed' }],
      [{ kind: 'date', pdfField: 'applicant.name' }],
      [{ kind: 'date', pdfField: 'applicant.number' }],
      [{ kind: 'text', pdfField: 'kind' }],
      [{ kind: 'checkbox', pdfField: 'kind' }],
      [{ kind: 'text', pdfField: 'city' }],
      [{ kind: 'radio', page: 1, rect: [1, 1, 9, 9] }],
      [{ kind: 'choice', page: 1, rect: [1, 1, 9, 9] }],
      [{ kind: 'radio', pdfField: 'kind', options: [{ value: '9', label: 'x' }] }],
      [{ kind: 'text', pdfField: 'applicant.name', options: [{ value: '9', label: 'x' }] }],
      [{ kind: 'text', pdfField: 'applicant.name', page: 1, rect: [1, 1, 9, 9] }],
      [{ kind: 'text', pdfField: 'applicant.name' }, { kind: 'text', pdfField: 'applicant.name' }],
    ]) {
      expect(await problemOf(await create(fields)), JSON.stringify(fields)).to.include({ status: 400, code: 'request_invalid' });
    }
    expect(await problemOf(await create([{ kind: 'checkbox', pdfField: 'agrees' }], { second: [{ kind: 'checkbox', pdfField: 'agrees' }] }))).to.include({ status: 400, code: 'request_invalid' });
    const hidden = mergedForm({ 5: '<< /Type /Annot /Subtype /Widget /Rect [100 650 300 670] /F 6 /P 3 0 R /T (b) /FT /Tx >>' });
    expect((await problemOf(await create([{ kind: 'text', pdfField: 'b' }], { pdf: hidden })))['detail']).to.include('hidden');
  });

  it('make a choice of check boxes that share a name and differ', async () => {
    const box = (state: string, y: number): string => `<< /Type /Annot /Subtype /Widget /Parent 5 0 R /Rect [100 ${String(y)} 120 ${String(y + 20)}] /F 4 /P 3 0 R /AS /Off /AP << /N << /${state} 8 0 R /Off 8 0 R >> >> >>`;
    const pdf = mergedForm({
      3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R 6 0 R 7 0 R] >>',
      5: '<< /FT /Btn /T (b) /Kids [6 0 R 7 0 R] >>',
      6: box('yes', 600),
      7: box('no', 560),
      8: '<< /Length 0 /Type /XObject /Subtype /Form /BBox [0 0 10 10] >>\nstream\n\nendstream',
    });
    const envelope = await ok<Envelope>(await create([{ kind: 'radio', pdfField: 'b' }], { pdf }));
    const person = await openSigner(server, { email: 'x@example.jp' });
    expect((await person.complete(await person.request([{ fieldId: person.session.fields[0]?.id ?? '', value: 'no' }], []))).status).to.equal(200);
    const { source, fields } = await current(envelope);
    expect([fields.get('b.1')?.filled, fields.get('b.2')?.filled]).to.deep.equal([false, true]);
    expect((await validate(source)).ok).to.equal(true);
  });

  describe('in uploads that came signed', () => {
    const signed = async (pdf: Uint8Array, more: Partial<SignOptions> = { create: {} }): Promise<Uint8Array> => {
      const pki = await createTestPki({ crypto, organization: 'Others', baseUrl: 'http://others.example' });
      const { delta } = await signPdf(bytesSource(pdf), { signer: { crypto, ...(await pki.issue({ commonName: 'Other', usage: 'signer' })) }, hash: webCryptoHash(crypto), at: new Date(), ...more });
      return concat(pdf, delta);
    };
    const seal = { kind: 'signature', page: 1, rect: [400, 100, 60, 60] };

    it('are filled where they are free and whole, and the earlier signatures hold', async () => {
      const pdf = await signed(mergedForm());
      const envelope = await ok<Envelope>(await create([{ kind: 'text', pdfField: 'a' }, seal], { pdf, second: [{ kind: 'text', pdfField: 'b' }] }));
      for (const email of ['x@example.jp', 'y@example.jp']) await signAs(server, { email });
      const { source, fields } = await current(envelope);
      for (const name of ['a', 'b']) expect(fields.get(name), name).to.include({ filled: true, locked: true });
      const { signatures } = await validate(source);
      // Whom the earlier one leads to is not asked; what came after it is form filling.
      expect(signatures.map(({ integrity, problems }) => [integrity, ...problems])).to.deep.equal([[true, 'no_path_to_anchor'], [true], [true], [true]]);
      const start: Uint8Array[] = [];
      for await (const chunk of readChunks(source, 0, pdf.length)) start.push(chunk);
      expect(concat(...start)).to.deep.equal(pdf);
    });

    it('are refused where they are locked, in pieces, or would be new', async () => {
      const locked = await signed(mergedForm(), { create: { lock: { fields: ['a'] } } });
      const forms: readonly [string, Uint8Array, object[]][] = [
        ['locked', locked, [{ kind: 'text', pdfField: 'a' }]],
        ['a new seal after a lock that sets permissions', locked, [seal]],
        ['in pieces', await signed(await applicationForm()), [{ kind: 'choice', pdfField: 'city' }]],
        ['new', await signed(mergedForm()), [{ kind: 'text', page: 1, rect: [100, 100, 90, 20] }]],
        ['a second seal', await signed(mergedForm()), [seal, { ...seal, rect: [300, 100, 60, 60] }]],
      ];
      for (const [what, pdf, fields] of forms) expect(await problemOf(await create(fields, { pdf })), what).to.include({ status: 422, code: 'document_locked' });
      const free = await ok<Envelope>(await create([{ kind: 'text', pdfField: 'b' }], { pdf: locked }));
      await signAs(server, { email: 'x@example.jp' });
      expect((await current(free)).fields.get('b')).to.include({ filled: true, locked: true });
    });

    it('are refused altogether where a lock covers the whole file', async () => {
      const base = mergedForm();
      const prepared = concat(base, await preparePdf(bytesSource(base), { fields: [{ kind: 'invisible-signature', name: 'first', lock: { fields: ['a', 'b'] } }] }));
      const text = new TextDecoder('latin1').decode(prepared).replace('/Action /Include', '/Action /All    ');
      const all = Uint8Array.from(text, (character) => character.charCodeAt(0));
      const pdf = await signed(all, { field: 'first' });
      expect(await problemOf(await create([], { pdf }))).to.include({ status: 422, code: 'document_locked' });
    });
  });
});
