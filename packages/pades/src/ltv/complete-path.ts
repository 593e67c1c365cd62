import { readCertificate, type Certificate } from '../cms/certificate.js';
import type { Failures } from '../cms/failures.js';
import { TAG, children, contextTag, equalBytes, expectTlv, readTlv } from '../cms/der.js';
import { findPath, readAnchors } from '../cms/path.js';
import { PadesError } from '../errors.js';
import { readAddresses } from '../revocation/addresses.js';
import type { StatusNetwork } from '../revocation/find-status.js';

export interface PathSources {
  readonly crypto: Crypto;
  readonly candidates: readonly Certificate[];
  /** Undefined takes any self-signed certificate for an end: good for collecting, not for trusting. */
  readonly anchors: readonly Certificate[] | undefined;
  readonly network: StatusNetwork;
  readonly at: Date;
  readonly failures?: Failures | undefined;
}

const MOST_ROUNDS = 5;

/** The path from a certificate to an anchor; issuers that are missing are fetched from where the certificates say. Throws `path_incomplete`. */
export async function completePath(leaf: Certificate, { crypto, candidates, anchors, network, at, failures }: PathSources): Promise<Certificate[]> {
  const pool = [...candidates];
  const asked = new Set<string>();
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    const ends = anchors ?? [leaf, ...pool].filter(({ subject, issuer }) => equalBytes(subject, issuer));
    const path = await findPath(leaf, { crypto, candidates: pool, anchors: ends, at, failures });
    if (path) return path;
    const found = await fetchIssuers([leaf, ...pool], asked, network);
    if (found.length === 0) break;
    pool.push(...found);
  }
  throw new PadesError('path_incomplete', 'a certificate leads to no anchor: give the missing certificates, or let them be fetched');
}

async function fetchIssuers(known: readonly Certificate[], asked: Set<string>, { certificate: fetchCertificate }: StatusNetwork): Promise<Certificate[]> {
  if (!fetchCertificate) return [];
  const orphans = known.filter(({ issuer }) => !known.some(({ subject }) => equalBytes(subject, issuer)));
  const addresses = orphans.flatMap((orphan) => readAddresses(orphan).issuer).filter((url) => !asked.has(url));
  const found: Certificate[] = [];
  for (const url of new Set(addresses)) {
    asked.add(url);
    try {
      found.push(...readIssuers(await fetchCertificate(url)));
    } catch {
      // Another address may answer; without any, the path stays incomplete and that is said.
    }
  }
  return found;
}

/** One certificate, or a SignedData that holds nothing else (RFC 5280, 4.2.2.1). */
function readIssuers(der: Uint8Array): Certificate[] {
  const [first, content] = children(expectTlv(readTlv(der), TAG.sequence));
  if (first?.tag !== TAG.oid) return [readCertificate(der)];
  const fields = children(readTlv(expectTlv(content, contextTag(0)).content));
  const set = fields.find(({ tag }) => tag === contextTag(0));
  return set ? readAnchors(children(set).map(({ bytes }) => bytes)) : [];
}
