import { createTestPki, type IssueOptions, type TestIdentity, type TestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { readCertificate } from './certificate.js';
import { codeOf } from '../testing/envelope.js';
import { contextTag, sequence, tlv } from './der.js';
import { createFailures } from './failures.js';
import { findPath } from './path.js';

const { crypto } = globalThis;

describe('a path to an anchor', () => {
  let pki: TestPki;
  before(async () => {
    pki = await createTestPki({ crypto });
  });

  const issue = (options: Partial<IssueOptions> = {}): Promise<TestIdentity> => pki.issue({ commonName: 'Somebody', usage: 'signer', ...options });
  async function length({ certificate, chain }: TestIdentity, at = new Date()): Promise<number | undefined> {
    return (await findPath(readCertificate(certificate), { crypto, candidates: chain.map((der) => readCertificate(der)), anchors: [readCertificate(pki.root.certificate)], at }))?.length;
  }

  it('leads over authorities to a given root, at a time when all of them hold', async () => {
    const somebody = await issue();
    expect(await length(somebody)).to.equal(3);
    expect(await length(somebody, new Date(Date.now() - 2 * 86_400_000))).to.equal(undefined);
    expect(await length(await (await createTestPki({ crypto })).issue({ commonName: 'Stranger', usage: 'signer' }))).to.equal(undefined);
  });

  it('is looked for until too many authorities of the right name turned out to be others', async () => {
    const stranger = (await createTestPki({ crypto })).root;
    const { certificate } = await issue({ issuer: pki.root });
    const impostor = { ...readCertificate(stranger.certificate), subject: readCertificate(certificate).issuer };
    const failures = createFailures();
    const look = () => findPath(readCertificate(certificate), { crypto, candidates: Array.from({ length: 100 }, (_, i) => ({ ...impostor, der: Uint8Array.of(i) })), anchors: [], at: new Date(), failures });
    for (let i = 0; i < 20; i++) expect(await look()).to.equal(undefined);
    expect(await codeOf(look())).to.equal('limit_exceeded');
  });

  it('does not lead over a certificate with a critical extension that nobody knows', async () => {
    expect(await length(await issue({ withUnknown: true }))).to.equal(undefined);
  });

  it('leads over certificates only that may issue others', async () => {
    const under = async (usage: IssueOptions['usage']) => length(await issue({ issuer: await issue({ commonName: usage, usage, issuer: pki.root }) }));
    expect(await under('authority')).to.equal(3);
    expect(await under('authority-for-certificates')).to.equal(3);
    expect(await under('authority-for-lists')).to.equal(undefined);
    expect(await under('signer')).to.equal(undefined);
  });

  it('is no longer than its authorities allow', async () => {
    const further = await issue({ commonName: 'Further', usage: 'authority' });
    expect(await length(await issue({ issuer: further })), 'the issuing authority allows none below it').to.equal(undefined);
    const first = await issue({ commonName: 'First', usage: 'authority', issuer: pki.root });
    expect(await length(await issue({ issuer: await issue({ commonName: 'Second', usage: 'authority', issuer: first }) }))).to.equal(4);
  });

  it('leads to names only that its authorities may give out', async () => {
    const { certificate, chain } = await issue();
    const [issuing] = chain.map((der) => readCertificate(der));
    if (!issuing) throw new Error('no issuing authority');
    const through = async (permitted: Uint8Array) => {
      const constraints = sequence(tlv(contextTag(0), sequence(tlv(contextTag(4), permitted))));
      const constrained = { ...issuing, extension: (id: string) => (id === '2.5.29.30' ? constraints : issuing.extension(id)) };
      return (await findPath(readCertificate(certificate), { crypto, candidates: [constrained], anchors: [readCertificate(pki.root.certificate)], at: new Date() }))?.length;
    };
    expect(await through(readCertificate(certificate).subject)).to.equal(3);
    expect(await through(readCertificate(pki.root.certificate).subject)).to.equal(undefined);
  });
});
