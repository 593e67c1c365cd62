import { createTestPki, type TestIdentity } from '@sky-sign/testkit';
import { expect } from 'chai';
import { ecdsaToDer } from './algorithms.js';
import { signDigest } from './build-cms.js';
import { checkSignedData } from './check-signed-data.js';
import { children, octetString, oid, readOid, readTlv, sequence, setOf, type Tlv } from './der.js';
import { OID } from './oids.js';
import { readSignedData, type SignedMessage } from './signed-data.js';

const { crypto } = globalThis;
const digest = new Uint8Array(32).fill(7);

describe('the signed attributes of a CMS', () => {
  let somebody: TestIdentity;
  let another: TestIdentity;
  let honest: SignedMessage;
  before(async () => {
    const pki = await createTestPki({ crypto });
    [somebody, another] = [await pki.issue({ commonName: 'Somebody', usage: 'signer' }), await pki.issue({ commonName: 'Another', usage: 'signer' })];
    honest = readSignedData((await signDigest({ crypto, key: somebody.key, certificate: somebody.certificate, chain: somebody.chain }, digest)).encode());
  });

  /** The same message with other attributes, signed anew by its own key: only the attribute is wrong. */
  async function withAttributes(change: (attributes: Map<string, Uint8Array[]>) => void): Promise<string[]> {
    const values = new Map([...honest.signed].map(([type, own]) => [type, own.map(({ bytes }) => bytes)]));
    change(values);
    const data = setOf([...values].map(([type, own]) => sequence(oid(type), setOf(own))));
    const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, somebody.key, new Uint8Array(data)));
    const signed = new Map(children(readTlv(data)).map((attribute): [string, Tlv[]] => {
      const [type, set] = children(attribute);
      return [readOid(type), set ? children(set) : []];
    }));
    return checkSignedData(crypto, { ...honest, signed, signedAttributes: data, signature: ecdsaToDer(raw) }, digest);
  }

  it('fit', async () => {
    expect(await withAttributes(() => undefined)).to.deep.equal([]);
  });

  it('name the kind of content, and the digest of this one', async () => {
    expect(await withAttributes((attributes) => attributes.set(OID.contentType, [oid(OID.tstInfo)]))).to.deep.equal(['content_type']);
    expect(await withAttributes((attributes) => attributes.delete(OID.contentType))).to.deep.equal(['content_type']);
    expect(await withAttributes((attributes) => attributes.set(OID.messageDigest, [octetString(new Uint8Array(32))]))).to.deep.equal(['message_digest']);
    expect(await withAttributes((attributes) => attributes.delete(OID.messageDigest))).to.deep.equal(['message_digest']);
  });

  it('name the certificate that they are verified with', async () => {
    const naming = async ({ certificate }: TestIdentity) => sequence(sequence(sequence(octetString(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(certificate)))))));
    const [own, other] = [await naming(somebody), await naming(another)];
    expect(await withAttributes((attributes) => attributes.set(OID.signingCertificateV2, [own]))).to.deep.equal([]);
    expect(await withAttributes((attributes) => attributes.set(OID.signingCertificateV2, [other]))).to.deep.equal(['signing_certificate']);
    expect(await withAttributes((attributes) => attributes.delete(OID.signingCertificateV2))).to.deep.equal(['signing_certificate_missing']);
  });
});
