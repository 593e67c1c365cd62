import { PadesError } from '../errors.js';
import { ecdsaToDer, hashIdentifier, schemeOf, type SignatureScheme } from './algorithms.js';
import type { Certificate } from './certificate.js';
import { TAG, contextTag, integer, octetString, oid, sequence, setOf, tlv } from './der.js';
import { OID } from './oids.js';
import type { Signer } from './signer.js';
import { signingCertificate, type SigningCertificate } from './signing-certificate.js';

/** A CAdES signature without its timestamp. */
export interface Signature {
  readonly value: Uint8Array;
  /** The DER CMS, with the timestamp token as its unsigned attribute where one is given. */
  encode(timestampToken?: Uint8Array): Uint8Array;
}

/** Signs a digest: CAdES baseline (ETSI EN 319 122-1), detached, no signing-time since the time stands in /M. */
export async function signDigest(signer: Signer, digest: Uint8Array): Promise<Signature> {
  const scheme = schemeOf(signer.key, signer.hash);
  const own = await signingCertificate(signer, scheme);
  const attributes = signedAttributes(own, scheme, digest);
  const data = setOf(attributes);
  const raw = new Uint8Array(await signer.crypto.subtle.sign(scheme.parameters, signer.key, data));
  const value = scheme.isEcdsa ? ecdsaToDer(raw) : raw;
  if (!(await own.verifies(value, data))) throw new PadesError('certificate_mismatch', 'the certificate does not belong to the key that signed');
  return { value, encode: (token) => encode({ signer, scheme, certificate: own.certificate, attributes, value, token }) };
}

/** How long a CMS of this signer can get, without a timestamp: a trial with a signature value of zeros. */
export async function measureCms(signer: Signer): Promise<number> {
  const scheme = schemeOf(signer.key, signer.hash);
  const own = await signingCertificate(signer, scheme);
  const attributes = signedAttributes(own, scheme, new Uint8Array(64));
  return encode({ signer, scheme, certificate: own.certificate, attributes, value: new Uint8Array(scheme.signatureBytes), token: undefined }).length;
}

function signedAttributes({ digest: certificateDigest }: SigningCertificate, { hash }: SignatureScheme, digest: Uint8Array): Uint8Array[] {
  // SHA-256 is the default of ESSCertIDv2 and DER leaves defaults out (RFC 5035, 4).
  const certificateId = sequence(...(hash === 'SHA-256' ? [] : [hashIdentifier(hash)]), octetString(certificateDigest));
  return [attribute(OID.contentType, oid(OID.data)), attribute(OID.messageDigest, octetString(digest)), attribute(OID.signingCertificateV2, sequence(sequence(certificateId)))];
}

interface Parts {
  readonly signer: Signer;
  readonly scheme: SignatureScheme;
  readonly certificate: Certificate;
  readonly attributes: readonly Uint8Array[];
  readonly value: Uint8Array;
  readonly token: Uint8Array | undefined;
}

function encode({ signer, scheme, certificate, attributes, value, token }: Parts): Uint8Array {
  const version1 = integer(Uint8Array.of(1));
  const signerInfo = sequence(
    version1,
    sequence(certificate.issuer, certificate.serialNumber),
    hashIdentifier(scheme.hash),
    setOf(attributes, contextTag(0)),
    scheme.identifier,
    octetString(value),
    ...(token ? [setOf([attribute(OID.signatureTimestamp, token)], contextTag(1))] : []),
  );
  const signedData = sequence(
    version1,
    tlv(TAG.set, hashIdentifier(scheme.hash)),
    sequence(oid(OID.data)),
    setOf([certificate.der, ...signer.chain], contextTag(0)),
    tlv(TAG.set, signerInfo),
  );
  return sequence(oid(OID.signedData), tlv(contextTag(0), signedData));
}

const attribute = (type: string, value: Uint8Array) => sequence(oid(type), tlv(TAG.set, value));
