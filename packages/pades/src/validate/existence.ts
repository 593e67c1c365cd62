import type { Certificate } from '../cms/certificate.js';
import { equalBytes } from '../cms/der.js';
import type { Failures } from '../cms/failures.js';
import { findPath } from '../cms/path.js';
import type { CheckedSignature, CheckedToken } from './check-signature.js';

/** Where paths have to lead, and with which certificates. */
export interface Trust {
  readonly crypto: Crypto;
  readonly anchors: readonly Certificate[];
  /** Certificates that the file carries outside its signatures. */
  readonly candidates: readonly Certificate[];
  /** Where no timestamp proves a time. */
  readonly at: Date;
  readonly failures: Failures;
}

/** How a certificate stands to the anchors. */
export type PathFound = 'valid' | 'out_of_bounds' | 'none';

/** What is proven of one signature's past, and of its certificate at that time. */
export interface Existence {
  /** The signature existed at this time: proven by a timestamp that is trusted, else the time of the check. */
  readonly at: Date;
  readonly proven: boolean;
  /** Until when its own token has to hold: a trusted document timestamp over it, else the time of the check. */
  readonly until: Date;
  readonly path: PathFound;
  /** The certificate is one of those that are trusted without a path. */
  readonly isAnchor: boolean;
  /** Tokens that say so, the earliest first: its own, then document timestamps that cover it. */
  readonly tokens: readonly { readonly kind: 'signature' | 'document'; readonly token: CheckedToken; readonly trusted: boolean }[];
}

/**
 * Goes back from the newest signature to the oldest, since each document timestamp proves that what it covers existed,
 * the earlier timestamps too (ETSI EN 319 102-1, 5.6.2). The order is that of the file; so are the results.
 */
export async function proveExistence<T extends { readonly kind: 'signature' | 'timestamp'; readonly check: CheckedSignature }>(checked: readonly T[], trust: Trust): Promise<(T & { readonly past: Existence })[]> {
  const results: (T & { readonly past: Existence })[] = [];
  const covering: Existence['tokens'][number][] = [];
  let known = trust.at;
  let proven = false;
  for (const each of [...checked].reverse()) {
    const { kind, check } = each;
    const token = check.token;
    const trusted = token !== undefined && token.intact && (await isTrustedToken(token, { ...trust, known }));
    const own = token && ({ kind: kind === 'timestamp' ? 'document' : 'signature', token, trusted } as const);
    const at = trusted ? earlier(token.time, known) : known;
    const path = check.signer ? await pathOf(check.signer, { ...trust, certificates: check.certificates, at }) : 'none';
    const isAnchor = trust.anchors.some(({ der }) => check.signer !== undefined && equalBytes(der, check.signer.der));
    results.unshift({ ...each, past: { at, proven: proven || trusted, until: known, path, isAnchor, tokens: own ? [own, ...covering] : [...covering] } });
    if (kind === 'timestamp' && own) covering.unshift(own);
    if (kind === 'timestamp' && trusted) [known, proven] = [at, true];
  }
  return results;
}

/** The authority must have led to an anchor when it made the token, and still when the token is known to have existed. */
async function isTrustedToken({ authority, certificates, time }: CheckedToken, { known, ...trust }: Trust & { readonly known: Date }): Promise<boolean> {
  if ((await pathOf(authority, { ...trust, certificates, at: time })) !== 'valid') return false;
  return known <= time || (await pathOf(authority, { ...trust, certificates, at: known })) === 'valid';
}

async function pathOf(leaf: Certificate, { crypto, anchors, candidates, certificates, at, failures }: Trust & { readonly certificates: readonly Certificate[] }): Promise<PathFound> {
  const question = { crypto, anchors, candidates: [...certificates, ...candidates], failures };
  if (await findPath(leaf, { ...question, at })) return 'valid';
  return (await findPath(leaf, { ...question, at: 'whenever' })) ? 'out_of_bounds' : 'none';
}

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
