import { expect } from 'chai';
import { TAG, contextTag, derNull, oid, sequence, setOf, tlv } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { codeOf } from '../testing/envelope.js';
import { createWorld, type World } from '../testing/long-term.js';
import { completePath } from './complete-path.js';

const { crypto } = globalThis;

/** Certificates only, as a file that ends in .p7c (RFC 5280, 4.2.2.1). */
const bundle = (...certificates: Uint8Array[]) => sequence(oid(OID.signedData), tlv(contextTag(0), sequence(tlv(TAG.integer, Uint8Array.of(1)), tlv(TAG.set), sequence(oid(OID.data)), setOf(certificates, contextTag(0)), tlv(TAG.set))));

describe('completePath', () => {
  let world: World;
  before(async () => void (world = await createWorld()));

  /** With nothing but the signer and the root at hand. */
  const complete = (certificate?: (url: string) => Promise<Uint8Array>) => {
    const { signer, root } = world.certificates();
    return completePath(signer, { crypto, candidates: [], anchors: [root], network: { certificate }, at: new Date() });
  };

  it('fetches an issuer as DER and as PKCS#7, beside certificates that cannot be read', async () => {
    const { issuing } = world.pki;
    for (const answer of [issuing.certificate, bundle(issuing.certificate), bundle(derNull(), issuing.certificate)]) expect(await complete(async () => answer)).to.have.length(3);
  });

  it('says that it is incomplete where nothing of use is fetched', async () => {
    const stranger = await createWorld();
    for (const answer of [derNull(), new Uint8Array(), bundle(), stranger.pki.issuing.certificate]) expect(await codeOf(complete(async () => answer))).to.equal('path_incomplete');
    expect(await codeOf(complete(async () => Promise.reject(new Error('no route to host'))))).to.equal('path_incomplete');
    expect(await codeOf(complete())).to.equal('path_incomplete');
  });

  it('asks each address once, however far that leads', async () => {
    const asked: string[] = [];
    await codeOf(complete(async (url) => (asked.push(url), world.pki.root.certificate)));
    expect(new Set(asked).size).to.equal(asked.length);
    expect(asked).to.have.length(1);
  });
});
