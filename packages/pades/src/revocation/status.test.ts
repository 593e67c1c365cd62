import { createOcspResponder, createRevocationList, createTestPki, serialNumberOf, type OcspResponderOptions, type RevocationListOptions } from '@sky-sign/testkit';
import { expect } from 'chai';
import { readCertificate } from '../cms/certificate.js';
import { codeOf } from '../testing/envelope.js';
import { createWorld, type World } from '../testing/long-term.js';
import type { StatusQuestion } from './answer.js';
import { checkRevocationList } from './crl.js';
import { checkOcspResponse, ocspQuery } from './ocsp.js';

const { crypto } = globalThis;
const HOUR = 3_600_000;
const REFUSED = 'revocation_unavailable';

describe('what authorities say of a certificate', () => {
  let world: World;
  let question: StatusQuestion;
  before(async () => {
    world = await createWorld();
    const { signer, issuing } = world.certificates();
    question = { crypto, certificate: signer, issuer: issuing, since: new Date(), now: new Date() };
  });

  describe('by OCSP', () => {
    async function answer(options: Partial<OcspResponderOptions> = {}, about = question) {
      const { request, nonce } = await ocspQuery(about);
      const responder = createOcspResponder({ crypto, issuer: world.pki.issuing, statusOf: () => 'good', ...options });
      return { der: await responder(request), nonce };
    }
    const check = async (options: Partial<OcspResponderOptions> = {}) => {
      const { der, nonce } = await answer(options);
      return checkOcspResponse(der, question, nonce);
    };

    it('refuses somebody who is neither the issuer nor its delegate', async () => {
      const { pki, signer, tsa } = world;
      const stranger = await createTestPki({ crypto });
      const responders = [signer, tsa, pki.root, await stranger.issue({ commonName: 'OCSP', usage: 'ocsp' }), await pki.issue({ commonName: 'old', usage: 'ocsp', notBefore: new Date(2020, 0), notAfter: new Date(2021, 0) })];
      for (const responder of responders) expect(await codeOf(check({ responder }))).to.equal(REFUSED);
    });

    it('refuses an answer about another certificate, of another issuer, and to another request', async () => {
      const { root } = world.certificates();
      const { der } = await answer();
      const other = (await createWorld()).certificates();
      expect(await codeOf(checkOcspResponse(der, { ...question, certificate: other.signer }))).to.equal(REFUSED);
      expect(await codeOf(checkOcspResponse(der, { ...question, issuer: root }))).to.equal(REFUSED);
      expect(await codeOf(checkOcspResponse(der, question, (await ocspQuery(question)).nonce))).to.equal(REFUSED);
    });

    it('refuses what has ended, what comes from the future, and what is flipped', async () => {
      const old = () => new Date(Date.now() - 3 * HOUR);
      expect(await codeOf(check({ now: old, validity: HOUR }))).to.equal(REFUSED);
      expect(await codeOf(check({ now: old, validity: null }))).to.equal(REFUSED);
      expect(await codeOf(check({ now: () => new Date(Date.now() + HOUR) }))).to.equal(REFUSED);
      const { der } = await answer();
      for (const at of [5, 60, 150, der.length - 3]) {
        const flipped = der.slice();
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        expect(await codeOf(checkOcspResponse(flipped, question)), `byte ${at}`).to.equal(REFUSED);
      }
    });

    it('does not take "unknown" for good, nor errors and junk for answers', async () => {
      expect(await codeOf(check({ statusOf: () => 'unknown' }))).to.equal(REFUSED);
      for (const junk of [new Uint8Array(), Uint8Array.of(0x30, 3, 0x0a, 1, 3), new Uint8Array(300)]) expect(await codeOf(checkOcspResponse(junk, question))).to.equal(REFUSED);
    });

    it('hears good and revoked, from the issuer and from its delegate', async () => {
      const delegate = await world.pki.issue({ commonName: 'OCSP', usage: 'ocsp' });
      expect(await check()).to.include({ revokedAt: undefined, delegate: undefined });
      expect((await check({ responder: delegate })).delegate?.der).to.deep.equal(delegate.certificate);
      const revokedAt = new Date('2026-01-02T03:04:05Z');
      expect((await check({ statusOf: (serial) => (serial === serialNumberOf(world.signer.certificate) ? { revokedAt, reason: 1 } : 'good') })).revokedAt).to.deep.equal(revokedAt);
    });
  });

  describe('by revocation lists', () => {
    const list = (options: Partial<RevocationListOptions> = {}) => createRevocationList({ crypto, issuer: world.pki.issuing, ...options });
    const check = async (options: Partial<RevocationListOptions> = {}) => checkRevocationList(await list(options), question);

    it('refuses lists of others, lists that ended, and lists that are flipped', async () => {
      expect(await codeOf(check({ issuer: world.pki.root }))).to.equal(REFUSED);
      const impostor = await createTestPki({ crypto });
      expect(await codeOf(check({ issuer: impostor.issuing }))).to.equal(REFUSED);
      expect(await codeOf(check({ now: () => new Date(Date.now() - 3 * HOUR), validity: HOUR }))).to.equal(REFUSED);
      const flipped = (await list()).slice();
      flipped[flipped.length - 3] = (flipped.at(-3) ?? 0) ^ 1;
      expect(await codeOf(checkRevocationList(flipped, question))).to.equal(REFUSED);
    });

    it('refuses lists of an authority that may make none', async () => {
      const make = async (usage: 'authority' | 'authority-for-certificates') => {
        const issuer = await world.pki.issue({ commonName: usage, usage, issuer: world.pki.root });
        const { certificate } = await world.pki.issue({ commonName: 'Somebody', usage: 'signer', issuer });
        return codeOf(checkRevocationList(await list({ issuer }), { ...question, certificate: readCertificate(certificate), issuer: readCertificate(issuer.certificate) }));
      };
      expect(await make('authority')).to.equal(undefined);
      expect(await make('authority-for-certificates')).to.equal(REFUSED);
    });

    it('refuses lists that are partial, or for certificates of another kind', async () => {
      const scope = (...content: number[]) => crlExtension('2.5.29.28', Uint8Array.of(0x30, content.length, ...content));
      const partial = { deltas: crlExtension('2.5.29.27', Uint8Array.of(2, 1, 1)), authorities: scope(0x82, 1, 0xff), someReasons: scope(0x83, 2, 1, 6), indirect: scope(0x84, 1, 0xff), unknown: crlExtension('1.2.3.4', Uint8Array.of(5, 0)) };
      for (const [why, extension] of Object.entries(partial)) expect(await codeOf(check({ extensions: [extension] })), why).to.equal(REFUSED);
      expect((await check({ extensions: [scope(0x81, 1, 0xff)] })).revokedAt).to.equal(undefined);
    });

    it('finds who is on it', async () => {
      const revokedAt = new Date('2026-01-02T03:04:05Z');
      const others = Array.from({ length: 50 }, (_, i) => [(0x40000000 + i).toString(16), revokedAt] as const);
      expect((await check({ revoked: new Map(others) })).revokedAt).to.equal(undefined);
      expect((await check({ revoked: new Map([...others, [serialNumberOf(world.signer.certificate), revokedAt]]) })).revokedAt).to.deep.equal(revokedAt);
    });
  });
});

/** A critical extension as the list's generator takes it. */
function crlExtension(id: string, value: Uint8Array): NonNullable<RevocationListOptions['extensions']>[number] {
  return { id, critical: true, value };
}
