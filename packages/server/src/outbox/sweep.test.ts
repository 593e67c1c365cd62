import { expect } from 'chai';
import type { LogEvent } from '../services.js';
import { createTestServer, ok, onePage, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import { sweep } from './sweep.js';

const dayMs = 86_400_000;

describe('what is swept, and what is over before', () => {
  let server: TestServer;
  let logged: LogEvent[];
  beforeEach(async () => {
    logged = [];
    server = await createTestServer({ log: (event) => logged.push(event) });
  });
  afterEach(() => server.stop());

  const statusOf = async (id: string) => (await ok<{ status: string }>(await server.asSender('GET', `/v1/envelopes/${id}`))).status;
  const recipients = [{ name: 'x', email: 'x@example.jp' }];
  const send = () => server.send({ recipients, deadline: new Date(server.services.now() + 60_000).toISOString() });

  it('an overdue envelope is expired for whoever looks first', async () => {
    for (const look of ['sender', 'search', 'session', 'progress', 'sweep', 'other tenant'] as const) {
      const { id } = await send();
      const person = await openSigner(server, recipients[0] ?? { email: '' });
      server.pass(61_000);
      if (look === 'sender') expect(await statusOf(id)).to.equal('expired');
      if (look === 'search') expect((await ok<{ envelopes: { id: string }[] }>(await server.asSender('GET', '/v1/envelopes?status=expired'))).envelopes.some((each) => each.id === id)).to.equal(true);
      if (look === 'session') expect(await problemOf(await person.call('GET', `/v1/sessions/${person.sessionId}`))).to.include({ code: 'link_ended', state: 'expired' });
      if (look === 'progress') expect(await problemOf(await person.call('GET', `/v1/envelopes/${id}/progress`))).to.include({ code: 'link_ended', state: 'expired' });
      if (look === 'sweep') await sweep(server.services);
      const [row] = await server.services.store.tables.envelopes.find({ id });
      expect(row?.status, look).to.equal(look === 'other tenant' ? 'sent' : 'expired');
    }
  });

  it('an overdue envelope is not reminded of, taken back, opened again or embedded, and an overdue draft not sent', async () => {
    const { id, recipients: [recipient] } = await send();
    const draft = await server.send({ recipients, deadline: new Date(server.services.now() + 60_000).toISOString(), send: false });
    server.pass(61_000);
    const one = `/v1/envelopes/${id}/recipients/${recipient?.id ?? ''}`;
    for (const [path, body] of [[`/v1/envelopes/${id}/remind`, undefined], [`/v1/envelopes/${id}/void`, { reason: 'x' }], [`${one}/resend`, undefined], [`${one}/embed-tokens`, { origin: 'https://portal.example' }], [`/v1/envelopes/${draft.id}/send`, undefined]] as const) {
      expect(await problemOf(await server.asSender('POST', path, body)), path).to.include({ status: 409, code: 'envelope_state' });
    }
    expect(await statusOf(draft.id)).to.equal('draft');
  });

  it('an envelope whose last signature is being finished is not expired under it', async () => {
    const { id } = await send();
    const person = await openSigner(server, recipients[0] ?? { email: '' });
    const { tables } = server.services.store;
    const act = { id: 'act', tenant: 'city', envelopeId: id, recipientId: person.session.recipient.id, sessionId: person.sessionId, state: 'sealing', at: 0, idempotencyKey: '', bodyHash: '', consent: '', consentSignature: '', withValues: 0, position: 0, sealed: null } as const;
    await tables.acts.insert(act);
    server.pass(61_000);
    expect(await statusOf(id)).to.equal('sent');
    await tables.acts.delete({ id: 'act' });
    expect(await statusOf(id)).to.equal('expired');
  });

  it('uploads that no envelope took go after a day, with their bytes, and the log says so', async () => {
    const { tables } = server.services.store;
    const unused = await server.upload(await onePage());
    const used = await server.send({ recipients, send: false });
    const [before] = await tables.revisions.find({ documentId: unused.id });
    server.pass(dayMs - 60_000);
    const young = await server.upload(await onePage());
    await sweep(server.services);
    expect(await tables.documents.find({ id: unused.id })).to.have.length(1);
    server.pass(60_000);
    await sweep(server.services);
    expect(await tables.documents.find({ id: unused.id })).to.deep.equal([]);
    expect(await tables.revisions.find({ documentId: unused.id })).to.deep.equal([]);
    for (const segmentId of [before?.segmentId ?? '']) {
      expect(await tables.segments.find({ id: segmentId })).to.deep.equal([]);
      expect(await tables.chunks.find({ segmentId })).to.deep.equal([]);
    }
    expect(await tables.documents.find({ id: young.id })).to.have.length(1);
    expect(await tables.documents.find({ id: used.documents[0]?.id ?? '' })).to.have.length(1);
    expect(logged.filter(({ event }) => event === 'upload_swept').map(({ documentId }) => documentId)).to.deep.equal([unused.id]);
    expect(await problemOf(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id: unused.id }], recipients }))).to.include({ status: 404, code: 'not_found' });
  });
});
