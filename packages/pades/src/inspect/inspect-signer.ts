import { readCertificate } from '../cms/certificate.js';
import { findPath, readAnchors } from '../cms/path.js';
import type { Signer } from '../cms/signer.js';
import { readAddresses } from '../revocation/addresses.js';

/** What a certificate is good for before anything is signed with it. */
export interface SignerFacts {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether it leads to an anchor, dates and uses of every certificate on the way included. */
  readonly trusted: boolean;
  /** Whether its key may sign documents (RFC 5280, 4.2.1.3). */
  readonly maySign: boolean;
  /** Where its status is found; where both are empty, no signature can be made to last. */
  readonly ocsp: readonly string[];
  readonly crl: readonly string[];
}

/** Reads the certificate of a signer; throws `malformed_signature` where it is none. The network is not asked. */
export async function inspectSigner({ crypto, certificate, chain }: Pick<Signer, 'crypto' | 'certificate' | 'chain'>, { anchors, at = new Date() }: { anchors: readonly Uint8Array[]; at?: Date }): Promise<SignerFacts> {
  const own = readCertificate(certificate);
  const path = await findPath(own, { crypto, candidates: chain.map(readCertificate), anchors: readAnchors(anchors), at });
  const { ocsp, crl } = readAddresses(own);
  return { notBefore: own.notBefore, notAfter: own.notAfter, trusted: path !== undefined, maySign: own.usages === undefined || own.usages.digitalSignature || own.usages.nonRepudiation, ocsp, crl };
}
