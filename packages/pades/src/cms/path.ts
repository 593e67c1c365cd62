import { isPadesError } from '../errors.js';
import { verifySignature } from './algorithms.js';
import { readCertificate, type Certificate } from './certificate.js';
import { equalBytes } from './der.js';
import type { Failures } from './failures.js';
import { allowsNames } from './name-constraints.js';

export interface PathQuestion {
  readonly crypto: Crypto;
  /** Candidates from the message; nothing is trusted for being here. */
  readonly candidates: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** When every certificate of the path must be valid; `whenever` leaves dates out. */
  readonly at: Date | 'whenever';
  readonly failures?: Failures | undefined;
}

const LONGEST_PATH = 10;
const MAX_TRIALS = 100;

/** The path from a certificate to an anchor (RFC 5280, 6), the certificate first; undefined where none leads there. */
export async function findPath(leaf: Certificate, { crypto, candidates, anchors, at, failures }: PathQuestion): Promise<Certificate[] | undefined> {
  let trials = 0;

  async function extend(path: readonly Certificate[]): Promise<Certificate[] | undefined> {
    const last = path.at(-1);
    if (!last || path.length > LONGEST_PATH || !isValidAt(last, at) || last.unknownCritical.length > 0) return undefined;
    const anchor = anchors.find((candidate) => equalBytes(candidate.der, last.der));
    if (anchor) return [...path];
    const issuers = [...anchors, ...candidates].filter((candidate) => equalBytes(candidate.subject, last.issuer) && !path.some((used) => equalBytes(used.der, candidate.der)));
    for (const issuer of issuers) {
      // A self-issued certificate does not count against the path length (4.2.1.9).
      const below = path.slice(1).filter(({ subject, issuer: own }) => !equalBytes(subject, own)).length;
      if (!mayIssue(issuer, below) || !mayName(issuer, path) || ++trials > MAX_TRIALS) continue;
      const { signedBytes: data, signatureAlgorithm: algorithm, signature } = last;
      if (!(await verifySignature({ crypto, publicKey: issuer.publicKey, algorithm, signature, data }))) {
        failures?.count();
        continue;
      }
      const found = await extend([...path, issuer]);
      if (found) return found;
    }
    return undefined;
  }

  return extend([leaf]);
}

/** The anchors that can be read; a broken one cannot be led to. */
export function readAnchors(anchors: readonly Uint8Array[]): Certificate[] {
  return anchors.flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch (cause) {
      if (isPadesError(cause)) return [];
      throw cause;
    }
  });
}

/** Constraints hold for everybody below, except for authorities that issue to themselves (6.1.3). */
const mayName = (issuer: Certificate, path: readonly Certificate[]) => path.every((certificate, i) => (i > 0 && equalBytes(certificate.subject, certificate.issuer)) || allowsNames(issuer, certificate));

const isValidAt = ({ notBefore, notAfter }: Certificate, at: PathQuestion['at']) => at === 'whenever' || (notBefore <= at && at <= notAfter);

const mayIssue = ({ isAuthority, usages, pathLength }: Certificate, below: number) => isAuthority && (usages?.certificateSign ?? true) && (pathLength === undefined || below <= pathLength);
