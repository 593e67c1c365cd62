import { bytesSource, validatePdf, webCryptoHash } from '@sky-sign/pades';
import type { Hash } from '@sky-sign/pades';
import type { CompletionResult } from '@sky-sign/protocol';
import { createTestNetwork, createTestPki } from '@sky-sign/testkit';
import type { TestIdentity, TestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { developmentAuthority } from '../development/create-development-services.js';
import type { DevelopmentOptions } from '../development/create-development-services.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue, runJob } from '../outbox/run.js';
import type { LogEvent } from '../services.js';
import { createTestServer, ok } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';

const email = 'a@example.jp';
const one = { recipients: [{ name: '山田 太郎', email, fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] }] };

/** Gets the next digest wrong by a bit, as memory does. */
function faultyHash(): { readonly hash: Hash; failOnce(): void } {
  const right = webCryptoHash(crypto);
  let fails = false;
  return {
    hash: async (...what) => {
      const digest = await right(...what);
      if (fails) digest[0] = (digest[0] ?? 0) ^ 1;
      fails = false;
      return digest;
    },
    failOnce: () => void (fails = true),
  };
}

describe('what would not be valid, or would not last', () => {
  let server: TestServer;
  let pki: TestPki;
  let operator: TestIdentity;
  let log: LogEvent[];
  before(async () => {
    pki = await createTestPki({ crypto, organization: 'Test', baseUrl: developmentAuthority });
    operator = await pki.issue({ commonName: 'operator', usage: 'signer' });
  });
  afterEach(() => server.stop());

  const start = async (options: Partial<DevelopmentOptions>): Promise<TestSigner> => {
    log = [];
    server = await createTestServer({ pki, patienceMs: 10_000, log: (event) => log.push(event), ...options });
    await server.send(one);
    return openSigner(server, { email });
  };
  const newNetwork = async () => createTestNetwork({ crypto, pki, tsa: await pki.issue({ commonName: 'TSA', usage: 'tsa' }) });
  /** An accepted act is kept, and nothing that was made of it. */
  const expectNothingKept = async (person: TestSigner): Promise<void> => {
    const { tables } = server.services.store;
    expect((await tables.acts.find({ recipientId: person.session.recipient.id })).map(({ state }) => state)).to.deep.equal(['sealing']);
    expect(await tables.revisions.find({ kind: 'signature' })).to.deep.equal([]);
    expect(await tables.audit.find({ type: 'signed' })).to.deep.equal([]);
  };
  const sealedLevels = async (person: TestSigner) => {
    await server.services.store.tables.outbox.update({ doneAt: null }, { dueAt: 0 });
    await runDue(server.services);
    const { status, session } = await ok<CompletionResult>(await person.complete());
    expect(status).to.equal('signed');
    const [{ id, sha256 } = { id: '', sha256: '' }] = session.documents;
    const bytes = new Uint8Array(await (await person.call('GET', `/v1/documents/${id}/revisions/${sha256}`)).arrayBuffer());
    const { ok: valid, signatures } = await validatePdf(bytesSource(bytes), { anchors: [server.root], hash: webCryptoHash(crypto), crypto });
    return { valid, levels: signatures.filter(({ kind }) => kind === 'signature').map(({ level }) => level) };
  };

  it('is never kept: a digest that came out wrong once, in a fault that the signing itself does not see', async () => {
    const faulty = faultyHash();
    const person = await start({ identity: { root: pki.root.certificate, operator }, hash: faulty.hash });
    faulty.failOnce();
    expect((await ok<CompletionResult>(await person.complete())).status).to.equal('sealing');
    await expectNothingKept(person);
    expect(log.filter(({ event }) => event === 'job_failed').map(({ error }) => String(error)).join()).to.include('Our own output does not validate');
    expect(await sealedLevels(person)).to.deep.equal({ valid: true, levels: ['B-LTA'] });
  });

  it('is never kept: a signature by a key that does not belong to the certificate', async () => {
    const { key } = await pki.issue({ commonName: 'somebody else', usage: 'signer' });
    const person = await start({ identity: { root: pki.root.certificate, operator: { ...operator, key } } });
    expect((await ok<CompletionResult>(await person.complete())).status).to.equal('sealing');
    await expectNothingKept(person);
  });

  it('is never kept: nor is a contract certificate with such a digest, and it is made later', async () => {
    const person = await start({ identity: { root: pki.root.certificate, operator } });
    expect((await person.complete()).status).to.equal(200);
    const { services } = server;
    const { hash, failOnce } = faultyHash();
    failOnce();
    const [job] = await services.store.tables.outbox.find({ kind: 'certificate', doneAt: null });
    expect(await runJob({ ...services, hash }, job?.id ?? '')).to.equal('failed');
    expect(await services.store.tables.certificates.find({})).to.deep.equal([]);
    await services.store.tables.outbox.update({ doneAt: null }, { dueAt: 0 });
    await runDue(services);
    expect(await services.store.tables.certificates.find({})).to.have.length(1);
  });

  it('waits while OCSP and CRL are down, and is sealed to last when they are back', async () => {
    const { timestamp, ocsp, crl } = await newNetwork();
    let down = true;
    const whenUp = <Ask extends readonly unknown[]>(answer: (...ask: Ask) => Promise<Uint8Array>) => (...ask: Ask) => (down ? Promise.reject(new Error('down')) : answer(...ask));
    const person = await start({ timestamp, status: { ocsp: whenUp(ocsp), crl: whenUp(crl) } });
    expect((await ok<CompletionResult>(await person.complete())).status).to.equal('sealing');
    await expectNothingKept(person);
    down = false;
    expect(await sealedLevels(person)).to.deep.equal({ valid: true, levels: ['B-LTA'] });
  });

  it('is no reason to wait where lists of revoked certificates still answer', async () => {
    const { timestamp, crl } = await newNetwork();
    const person = await start({ timestamp, status: { ocsp: () => Promise.reject(new Error('down')), crl } });
    expect((await ok<CompletionResult>(await person.complete())).status).to.equal('signed');
    expect(await sealedLevels(person)).to.deep.equal({ valid: true, levels: ['B-LTA'] });
  });
});

describe('a timestamp authority that hangs when the outbox asks it again', () => {
  it('holds up nobody else: another envelope is signed, and its mails go out', async () => {
    let authority: 'down' | 'hangs' | 'up' = 'down';
    let release: (() => void) | undefined;
    const server = await createTestServer({
      worker: true,
      patienceMs: 200,
      aroundTimestamp: (stamp) => (request) => {
        if (authority === 'down') return Promise.reject(new Error('down'));
        return authority === 'up' ? stamp(request) : new Promise((resolve) => (release = () => resolve(stamp(request))));
      },
    });
    const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const mailed = async (to: string) => (await listMails(server.services)).some((mail) => mail.to === to && mail.subject === '電子署名完了のお知らせ');
    const [stuck, free] = ['stuck@example.jp', 'free@example.jp'];
    for (const to of [stuck, free]) await server.send({ recipients: one.recipients.map((recipient) => ({ ...recipient, email: to })) });
    expect((await (await openSigner(server, { email: stuck })).complete()).status).to.equal(202);
    authority = 'hangs';
    await until(() => release !== undefined);
    authority = 'up';
    expect((await (await openSigner(server, { email: free })).complete()).status).to.be.oneOf([200, 202]);
    await until(() => mailed(free));
    expect(await mailed(stuck)).to.equal(false);
    release?.();
    await until(() => mailed(stuck));
    await server.stop();
  });
});
