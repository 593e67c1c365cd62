import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { defaultLimits } from '../services.js';
import { createTestServer, ok, onePage, origin, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';

describe('upload and send', () => {
  let server: TestServer;
  before(async () => {
    server = await createTestServer({ limits: { ...defaultLimits, documentBytes: 200_000, envelopeBytes: 300_000, envelopeDocuments: 3, sealBytes: 1_000 } });
  });
  after(() => server.stop());
  const upload = (bytes: Uint8Array) => server.asSender('POST', '/v1/documents?name=x', bytes);

  it('refuses what is no PDF, broken, encrypted, active or too large, each by its code, and keeps nothing of it', async () => {
    const script = await PDFDocument.create();
    script.addPage();
    script.addJavaScript('x', 'app.alert(1)');
    const whole = await onePage();
    const classic = Buffer.from(await (await PDFDocument.load(whole)).save({ useObjectStreams: false })).toString('latin1');
    const encrypted = new Uint8Array(Buffer.from(classic.replace('trailer\n<<', 'trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>'), 'latin1'));
    const cases: readonly [string, number, Uint8Array][] = [
      ['document_not_pdf', 422, new TextEncoder().encode('<html>')],
      ['document_not_pdf', 422, new Uint8Array()],
      ['document_broken', 422, whole.subarray(0, whole.length >> 1)],
      ['document_encrypted', 422, encrypted],
      ['document_active_content', 422, await script.save()],
      ['document_too_large', 413, new Uint8Array(300_000)],
    ];
    for (const [code, status, bytes] of cases) expect(await problemOf(await upload(bytes)), code).to.include({ code, status });
    expect(await server.services.store.tables.segments.find({})).to.deep.equal([]);
    expect(await server.services.store.tables.chunks.find({})).to.deep.equal([]);
  });

  it('takes what others have signed, and refuses it where a signature does not fit the file any more', async () => {
    await server.send({ recipients: [{ name: 'x', email: 'signed@example.jp' }] });
    const { documents } = (await signAs(server, { email: 'signed@example.jp' })).session;
    const [{ id, sha256 } = { id: '', sha256: '' }] = documents;
    const signed = new Uint8Array(await (await server.asSender('GET', `/v1/documents/${id}/revisions/${sha256}`)).arrayBuffer());
    const text = new TextDecoder('latin1').decode(signed);
    // To another digit: half of the digits turned over in one bit are none.
    const flipped = (at: number): Uint8Array => signed.map((byte, i) => (i === at ? (byte === 0x30 ? 0x31 : 0x30) : byte));
    // A byte of the comment after the header; a digit of the message digest in the CMS.
    for (const at of [12, text.search(/2a864886f70d010904/iu) + 40]) {
      expect(await problemOf(await upload(flipped(at))), String(at)).to.include({ status: 422, code: 'document_signature_broken' });
    }
    const { flags } = await ok<{ flags: string[] }>(await upload(signed));
    expect(flags).to.include('signed');
  });

  it('refuses fields on no page, beside the page and in no document, unknown documents, and a document twice', async () => {
    const { id } = await server.upload(await onePage());
    const create = (patch: object, field: object) => {
      const fields = [{ document: 0, page: 1, kind: 'text', rect: [72, 600, 220, 22], ...field }];
      return server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients: [{ name: 'x', email: 'x@example.jp', fields }], ...patch });
    };
    for (const field of [{ page: 2 }, { rect: [500, 600, 220, 22] }, { document: 1 }, { rect: [0, 0, 0, 0] }, { kind: 'script' }]) {
      expect(await problemOf(await create({}, field)), JSON.stringify(field)).to.include({ status: 400, code: 'request_invalid' });
    }
    expect(await problemOf(await create({ documents: [{ id: 'doc_unknown' }] }, {}))).to.include({ code: 'not_found' });
    expect(await problemOf(await create({ documents: [{ id }, { id }] }, {}))).to.include({ code: 'request_invalid' });
    expect(await problemOf(await create({ deadline: '2020-01-01T00:00:00Z' }, {}))).to.include({ code: 'request_invalid' });
    expect(await problemOf(await create({ deadline: '2999-01-01T00:00:00+09' }, {}))).to.include({ status: 400, code: 'request_invalid' });
    expect((await create({}, {})).status).to.equal(201);
    expect(await problemOf(await create({}, {}))).to.include({ status: 409, code: 'envelope_state' });
  });

  it('refuses a body that is no JSON, in another encoding, or of the wrong type, before anything is done', async () => {
    const post = (body: BodyInit) => server.app.request(new Request(`${origin}/v1/envelopes`, { method: 'POST', headers: { Authorization: `Bearer ${server.apiKey}` }, body }));
    // 契約 in Shift_JIS, as a program on Windows sends it.
    const shiftJis = new Uint8Array([...new TextEncoder().encode('{"title":"'), 0x8c, 0x5f, 0x96, 0xf1, ...new TextEncoder().encode('"}')]);
    for (const body of ['', '{', '[]', 'null', '"x"', `{"title":"${'x'.repeat(2 ** 20)}"}`]) expect(await problemOf(await post(body)), body.slice(0, 9)).to.include({ status: 400, code: 'request_invalid' });
    const answer = await problemOf(await post(shiftJis));
    expect(answer).to.include({ status: 400, code: 'request_invalid' });
    expect(answer['detail']).to.include('UTF-8');
  });

  it('sends once, however often it is asked, and mails the first recipient only', async () => {
    const envelope = await server.send();
    await Promise.all([1, 2, 3].map(() => server.asSender('POST', `/v1/envelopes/${envelope.id}/send`)));
    expect((await server.services.store.tables.revisions.find({ documentId: envelope.documents[0]?.id ?? '' })).length).to.equal(2);
    expect((await server.services.store.tables.outbox.find({})).filter(({ payload }) => payload.includes(envelope.id)).length).to.equal(1);
    expect(envelope.documents[0]?.certificateId).to.match(/^[0-9a-f]{32}$/u);
  });

  it('appends to the upload and never rewrites it', async () => {
    const upload = await onePage('unchanged');
    const { documents } = await server.send({}, [upload]);
    const response = await server.asSender('GET', `/v1/documents/${documents[0]?.id ?? ''}/revisions/${documents[0]?.sha256 ?? ''}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.compare(bytes.subarray(0, upload.length), upload)).to.equal(0);
    expect(bytes.length).to.equal(documents[0]?.length);
  });

  it('serves ranges, says what it has, and refuses what is past the end', async () => {
    await server.send({ recipients: [{ name: 'x', email: 'ranges@example.jp' }] });
    const person = await openSigner(server, { email: 'ranges@example.jp' });
    const { id = '', sha256 = '', length = 0 } = person.session.documents[0] ?? {};
    const get = (headers: Record<string, string>) => person.call('GET', `/v1/documents/${id}/revisions/${sha256}`, { headers });
    const part = await get({ Range: 'bytes=5-9' });
    expect(part.status).to.equal(206);
    expect(Object.fromEntries(part.headers)).to.include({ 'content-range': `bytes 5-9/${String(length)}`, 'content-length': '5', etag: `"${sha256}"`, 'accept-ranges': 'bytes' });
    expect((await part.arrayBuffer()).byteLength).to.equal(5);
    expect((await (await get({ Range: 'bytes=-7' })).arrayBuffer()).byteLength).to.equal(7);
    expect((await get({ Range: 'bytes=5-9', 'If-Range': '"other"' })).status).to.equal(200);
    expect((await get({ 'If-None-Match': `"${sha256}"` })).status).to.equal(304);
    const past = await get({ Range: `bytes=${String(length)}-` });
    expect(past.headers.get('Content-Range')).to.equal(`bytes */${String(length)}`);
    expect(await problemOf(past)).to.include({ status: 416, code: 'range_not_satisfiable' });
    expect((await get({ Range: 'bytes=0-1, 3-4' })).status).to.equal(200);
    expect(part.headers.get('Cache-Control')).to.include('immutable');
    expect((await server.app.request(new Request(`${origin}/v1/documents/${id}/revisions/${sha256}`))).status).to.equal(401);
  });
});
