import { expect } from 'chai';
import { defaultLimits } from '../services.js';
import { createTestServer, onePage, origin, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import { attachment } from './content-disposition.js';

describe('file names in headers', () => {
  it('carry Japanese, and neither end the line nor the quotes', () => {
    expect(attachment('契約書 №1.pdf')).to.equal(`attachment; filename="___ _1.pdf"; filename*=UTF-8''%E5%A5%91%E7%B4%84%E6%9B%B8%20%E2%84%961.pdf`);
    for (const name of ['契約\r\nSet-Cookie: a=b', '契約\u2028x', '"; filename="evil.exe', "x'y(z)*", '\u202efdp.exe', 'a\\b%00', '改行\n']) {
      const header = attachment(name);
      expect(header, JSON.stringify(name)).to.match(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''(?:[\w.~!-]|%[0-9A-F]{2})+$/u);
      expect(() => new Headers({ 'Content-Disposition': header })).to.not.throw();
      expect(header.split('filename="').length).to.equal(2);
    }
  });

  it('are refused where they have line ends', async () => {
    const server = await createTestServer();
    for (const name of ['x%0d%0aSet-Cookie:%20a=b', 'x%00y', '%E5%A5%91%0a%E7%B4%84', '%E5%A5%91%E7%B4%84%E2%80%AEfdp.exe', '']) {
      const answer = await server.asSender('POST', `/v1/documents?name=${name}`, await onePage());
      expect(await problemOf(answer), name).to.include({ status: 400, code: 'request_invalid' });
    }
    await server.stop();
  });
});

describe('bodies that are too much', () => {
  let server: TestServer;
  before(async () => {
    server = await createTestServer({ limits: { ...defaultLimits, documentBytes: 300_000, envelopeBytes: 400_000, envelopeDocuments: 3, sealBytes: 1_000 } });
  });
  after(() => server.stop());

  it('are not read to their end where nobody said how long they are', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(sent === 65_536 ? new TextEncoder().encode(`%PDF-1.7\n${' '.repeat(65_000)}`) : new Uint8Array(65_536));
        if (sent > 50_000_000) controller.close();
      },
    });
    const request = new Request(`${origin}/v1/documents?name=x`, { method: 'POST', headers: { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/pdf' }, body: endless, duplex: 'half' } as RequestInit);
    expect(await problemOf(await server.app.request(request))).to.include({ status: 413, code: 'document_too_large' });
    expect(sent).to.be.below(3_000_000);
    expect(await server.services.store.tables.chunks.find({})).to.deep.equal([]);
  });

  it('are not read on after a megabyte of JSON, whatever stands in it', async () => {
    const body = JSON.stringify({ ...smallEnvelope, documents: [{ id: 'doc_x' }] }) + ' '.repeat(2 ** 20);
    const answer = await problemOf(await server.asSender('POST', '/v1/envelopes/x/void', { reason: 'x', more: ' '.repeat(2 ** 20) }));
    expect(answer).to.include({ status: 400, code: 'request_invalid' });
    expect(answer['detail']).to.include('larger than');
    const raw = await server.app.request(new Request(`${origin}/v1/envelopes`, { method: 'POST', headers: { Authorization: `Bearer ${server.apiKey}` }, body }));
    expect((await problemOf(raw))['detail']).to.include('larger than');
  });

  it('are refused when they are deep, wide, or poison prototypes, without an error of ours', async () => {
    const logged: unknown[] = [];
    const watched = await createTestServer({ log: (event) => logged.push(event) });
    const post = (body: string) => watched.app.request(new Request(`${origin}/v1/envelopes`, { method: 'POST', headers: { Authorization: `Bearer ${watched.apiKey}` }, body }));
    const { id } = await watched.upload(await onePage());
    const bodies = [
      '['.repeat(200_000) + ']'.repeat(200_000),
      `{"title":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
      JSON.stringify({ ...smallEnvelope, documents: Array.from({ length: 101 }, () => ({ id })) }),
      JSON.stringify({ ...smallEnvelope, documents: [{ id }], recipients: Array.from({ length: 51 }, () => smallEnvelope.recipients[1]) }),
      `{"__proto__":{"title":"x"},"constructor":{"prototype":{"send":true}}}`,
      JSON.stringify({ ...smallEnvelope, documents: [{ id }], title: 'x'.repeat(201) }),
      JSON.stringify({ ...smallEnvelope, documents: [{ id }], title: 'x\u0000y' }),
      JSON.stringify({ ...smallEnvelope, documents: [{ id }] }).replace('"工事請負契約"', '"\\ud800"'),
    ];
    for (const body of bodies) expect(await problemOf(await post(body)), body.slice(0, 40)).to.include({ status: 400, code: 'request_invalid' });
    expect(({} as Record<string, unknown>)['title']).to.equal(undefined);
    expect(logged).to.deep.equal([]);
    await watched.stop();
  });
});

describe('a session on another page', () => {
  it('is refused, with its key and its token', async () => {
    const server = await createTestServer();
    await server.send();
    const signer = await openSigner(server, { email: 'yamada@example.jp', code: '4126' });
    const ask = (from: string) => signer.call('GET', `/v1/sessions/${signer.sessionId}`, { origin: from });
    for (const from of ['https://evil.example', 'null', 'http://sign.example', 'https://sign.example.evil.example', 'https://sign.example:8443']) {
      expect(await problemOf(await ask(from)), from).to.include({ status: 403, code: 'origin_not_allowed' });
    }
    expect((await ask(origin)).status).to.equal(200);
    await server.stop();
  });
});
