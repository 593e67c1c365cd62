import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { readAudit } from '../audit/export.js';
import { createTestServer, ok, onePage, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';
import { annotation, catalog, fromLatin1, latin1, onePageObjects, page, rawPdf, stream } from './testing/raw-pdf.js';
import type { RawObjects } from './testing/raw-pdf.js';

const xObject = (entries: string): RawObjects => ({ ...page('/Resources << /XObject << /X 4 0 R >> >>'), 4: stream(entries) });
const layers = (configuration: string): RawObjects => ({ ...catalog(`/OCProperties << /OCGs [4 0 R] /D << ${configuration} >> >>`), 4: '<< /Type /OCG /Name (x) >>' });
const attachment: RawObjects = {
  ...catalog('/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /UF (estimate.csv) /F (estimate.csv) /EF << /F 4 0 R >> >>] >> >>'),
  4: stream('/Type /EmbeddedFile', '1,2,3'),
};
const shown = '/Tx BMC BT /F 9 Tf (100 yen) Tj ET EMC';
/** A form with one text field, which shows 「100 yen」. */
const form = (field: string, entries = ''): RawObjects => ({
  ...page('/Annots [4 0 R]'),
  1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] ${entries} >> >>`,
  4: `<< /Type /Annot /Subtype /Widget /Rect [10 10 110 30] /F 4 /P 3 0 R /T (price) /FT /Tx /AP << /N 5 0 R >> ${field} >>`,
  5: stream('/Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>', shown),
});
const script = '<< /S /JavaScript /JS (x) >>';

const refused: readonly (readonly [code: string, reason: string, what: string, file: RawObjects])[] = [
  ['xfa', 'xfa', 'an XFA form', catalog('/AcroForm << /XFA [] /Fields [] >>')],
  ['active_content', 'javascript', 'a script that runs on opening', catalog(`/OpenAction ${script}`)],
  ['active_content', 'javascript', 'a script by name', catalog(`/Names << /JavaScript << /Names [(a) ${script}] >> >>`)],
  ['active_content', 'javascript', 'a script in a field', form(`/AA << /K ${script} >>`)],
  ['active_content', 'javascript', 'a script when a page is opened', page(`/AA << /O ${script} >>`)],
  ['active_content', 'javascript', 'a script behind another action', annotation(`/A << /S /URI /URI (https://example.org) /Next [${script}] >>`)],
  ['active_content', 'javascript', 'a script as an address', annotation('/Subtype /Link /A << /S /URI /URI (javascript:alert\\(1\\)) >>')],
  ['active_content', 'javascript', 'a script in a bookmark', { ...catalog('/Outlines 4 0 R'), 4: `<< /First 5 0 R /Last 5 0 R >>`, 5: `<< /Title (x) /Parent 4 0 R /A ${script} >>` }],
  ['active_content', 'launch', 'a program', annotation('/Subtype /Link /A << /S /Launch /F (x.exe) >>')],
  ['active_content', 'remote_goto', 'a way into another file', annotation('/Subtype /Link /A << /S /GoToR /F (x.pdf) /D [0 /Fit] >>')],
  ['active_content', 'embedded_goto', 'a way into an embedded file', annotation('/Subtype /Link /A << /S /GoToE /D [0 /Fit] >>')],
  ['active_content', 'submit_form', 'a form that is sent', annotation('/Subtype /Widget /A << /S /SubmitForm /F (https://example.org) >>')],
  ['active_content', 'import_data', 'a form that is filled from outside', annotation('/A << /S /ImportData /F (x.fdf) >>')],
  ['active_content', 'rendition', 'a rendition', annotation('/A << /S /Rendition >>')],
  ['active_content', 'rendition', 'a screen', annotation('/Subtype /Screen')],
  ['active_content', 'rich_media', 'rich media', annotation('/Subtype /RichMedia')],
  ['active_content', 'three_d', 'something in 3D', annotation('/Subtype /3D')],
  ['active_content', 'movie', 'a movie', annotation('/Subtype /Movie')],
  ['active_content', 'sound', 'a sound', annotation('/Subtype /Sound')],
  ['active_content', 'set_ocg_state', 'an action that switches layers', annotation('/A << /S /SetOCGState /State [] >>')],
  ['active_content', 'hide', 'an action that hides', annotation('/A << /S /Hide /T (x) >>')],
  ['attachments', 'portfolio', 'a portfolio', catalog('/Collection << >>')],
  ['attachments', 'embedded_files', 'an embedded file', attachment],
  ['attachments', 'embedded_files', 'an attached file', annotation('/Subtype /FileAttachment')],
  ['hidden_content', 'external_stream', 'contents in another file', { ...page('/Contents 4 0 R'), 4: stream('/F (x)') }],
  ['hidden_content', 'reference_xobject', 'a picture of another file', xObject('/Subtype /Form /Ref << >>')],
  ['hidden_content', 'opi', 'a picture that is replaced in print', xObject('/Subtype /Image /OPI << >>')],
  ['hidden_content', 'alternate_images', 'a picture with alternates', xObject('/Subtype /Image /Alternates []')],
  ['hidden_content', 'layers_hidden', 'a layer that is off at first', layers('/OFF [4 0 R]')],
  ['hidden_content', 'layers_hidden', 'layers that are off at first', layers('/BaseState /OFF')],
  ...['Print', 'View', 'Export'].map((event) => ['hidden_content', 'layers_hidden', `layers that depend on ${event}`, layers(`/AS [<< /Event /${event} /Category [/Zoom /User /Language] /OCGs [4 0 R] >>]`)] as const),
  ['hidden_content', 'layers_hidden', 'what is seen while a layer is off', { ...layers(''), 3: page('/Resources << /Properties << /P << /Type /OCMD /OCGs [4 0 R] /P /AllOff >> >> >>')[3] ?? '' }],
  ['ambiguous', 'two_readings', 'contents that are there twice', { ...page('/Contents 4 0 R /Contents 5 0 R'), 4: stream(''), 5: stream('') }],
  ['ambiguous', 'two_readings', 'a signature that no field shows', { ...onePageObjects, 4: '<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>' }],
  ['ambiguous', 'value_differs', 'a field that shows another value than it has', form('/V (900 yen)')],
  ['locked', 'docmdp_locked', 'a certification that allows nothing', catalog('/Perms << /DocMDP << /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >> >>')],
];

describe('the intake', () => {
  let server: TestServer;
  before(async () => {
    server = await createTestServer();
  });
  after(() => server.stop());
  const upload = (bytes: Uint8Array, more = '') => server.asSender('POST', `/v1/documents?name=x${more}`, bytes);
  const stored = async (documentId: string): Promise<string> => {
    const [{ sha256 = '' } = {}] = await server.services.store.tables.revisions.find({ documentId, number: 0 });
    return sha256;
  };

  for (const [code, reason, what, file] of refused) {
    it(`refuses ${what}`, async () => {
      const problem = await problemOf(await upload(rawPdf(file)));
      expect(problem).to.include({ status: 422, code: `document_${code}`, reason });
      expect(problem['detail']).to.match(/^[A-Z].*\. ?.*\(.+\)$/u);
    });
  }

  it('takes what those files would be without it', async () => {
    for (const file of [onePageObjects, page('/Contents 4 0 R'), layers(''), form('/V (100 yen)'), annotation('/Subtype /Link /A << /S /URI /URI (https://example.org) >>')]) {
      expect((await upload(rawPdf({ 4: stream(''), ...file }))).status, JSON.stringify(file)).to.equal(201);
    }
  });

  it('refuses an encrypted file, also one that opens without a password', async () => {
    const encrypted = rawPdf(onePageObjects, '/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>');
    expect(await problemOf(await upload(encrypted))).to.include({ code: 'document_encrypted', reason: 'encrypted' });
  });

  it('refuses an object that stands in the file twice, and a revision beside the chain', async () => {
    const text = fromLatin1(rawPdf(onePageObjects));
    const [table, shadow] = [text.indexOf('xref\n0 '), '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n'];
    const shadowed = (text.slice(0, table) + shadow + text.slice(table)).replace(/startxref\s+\d+/u, `startxref\n${String(table + shadow.length)}`);
    expect(await problemOf(await upload(latin1(shadowed)))).to.include({ code: 'document_ambiguous', reason: 'two_readings' });
    const beside = `${text}${text.slice(table)}`.replace(/(startxref\s+)\d+(\s+%%EOF\s)$/u, `$1${String(table)}$2`);
    expect(await problemOf(await upload(latin1(beside)))).to.include({ code: 'document_ambiguous', reason: 'two_readings' });
  });

  it('gives up on files that unpack to more than anybody should read, and on ones that are nested without end', async () => {
    const bomb = deflateSync(Buffer.alloc(70 << 20));
    const text = fromLatin1(rawPdf({ ...onePageObjects, 4: stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', fromLatin1(bomb)) }));
    const table = text.lastIndexOf('\nxref') + 1;
    // Object 3 lies in the object stream, says a cross-reference stream.
    const offsets = [...text.matchAll(/(\d) 0 obj/gu)].map(({ index }) => index);
    const rows = [[0, 0, 0], [1, offsets[0] ?? 0, 0], [1, offsets[1] ?? 0, 0], [2, 4, 0], [1, offsets[3] ?? 0, 0], [1, table, 0]];
    const data = rows.map(([type = 0, second = 0, third = 0]) => String.fromCharCode(type, second >> 16, (second >> 8) & 255, second & 255, third)).join('');
    const packed = `${text.slice(0, table)}5 0 obj\n${stream('/Type /XRef /Size 6 /Root 1 0 R /W [1 3 1]', data)}\nendobj\nstartxref\n${String(table)}\n%%EOF\n`;
    expect(await problemOf(await upload(latin1(packed)))).to.include({ code: 'document_too_complex', reason: 'limit_exceeded' });
    expect(await problemOf(await upload(rawPdf(catalog(`/Deep ${'['.repeat(200)}${']'.repeat(200)}`))))).to.include({ code: 'document_too_complex', reason: 'limit_exceeded' });
    const many = rawPdf(onePageObjects);
    expect(await problemOf(await upload(latin1(fromLatin1(many).replace('xref\n0 4', 'xref\n0 9000000'))))).to.include({ code: 'document_too_complex' });
  });

  it('refuses what was changed after it was signed, though the signature fits its bytes', async () => {
    await server.send({ recipients: [{ name: 'x', email: 'changed@example.jp' }] }, [rawPdf(onePageObjects)]);
    const [{ id, sha256: hash } = { id: '', sha256: '' }] = (await signAs(server, { email: 'changed@example.jp' })).session.documents;
    const signed = fromLatin1(new Uint8Array(await (await server.asSender('GET', `/v1/documents/${id}/revisions/${hash}`)).arrayBuffer()));
    const own = /3 0 obj\n(<<[\s\S]*?>>)\nendobj/gu;
    const dict = [...signed.matchAll(own)].at(-1)?.[1] ?? '';
    const [, before = ''] = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(signed) ?? [];
    const trailer = [...signed.matchAll(/trailer\n(<<[\s\S]*?>>)\nstartxref/gu)].at(-1)?.[1] ?? '';
    const revised = (text: string): Uint8Array => {
      const object = `3 0 obj\n${text}\nendobj\n`;
      const row = `xref\n3 1\n${String(signed.length).padStart(10, '0')} 00000 n\r\n`;
      return latin1(`${signed}${object}${row}trailer\n${trailer.replace(/\/Prev \d+/u, `/Prev ${before}`)}\nstartxref\n${String(signed.length + object.length)}\n%%EOF\n`);
    };
    expect(await problemOf(await upload(revised(dict.replace('/MediaBox', '/Rotate 90 /MediaBox'))))).to.include({ code: 'document_signature_broken', reason: 'changed_after_signing' });
    const { flags } = await ok<{ flags: string[] }>(await upload(latin1(signed)));
    expect(flags).to.include('signed').and.not.include('changed_after_signing');
  });

  it('repairs once what is broken, and audits both hashes', async () => {
    const broken = latin1(fromLatin1(rawPdf(onePageObjects)).replace(/startxref\s+\d+/u, 'startxref\n7'));
    const document = await ok<{ id: string; flags: string[]; sha256: string; originalSha256: string }>(await upload(broken));
    expect(document.flags).to.include('repaired');
    expect(document.originalSha256).to.equal(await sha256(broken));
    expect(document.sha256).to.equal(await stored(document.id)).and.not.equal(document.originalSha256);
    const again = await ok<{ sha256: string; originalSha256: string; flags: string[] }>(await upload(await onePage()));
    expect(again.flags).to.not.include('repaired');
    expect(again.sha256).to.equal(again.originalSha256);
    // What came in is not kept, what was made of it is.
    expect(await server.services.store.tables.segments.find({ length: broken.length })).to.deep.equal([]);

    const fields = [{ document: 0, page: 1, kind: 'signature', rect: [10, 10, 60, 60] }];
    const recipients = [{ name: 'x', email: 'repaired@example.jp', fields }];
    const envelope = await ok<{ id: string }>(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id: document.id }], recipients }));
    const [created] = await readAudit(server.services, server.services.store.tables, envelope.id);
    expect(JSON.stringify(created?.data)).to.include(document.originalSha256).and.include(document.sha256).and.include('repaired');
    expect((await signAs(server, { email: 'repaired@example.jp' })).session.documents).to.have.length(1);
  });

  it('refuses what is broken beyond repair', async () => {
    const whole = rawPdf(onePageObjects);
    const update = latin1('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n');
    for (const cut of [whole.subarray(0, whole.length - 8), whole.subarray(0, whole.length / 2), new Uint8Array([...whole, ...update])]) {
      expect(await problemOf(await upload(cut))).to.include({ code: 'document_broken', reason: 'cut_off' });
    }
    const broken = latin1(fromLatin1(rawPdf(page('/Contents 9 0 R'))).replace(/startxref\s+\d+/u, 'startxref\n7'));
    expect(await problemOf(await upload(broken))).to.include({ code: 'document_broken', reason: 'parts_missing' });
    expect(await problemOf(await upload(latin1(`%PDF-1.7\n${'x'.repeat(500)}`)))).to.include({ code: 'document_broken' });
    expect(await problemOf(await upload(rawPdf({ ...onePageObjects, 2: '<< /Type /Pages /Kids [] /Count 0 >>' })))).to.include({ code: 'document_broken' });
  });

  it('cleans a form only when it is asked to, and keeps no script, no order to draw and no wrong appearance', async () => {
    const scripted = rawPdf(form(`/V (900 yen) /AA << /K ${script} >>`, '/NeedAppearances true'));
    expect((await upload(scripted)).status).to.equal(422);
    const { flags, sha256: kept, originalSha256 } = await ok<{ flags: string[]; sha256: string; originalSha256: string }>(await upload(scripted, '&sanitize=true'));
    expect(flags).to.include('sanitized').and.not.include('need_appearances').and.not.include('value_not_drawn');
    expect(originalSha256).to.equal(await sha256(scripted)).and.not.equal(kept);
    expect(await problemOf(await upload(rawPdf(catalog(`/OpenAction ${script}`)), '&sanitize=true'))).to.include({ reason: 'javascript' });
    const clean = await ok<{ flags: string[] }>(await upload(await onePage(), '&sanitize=true'));
    expect(clean.flags).to.not.include('sanitized');
  });

  it('keeps attachments only when it is asked to, and lists them to the people who sign', async () => {
    const { id, attachments } = await ok<{ id: string; attachments: string[] }>(await upload(rawPdf(attachment), '&allowAttachments=true'));
    expect(attachments).to.deep.equal(['estimate.csv']);
    await ok(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients: [{ name: 'x', email: 'attached@example.jp' }] }));
    const { session } = await openSigner(server, { email: 'attached@example.jp' });
    expect(session.documents[0]?.attachments).to.deep.equal(['estimate.csv']);
    expect(await problemOf(await upload(rawPdf(catalog('/Collection << >>')), '&allowAttachments=true'))).to.include({ reason: 'portfolio' });
  });

  it('flags what the sender should know', async () => {
    const flagsOf = async (file: RawObjects): Promise<string[]> => (await ok<{ flags: string[] }>(await upload(rawPdf(file)))).flags;
    expect(await flagsOf(layers(''))).to.include('layers');
    expect(await flagsOf(page('/CropBox [10 10 200 150]'))).to.include('outside_crop_box');
    expect(await flagsOf({ ...annotation('/Subtype /Stamp /AP << /N 4 0 R >>'), 4: stream('/Subtype /Form /BBox [0 0 9 9]') })).to.include('print_differs');
    expect(await flagsOf({ ...onePageObjects, 4: '<< /Idle true >>' })).to.include('unreachable_objects');
    expect(await flagsOf(page('/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>'))).to.include('fonts_not_embedded');
    expect(await flagsOf(onePageObjects)).to.deep.equal([]);
  });

  it('shows every upload to the scanner first, and takes nothing that it did not pass', async () => {
    const verdicts = [() => Promise.resolve({ verdict: 'found', found: 'Eicar-Test' } as const), () => Promise.reject(new Error('connect ECONNREFUSED')), () => Promise.resolve({ verdict: 'too_large' } as const), () => Promise.resolve({ verdict: 'clean' } as const)];
    const scanned = await createTestServer({ scan: () => (verdicts.shift() ?? (() => Promise.reject(new Error('none'))))() });
    const pdf = await onePage();
    const send = () => scanned.asSender('POST', '/v1/documents?name=x', pdf);
    expect(await problemOf(await send())).to.include({ status: 422, code: 'document_infected', reason: 'Eicar-Test' });
    expect(await problemOf(await send())).to.include({ status: 503, code: 'service_unavailable' });
    expect(await problemOf(await send())).to.include({ status: 413, code: 'document_too_large' });
    expect(await scanned.services.store.tables.segments.find({})).to.deep.equal([]);
    expect((await send()).status).to.equal(201);
    await scanned.stop();
  });
});

async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}
