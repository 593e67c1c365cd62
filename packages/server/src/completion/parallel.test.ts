import { bytesSource, validatePdf, webCryptoHash } from '@sky-sign/pades';
import type { CompletionResult } from '@sky-sign/protocol';
import { expect } from 'chai';
import { verifyAudit } from '../audit/verify.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';

const contractor = { email: 'yamada@example.jp' };
const city = { email: 'hanako@example.jp' };

/** The contractor and the city in the same turn; with text, the contractor has one to fill in. */
const both = (withText: boolean) => ({
  recipients: smallEnvelope.recipients.map(({ fields, accessCode: _, ...recipient }) => ({ ...recipient, order: 1, fields: fields.filter(({ kind }) => kind === 'signature' || (withText && kind === 'text' && recipient.email === contractor.email)) })),
});

const crowd = (size: number, withText: boolean) => ({
  recipients: Array.from({ length: size }, (_, i) => {
    const x = 40 + 50 * (i % 10);
    const y = 600 - 120 * Math.floor(i / 10);
    const signature = { document: 0, page: 1, kind: 'signature' as const, rect: [x, y, 40, 40] as [number, number, number, number] };
    const text = { document: 0, page: 1, kind: 'text' as const, rect: [x, y - 50, 45, 20] as [number, number, number, number], label: '氏名' };
    return { name: `署名 ${String(i)}郎`, email: `p${String(i)}@example.jp`, order: 1, fields: withText ? [signature, text] : [signature] };
  }),
});

describe('people in the same turn', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  const look = async (signer: TestSigner): Promise<void> => {
    signer.session = await ok(await signer.call('GET', `/v1/sessions/${signer.sessionId}`));
    await signer.read();
  };
  const fileOf = async (signer: TestSigner): Promise<Uint8Array> => {
    await look(signer);
    const { id = '', sha256 = '' } = signer.session.documents[0] ?? {};
    return new Uint8Array(await (await signer.call('GET', `/v1/documents/${id}/revisions/${sha256}`)).arrayBuffer());
  };
  const validate = (bytes: Uint8Array) => validatePdf(bytesSource(bytes), { anchors: [server.root], hash: webCryptoHash(crypto), crypto });

  it('may sign a base that grew by a signature without values', async () => {
    server = await createTestServer();
    await server.send(both(false));
    const a = await openSigner(server, contractor);
    const b = await openSigner(server, city);
    expect((await a.complete()).status).to.equal(200);
    expect((await b.complete()).status).to.equal(200);
  });

  it('are asked again where values were added that they have not seen', async () => {
    server = await createTestServer();
    await server.send(both(true));
    const a = await openSigner(server, contractor);
    const b = await openSigner(server, city);
    expect((await a.complete()).status).to.equal(200);
    expect(await problemOf(await b.complete())).to.include({ status: 409, code: 'document_changed' });
    await look(b);
    expect((await b.complete()).status).to.equal(200);
  });

  it('wait while values are being sealed, and hear then that the document has changed, not before', async () => {
    const held: (() => void)[] = [];
    server = await createTestServer({ aroundTimestamp: (stamp) => (request) => new Promise((resolve) => held.push(() => resolve(stamp(request)))) });
    await server.send(both(true));
    const typing = await openSigner(server, contractor);
    const waiting = await openSigner(server, city);
    const first = typing.complete();
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    let answered = false;
    const second = waiting.complete().finally(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(answered).to.equal(false);
    held.shift()?.();
    expect((await first).status).to.equal(200);
    expect(await problemOf(await second)).to.include({ status: 409, code: 'document_changed' });
  });

  it('are told to come back where the values take longer than the patience, and nothing of theirs is kept', async () => {
    let down = true;
    server = await createTestServer({ patienceMs: 100, aroundTimestamp: (stamp) => (request) => (down ? Promise.reject(new Error('down')) : stamp(request)) });
    await server.send(both(true));
    const typing = await openSigner(server, contractor);
    const waiting = await openSigner(server, city);
    expect((await typing.complete()).status).to.equal(202);
    const answer = await waiting.complete();
    expect(answer.headers.get('Retry-After')).to.equal('5');
    expect(await problemOf(answer)).to.include({ status: 503, code: 'service_unavailable' });
    expect((await server.services.store.tables.acts.find({})).length).to.equal(1);
    down = false;
    server.pass(60_000);
    await runDue(server.services);
    expect(await problemOf(await waiting.complete())).to.include({ status: 409, code: 'document_changed' });
  });

  it('have their values sealed after the signatures that were accepted before them, who did not see them', async () => {
    let down = true;
    server = await createTestServer({ patienceMs: 100, aroundTimestamp: (stamp) => (request) => (down ? Promise.reject(new Error('down')) : stamp(request)) });
    await server.send(both(true));
    const plain = await openSigner(server, city);
    const typing = await openSigner(server, contractor);
    expect((await plain.complete()).status).to.equal(202);
    expect((await typing.complete()).status).to.equal(202);
    const { tables } = server.services.store;
    const [late] = await tables.acts.find({ recipientId: typing.session.recipient.id });
    const [job] = (await tables.outbox.find({ kind: 'seal' })).filter(({ payload }) => payload.includes(late?.id ?? '-'));
    down = false;
    // The values' turn comes first in the outbox, and is let pass.
    await tables.outbox.update({ id: job?.id ?? '' }, { dueAt: 0 });
    while ((await tables.outbox.find({ kind: 'seal', doneAt: null })).length > 0) {
      await runDue(server.services);
      server.pass(1_000);
    }
    const signatures = await tables.revisions.find({ kind: 'signature' }, { orderBy: 'number' });
    expect(signatures.map(({ recipientId }) => recipientId)).to.deep.equal([plain.session.recipient.id, typing.session.recipient.id]);
    expect((await validate(await fileOf(typing))).ok).to.equal(true);
  });

  it('are all accepted when twenty without values sign at once, and seal one after the other', async function () {
    this.timeout(300_000);
    server = await createTestServer({ worker: true, patienceMs: 60_000 });
    const { id } = await server.send(crowd(20, false));
    const signers: TestSigner[] = [];
    for (let i = 0; i < 20; i += 1) signers.push(await openSigner(server, { email: `p${String(i)}@example.jp` }));
    const results = await Promise.all(signers.map(async (signer) => ok<CompletionResult>(await signer.complete())));
    for (const [i, { status }] of results.entries()) if (status === 'sealing') while ((await ok<CompletionResult>(await (signers[i] as TestSigner).complete())).status !== 'signed');
    const report = await validate(await fileOf(signers[0] as TestSigner));
    expect(report.signatures.map(({ kind }) => kind)).to.deep.equal([...Array.from({ length: 20 }, () => 'signature'), 'timestamp']);
    expect(report.ok).to.equal(true);
    expect(await verifyAudit(server.services, server.services.store.tables, id)).to.equal(undefined);
  });

  it('all come through when twenty with values sign at once: each is shown what others wrote, nobody is sent away', async function () {
    this.timeout(300_000);
    server = await createTestServer({ worker: true, patienceMs: 60_000 });
    const { id } = await server.send(crowd(20, true));
    const signers: TestSigner[] = [];
    for (let i = 0; i < 20; i += 1) signers.push(await openSigner(server, { email: `p${String(i)}@example.jp` }));
    const codes: string[] = [];
    const persist = async (signer: TestSigner): Promise<void> => {
      for (;;) {
        const answer = await signer.complete();
        if (answer.ok && ((await answer.json()) as CompletionResult).status === 'signed') return;
        if (answer.ok) continue;
        codes.push((await problemOf(answer)).code);
        await look(signer);
      }
    };
    await Promise.all(signers.map(persist));
    expect([...new Set(codes)]).to.deep.equal(['document_changed']);
    const bytes = await fileOf(signers[0] as TestSigner);
    expect((await validate(bytes)).ok).to.equal(true);
    const revisions = await server.services.store.tables.revisions.find({ kind: 'signature' }, { orderBy: 'number' });
    expect(new Set(revisions.map(({ recipientId }) => recipientId)).size).to.equal(20);
    expect(await verifyAudit(server.services, server.services.store.tables, id)).to.equal(undefined);
  });
});
