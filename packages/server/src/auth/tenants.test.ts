import { expect } from 'chai';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, onePage, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createApiKey } from './api-key.js';

describe('another tenant', () => {
  let server: TestServer;
  let foreign: string;
  let read: number;
  const called: string[] = [];
  beforeEach(async () => {
    read = 0;
    called.length = 0;
    server = await createTestServer({
      readText: () => {
        read += 1;
        return Promise.resolve([]);
      },
      egress: (input) => {
        called.push(String(input));
        return Promise.resolve(new Response(null, { status: 204 }));
      },
    });
    foreign = await createApiKey(server.services, 'another city');
  });
  afterEach(() => server.stop());

  it('sends no draft of ours', async () => {
    const { id } = await server.send({ send: false });
    expect(await problemOf(await server.asSender('POST', `/v1/envelopes/${id}/send`, undefined, foreign))).to.include({ status: 404, code: 'not_found' });
    const [envelope] = await server.services.store.tables.envelopes.find({ id });
    expect(envelope?.status).to.equal('draft');
  });

  it('reminds none of our recipients', async () => {
    const { id } = await server.send();
    await runDue(server.services);
    expect(await problemOf(await server.asSender('POST', `/v1/envelopes/${id}/remind`, undefined, foreign))).to.include({ status: 404, code: 'not_found' });
    expect(await server.services.store.tables.outbox.find({ kind: 'mail', doneAt: null })).to.deep.equal([]);
  });

  it('hears nothing of our envelopes by its webhooks', async () => {
    await ok(await server.asSender('POST', '/v1/webhooks', { url: 'https://ours.example/hooks' }));
    await ok(await server.asSender('POST', '/v1/webhooks', { url: 'https://theirs.example/hooks' }, foreign));
    await server.send();
    await runDue(server.services);
    expect(called).to.deep.equal(['https://ours.example/hooks']);
  });

  it('learns nothing of our uploads by looking for words or form fields in them', async () => {
    const { id } = await server.upload(await onePage());
    const [recipient] = smallEnvelope.recipients;
    const anchored = { document: 0, kind: 'text', anchor: { text: 'Contract', width: 10, height: 10 } };
    const named = { document: 0, kind: 'text', pdfField: 'price' };
    for (const field of [anchored, named]) {
      const input = { ...smallEnvelope, documents: [{ id }], recipients: [{ ...recipient, fields: [field] }] };
      expect(await problemOf(await server.asSender('POST', '/v1/envelopes', input, foreign)), JSON.stringify(field)).to.include({ status: 404, code: 'not_found' });
    }
    expect(read).to.equal(0);
  });
});
