import { createOcspResponder, createRevocationList } from '@sky-sign/testkit';
import { expect } from 'chai';
import { children, contextTag, readTlv, sequence } from '../cms/der.js';
import { createWorld, type World } from '../testing/long-term.js';
import { codeOf } from '../testing/envelope.js';
import { findStatus, type StatusNetwork } from './find-status.js';

const { crypto } = globalThis;
const NOTHING = { ocsps: [], crls: [] };

describe('findStatus', () => {
  let world: World;
  before(async () => void (world = await createWorld()));

  const find = (network: StatusNetwork) => {
    const { signer, issuing } = world.certificates();
    const now = new Date();
    return findStatus({ crypto, certificate: signer, issuer: issuing, now, proven: now }, { network, stored: NOTHING });
  };

  it('asks a responder that refuses the nonce once more without it', async () => {
    const honest = createOcspResponder({ crypto, issuer: world.pki.issuing, statusOf: () => 'good' });
    const hasNonce = (request: Uint8Array) => children(children(readTlv(request))[0] ?? readTlv(request)).some(({ tag }) => tag === contextTag(2));
    for (const code of [1, 6]) {
      const asked: boolean[] = [];
      const answer = await find({
        ocsp: async (_, request) => {
          asked.push(hasNonce(request));
          return hasNonce(request) ? Uint8Array.of(0x30, 3, 0x0a, 1, code) : honest(request);
        },
      });
      expect([answer.kind, asked]).to.deep.equal(['ocsp', [true, false]]);
    }
  });

  it('takes an answer from a cache, without a nonce, but none with somebody else’s', async () => {
    const honest = createOcspResponder({ crypto, issuer: world.pki.issuing, statusOf: () => 'good' });
    const plain = (request: Uint8Array) => sequence(sequence(children(children(readTlv(request))[0] ?? readTlv(request))[0]?.bytes ?? new Uint8Array()));
    expect((await find({ ocsp: async (_, request) => honest(plain(request)) })).kind).to.equal('ocsp');
    let first: Uint8Array | undefined;
    const replay: StatusNetwork = { ocsp: async (_, request) => (first ??= await honest(request)) };
    await find(replay);
    expect(await codeOf(find(replay))).to.equal('revocation_unavailable');
  });

  it('falls back on a list where the responder says nothing of use', async () => {
    const crl = async () => createRevocationList({ crypto, issuer: world.pki.issuing });
    const failing: NonNullable<StatusNetwork['ocsp']>[] = [async () => Uint8Array.of(0x30, 3, 0x0a, 1, 3), async () => new Uint8Array(), async () => Promise.reject(new Error('no route to host'))];
    for (const ocsp of failing) expect((await find({ ocsp, crl })).kind).to.equal('crl');
    expect(await codeOf(find({ crl: async () => new Uint8Array(20) }))).to.equal('revocation_unavailable');
  });
});
