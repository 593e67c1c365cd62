import { describeFields, validatePdf } from '@sky-sign/pades';
import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { openRevision } from '../blobs/revisions.js';
import { page, rawPdf } from '../intake/testing/raw-pdf.js';
import { createTestServer, ok, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';

/** An application form as offices have them: fields with names in parts, one of them filled, one read-only. */
async function applicationForm(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const sheet = document.addPage([595, 842]);
  const form = document.getForm();
  const text = (name: string, y: number) => {
    const field = form.createTextField(name);
    field.addToPage(sheet, { x: 100, y, width: 200, height: 20, borderWidth: 0 });
    return field;
  };
  text('applicant.name', 700).setMaxLength(8);
  text('applicant.filled', 670).setText('x');
  text('applicant.fixed', 640).enableReadOnly();
  const twice = text('applicant.twice', 610);
  twice.addToPage(sheet, { x: 320, y: 610, width: 100, height: 20 });
  form.createCheckBox('agrees').addToPage(sheet, { x: 100, y: 580, width: 15, height: 15 });
  const radio = form.createRadioGroup('kind');
  radio.addOptionToPage('new', sheet, { x: 100, y: 550, width: 15, height: 15 });
  return document.save();
}

const merged = (name: string, rect: string): string => `<< /Type /Annot /Subtype /Widget /Rect ${rect} /F 4 /P 3 0 R /T (${name}) /FT /Tx >>`;

describe("fields of the PDF's own form", () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());
  const create = async (fields: object[], second: object[] = []) => {
    const { id } = await server.upload(await applicationForm());
    const recipients = [{ name: 'x', email: 'x@example.jp', fields: fields.map((field) => ({ document: 0, ...field })) }, ...(second.length > 0 ? [{ name: 'y', email: 'y@example.jp', fields: second.map((field) => ({ document: 0, ...field })) }] : [])];
    return server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients });
  };

  it('are filled by the person they are given to, and locked by the signature, as others are', async () => {
    const { documents } = await ok<{ documents: { id: string }[] }>(await create([{ kind: 'text', pdfField: 'applicant.name' }, { kind: 'checkbox', pdfField: 'agrees' }]));
    const person = await openSigner(server, { email: 'x@example.jp' });
    const [name, agrees] = person.session.fields;
    expect(name).to.deep.include({ kind: 'text', page: 1, maxLength: 8, multiline: false }).and.not.have.any.keys('pdfName', 'existing');
    expect(name?.rect.map(Math.round)).to.deep.equal([100, 700, 200, 20]);
    const submit = async (text: string) => person.complete(await person.request([{ fieldId: name?.id ?? '', value: text }, { fieldId: agrees?.id ?? '', value: true }], []));
    expect(await problemOf(await submit('長すぎる名前の株式会社'))).to.include({ status: 422, code: 'field_invalid' });
    expect((await submit('株式会社青葉')).status).to.equal(200);

    const documentId = documents[0]?.id ?? '';
    const [row] = await server.services.store.tables.documents.find({ id: documentId });
    const source = await openRevision(server.services, { documentId, number: row?.revision ?? 0 });
    const fields = new Map((await describeFields(source)).map((field) => [field.name, field]));
    expect(fields.get('applicant.name')).to.include({ filled: true, readOnly: true });
    expect(fields.get('agrees')).to.include({ filled: true, readOnly: true });
    expect(fields.get('applicant.twice')).to.include({ filled: false, readOnly: false });
    const report = await validatePdf(source, { anchors: [server.root], hash: server.services.hash, crypto });
    expect(report.ok).to.equal(true);
    expect(report.signatures[0]?.level).to.equal('B-LTA');
  });

  it('are for several signers where each is one object with its place', async () => {
    const other = { kind: 'signature', page: 1, rect: [400, 100, 60, 60] };
    const apart = await problemOf(await create([{ kind: 'checkbox', pdfField: 'agrees' }], [other]));
    expect(apart).to.include({ status: 400, code: 'request_invalid' });
    expect(apart['detail']).to.include('after another signature');
    const { id } = await server.upload(rawPdf({ ...page('/Annots [4 0 R 5 0 R]'), 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>', 4: merged('a', '[10 10 110 30]'), 5: merged('b', '[10 40 110 60]') }));
    const field = (pdfField: string) => [{ document: 0, kind: 'text', pdfField }];
    const recipients = [{ name: 'x', email: 'x@example.jp', fields: field('a') }, { name: 'y', email: 'y@example.jp', order: 2, fields: field('b') }];
    const { documents } = await ok<{ documents: { id: string }[] }>(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients }));
    for (const { email } of recipients) await signAs(server, { email });
    const documentId = documents[0]?.id ?? '';
    const [row] = await server.services.store.tables.documents.find({ id: documentId });
    const source = await openRevision(server.services, { documentId, number: row?.revision ?? 0 });
    expect((await describeFields(source)).filter(({ filled }) => filled).map(({ name }) => name)).to.include.members(['a', 'b']);
    const report = await validatePdf(source, { anchors: [server.root], hash: server.services.hash, crypto });
    expect(report.ok).to.equal(true);
  });

  it('are refused by name, kind, state, twice, and beside another place', async () => {
    for (const fields of [
      [{ kind: 'text', pdfField: 'name' }],
      [{ kind: 'checkbox', pdfField: 'applicant.name' }],
      [{ kind: 'signature', pdfField: 'applicant.name' }],
      [{ kind: 'text', pdfField: 'applicant.filled' }],
      [{ kind: 'text', pdfField: 'applicant.fixed' }],
      [{ kind: 'text', pdfField: 'applicant.twice' }],
      [{ kind: 'text', pdfField: 'kind' }],
      [{ kind: 'text', pdfField: 'applicant.name', page: 1, rect: [1, 1, 9, 9] }],
      [{ kind: 'text', pdfField: 'applicant.name' }, { kind: 'text', pdfField: 'applicant.name' }],
    ]) {
      expect(await problemOf(await create(fields)), JSON.stringify(fields)).to.include({ status: 400, code: 'request_invalid' });
    }
    expect(await problemOf(await create([{ kind: 'checkbox', pdfField: 'agrees' }], [{ kind: 'checkbox', pdfField: 'agrees' }]))).to.include({ status: 400, code: 'request_invalid' });
  });
});
