import type { Curve, Draft, Seal } from '@sky-sign/protocol';
import { expect } from 'chai';
import { decodePDFRawStream, PDFDocument, PDFRawStream } from 'pdf-lib';
import { utf8 } from '../bytes.js';
import { createTestServer, ok, problemOf } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';

const contractor = { email: 'yamada@example.jp', code: '4126' };
const curves: Curve[] = [
  [0.72, 0.5, 6.1, 3.2, 1.4, 7.8, 0.6, 9.4, 4.2],
  [0.51, 9.4, 4.2, 11.1, 7.9, 14.6, 9.3, 19.5, 8.8],
];

describe('a signature by hand', () => {
  let server: TestServer;
  let signer: TestSigner;
  let written: Seal;
  beforeEach(async () => {
    server = await createTestServer();
    await server.send();
    signer = await openSigner(server, contractor);
    written = { fieldId: signer.session.fields.find(({ kind }) => kind === 'signature')?.id ?? '', kind: 'handwriting', curves, widthMm: 20, heightMm: 10 };
  });
  afterEach(() => server.stop());

  it('stands in the signed file as vector paths, each with its own width', async () => {
    expect((await signer.complete(await signer.request(undefined, [written]))).status).to.equal(200);
    signer.token = '';
    const { session, token } = await ok<{ session: TestSigner['session']; token: string }>(await signer.call('POST', `/v1/sessions/${signer.sessionId}/resume`));
    signer.token = token;
    const [document] = session.documents;
    const bytes = new Uint8Array(await (await signer.call('GET', `/v1/documents/${document?.id ?? ''}/revisions/${document?.sha256 ?? ''}`)).arrayBuffer());
    const streams = (await PDFDocument.load(bytes)).context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []));
    const drawn = streams.map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')).filter((text) => text.includes('3.2 1.4 7.8 0.6 9.4 4.2 c'));
    expect(drawn).to.have.length(1);
    expect(drawn[0]).to.include('0.72 w').and.to.include('0.51 w');
  });

  it('is agreed to number by number: one that was changed on the way is refused', async () => {
    const request = await signer.request(undefined, [written]);
    const changed = { ...request, seals: [{ ...written, curves: [curves[0], [0.51, 9.4, 4.2, 11.1, 7.9, 14.6, 9.3, 19.5, 8.7]] } as Seal] };
    expect(await problemOf(await signer.complete(changed))).to.include({ status: 422, code: 'consent_invalid' });
  });

  it('is refused outside its box, with too many curves, and as a picture', async () => {
    const [curve = []] = curves;
    const hostile = [
      { ...written, curves: [[0.72, 0.5, 6.1, 3.2, 1e9, 7.8, 0.6, 9.4, 4.2]] },
      { ...written, curves: Array.from({ length: 12_001 }, () => curve) },
      { fieldId: written.fieldId, kind: 'handwriting', png: 'iVBORw0KGgo=', widthMm: 20, heightMm: 10 },
      { ...written, kind: 'text' },
    ];
    for (const each of hostile) expect(await problemOf(await signer.call('PUT', `/v1/sessions/${signer.sessionId}/draft`, { json: { values: [], seals: [each] } }))).to.include({ status: 400, code: 'request_invalid' });
  });

  it('that an earlier version kept as a picture is left out of the draft, and the rest of it stays', async () => {
    const picture = { fieldId: written.fieldId, kind: 'text', png: 'iVBORw0KGgo=', widthMm: 20, heightMm: 10 };
    const old = { values: [{ fieldId: 'typed', value: '青葉県' }], seals: [{ ...picture, kind: 'handwriting' }, picture, written] };
    const [recipient] = await server.services.store.tables.recipients.find({ email: contractor.email });
    const id = recipient?.id ?? '';
    await server.services.store.tables.drafts.insert({ recipientId: id, sealed: await server.services.keys.seal(`draft/${id}`, utf8(JSON.stringify(old))), savedAt: server.services.now() });
    signer.token = '';
    const { session } = await ok<{ session: { draft: Draft } }>(await signer.call('POST', `/v1/sessions/${signer.sessionId}/resume`));
    expect(session.draft.values).to.deep.equal(old.values);
    expect(session.draft.seals).to.deep.equal([picture, written]);
  });
});
