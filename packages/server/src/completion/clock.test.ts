import type { CompletionResult } from '@sky-sign/protocol';
import { createTestNetwork, createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { developmentAuthority } from '../development/create-development-services.js';
import { runDue } from '../outbox/run.js';
import type { LogEvent } from '../services.js';
import { createTestServer, ok } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';

const minute = 60_000;
const one = { recipients: [{ name: '山田 太郎', email: 'a@example.jp', fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] }] };

describe('clocks', () => {
  let server: TestServer;
  let log: LogEvent[];
  /** How far the authority's clock is from the right time, and ours. */
  let theirs: number;
  let ours: number;
  beforeEach(() => {
    log = [];
    theirs = 0;
    ours = 0;
  });
  afterEach(() => server.stop());

  const start = async (worker = false): Promise<void> => {
    const pki = await createTestPki({ crypto, organization: 'Test', baseUrl: developmentAuthority });
    const network = createTestNetwork({ crypto, pki, tsa: await pki.issue({ commonName: 'TSA', usage: 'tsa' }), now: () => new Date(Date.now() + theirs) });
    server = await createTestServer({ pki, worker, patienceMs: 2_000, timestamp: network.timestamp, now: () => Date.now() + ours, log: (event) => log.push(event) });
  };
  const signatures = async () => (await server.services.store.tables.revisions.find({ kind: 'signature' })).length;
  const sealed = async () => {
    while ((await server.services.store.tables.acts.find({ state: 'sealing' })).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  for (const off of [2 * minute, -2 * minute]) {
    it(`warns where the authority's clock is ${off > 0 ? 'two minutes ahead' : 'two minutes behind'}, and seals`, async () => {
      await start();
      theirs = off;
      await server.send(one);
      const result = await ok<CompletionResult>(await (await openSigner(server, { email: 'a@example.jp' })).complete());
      expect(result.status, JSON.stringify(log)).to.equal('signed');
      const [warning] = log.filter(({ event }) => event === 'clock_differs');
      expect(warning).to.include({ level: 'warn' });
      expect(Number(warning?.['apartMs'])).to.be.within(2 * minute - 5_000, 2 * minute + 5_000);
    });
  }

  it('seals nothing where the clocks are six minutes apart, and all of it once they agree', async () => {
    await start();
    theirs = 6 * minute;
    await server.send(one);
    const signer = await openSigner(server, { email: 'a@example.jp' });
    expect((await ok<CompletionResult>(await signer.complete())).status).to.equal('sealing');
    expect(await signatures()).to.equal(0);
    expect(JSON.stringify(log.map(({ error }) => String(error)))).to.include('5 minutes');
    theirs = 0;
    await server.services.store.tables.outbox.update({ doneAt: null }, { dueAt: 0 });
    await runDue(server.services);
    expect((await ok<CompletionResult>(await signer.complete())).status).to.equal('signed');
    expect(await signatures()).to.equal(1);
  });

  it('put back by most of an hour hold up nothing that was promised before', async function () {
    this.timeout(20_000);
    let down = true;
    const pki = await createTestPki({ crypto, organization: 'Test', baseUrl: developmentAuthority });
    const network = createTestNetwork({ crypto, pki, tsa: await pki.issue({ commonName: 'TSA', usage: 'tsa' }), now: () => new Date(Date.now() + ours) });
    ours = 50 * minute;
    server = await createTestServer({ pki, worker: true, patienceMs: 300, now: () => Date.now() + ours, timestamp: (request) => (down ? Promise.reject(new Error('down')) : network.timestamp(request)) });
    await server.send(one);
    const { tables } = server.services.store;
    while ((await tables.mails.find({})).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const signer = await openSigner(server, { email: 'a@example.jp' });
    expect((await signer.complete()).status).to.equal(202);
    // A lease that a dead worker left behind, too.
    await tables.envelopes.update({}, { leaseUntil: server.services.now() + 20_000 });
    down = false;
    ours = 0;
    server.services.wake();
    await sealed();
    expect(await signatures()).to.equal(1);
  });

  it('put forward by an hour while a signature is under way do not lead to a second one', async () => {
    const held: (() => void)[] = [];
    server = await createTestServer({
      worker: true,
      patienceMs: 200,
      now: () => Date.now() + ours,
      aroundTimestamp: (stamp) => (request) => (held.length === 0 ? new Promise((resolve) => held.push(() => resolve(stamp(request)))) : stamp(request)),
    });
    await server.send(one);
    const { tables } = server.services.store;
    while ((await tables.mails.find({})).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const signer = await openSigner(server, { email: 'a@example.jp' });
    expect((await signer.complete()).status).to.equal(202);
    ours = 60 * minute;
    // The lease has run out, so another node does the work; what the first one brings later is thrown away.
    await runDue({ ...server.services, store: { ...server.services.store } });
    await sealed();
    held[0]?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await signatures()).to.equal(1);
    expect((await tables.audit.find({ type: 'signed' })).length).to.equal(1);
  });
});
