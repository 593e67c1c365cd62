import { ownBytes, type HashAlgorithm } from '../hash.js';
import { importVerifier, type SignatureScheme, type Verifier } from './algorithms.js';
import { readCertificate, type Certificate } from './certificate.js';
import { equalBytes } from './der.js';
import type { Signer } from './signer.js';

/** What signing needs of the signer's certificate. */
export interface SigningCertificate {
  readonly certificate: Certificate;
  readonly digest: Uint8Array;
  /** Whether a value that the key gave verifies under the certificate. */
  readonly verifies: Verifier;
}

interface Known extends SigningCertificate {
  readonly hash: HashAlgorithm;
}

/** A key signs again and again with the same certificate: the last one stays as long as the key. */
const known = new WeakMap<CryptoKey, Known>();

export async function signingCertificate({ crypto, key, certificate: der }: Signer, { hash, identifier }: SignatureScheme): Promise<SigningCertificate> {
  const last = known.get(key);
  if (last?.hash === hash && equalBytes(last.certificate.der, der)) return last;
  // A copy, so that nobody changes it.
  const own = der.slice();
  const certificate = readCertificate(own);
  const [digest, verifies] = await Promise.all([crypto.subtle.digest(hash, ownBytes(own)), importVerifier({ crypto, publicKey: certificate.publicKey, algorithm: identifier })]);
  const fresh = { hash, certificate, digest: new Uint8Array(digest), verifies };
  known.set(key, fresh);
  return fresh;
}
