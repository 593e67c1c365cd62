import { createTestPki, type TestIdentity } from '@sky-sign/testkit';
import { expect } from 'chai';
import { codeOf } from '../testing/envelope.js';
import { measureCms, signDigest } from './build-cms.js';
import { checkSignedData } from './check-signed-data.js';
import { readSignedData } from './signed-data.js';

const { crypto } = globalThis;
const digest = new Uint8Array(32).fill(7);

describe('a CMS', () => {
  let [somebody, another]: TestIdentity[] = [];
  before(async () => {
    const pki = await createTestPki({ crypto });
    [somebody, another] = [await pki.issue({ commonName: 'Somebody', usage: 'signer' }), await pki.issue({ commonName: 'Another', usage: 'signer' })];
  });
  const signerOf = (identity: TestIdentity | undefined) => {
    if (!identity) throw new Error('no identity');
    return { crypto, key: identity.key, certificate: identity.certificate, chain: identity.chain };
  };

  it('is refused under another certificate, though the key has just signed under its own', async () => {
    const own = signerOf(somebody);
    await signDigest(own, digest);
    expect(await codeOf(signDigest({ ...own, certificate: signerOf(another).certificate }, digest))).to.equal('certificate_mismatch');
    await signDigest(own, digest);
  });

  it('notices that the bytes of a certificate were changed since the last time', async () => {
    const own = { ...signerOf(somebody), certificate: signerOf(somebody).certificate.slice() };
    await signDigest(own, digest);
    own.certificate.set(signerOf(another).certificate.subarray(0, own.certificate.length));
    expect(await codeOf(signDigest(own, digest))).to.be.oneOf(['certificate_mismatch', 'malformed_signature']);
  });

  it('verifies, time and again, and is no longer than was measured', async () => {
    const own = signerOf(somebody);
    for (let round = 0; round < 3; round++) {
      const cms = (await signDigest(own, digest)).encode();
      expect(await checkSignedData(crypto, readSignedData(cms), digest)).to.deep.equal([]);
      expect(cms.length).to.be.at.most(await measureCms(own));
    }
  });
});
