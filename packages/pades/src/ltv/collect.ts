import type { Certificate } from '../cms/certificate.js';
import { equalBytes } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { PadesError } from '../errors.js';
import { findStatus, type StatusSources } from '../revocation/find-status.js';
import { completePath, type PathSources } from './complete-path.js';
import type { ValidationData } from './dss.js';

export interface Collecting extends StatusSources, Omit<PathSources, 'at' | 'network'> {
  readonly now: Date;
}

/** A certificate and the time at which it is known to have been used. */
export interface Use {
  readonly certificate: Certificate;
  readonly at: Date;
  /** A revocation up to this time counts: that of the use where something else proves it, the present where nothing does. */
  readonly until: Date;
}

interface Checking extends Omit<Use, 'certificate'> {
  readonly issuer: Certificate;
  readonly delegates: number;
}

/** A delegate that has to be checked itself is asked about once, never in a circle. */
const MOST_DELEGATES = 2;

/**
 * Everything that a validator needs later, without a network: the paths, and the status of every certificate in them
 * but the anchors, of OCSP delegates too. Throws `path_incomplete`, `revocation_unavailable` and `certificate_revoked`.
 */
export async function collect(uses: readonly Use[], collecting: Collecting): Promise<ValidationData> {
  const certificates = unique();
  const answers = { ocsp: unique(), crl: unique() };

  async function walk({ certificate, at, until }: Use): Promise<void> {
    const path = await completePath(certificate, { ...collecting, at });
    path.forEach(({ der }) => certificates.add(der));
    for (const [i, issuer] of path.slice(1).entries()) {
      const subject = path[i];
      if (subject) await check(subject, { issuer, at, until, delegates: 0 });
    }
  }

  async function check(subject: Certificate, { issuer, at, until, delegates }: Checking): Promise<void> {
    // Who answers for others is asked about by a list, which needs no further delegate.
    const network = delegates > 0 ? { ...collecting.network, ocsp: undefined } : collecting.network;
    const { crypto, now } = collecting;
    const stored = { ocsps: [...answers.ocsp.values, ...collecting.stored.ocsps], crls: [...answers.crl.values, ...collecting.stored.crls] };
    const answer = await findStatus({ crypto, certificate: subject, issuer, now, proven: at }, { network, stored });
    if (answer.revokedAt && answer.revokedAt <= until) throw new PadesError('certificate_revoked', `a certificate was revoked at ${answer.revokedAt.toISOString()}, before it was used`);
    answers[answer.kind].add(answer.der);
    const { delegate } = answer;
    if (!delegate) return;
    certificates.add(delegate.der);
    if (delegate.extension(OID.ocspNoCheck) !== undefined) return;
    if (delegates >= MOST_DELEGATES) throw new PadesError('revocation_unavailable', 'the status of an OCSP responder cannot be found out');
    await check(delegate, { issuer, at: now, until: now, delegates: delegates + 1 });
  }

  for (const use of uses) await walk(use);
  return { certificates: certificates.values, ocsps: answers.ocsp.values, crls: answers.crl.values };
}

/** Each of the bytes once, in the order in which they came. */
function unique(): { readonly values: readonly Uint8Array[]; add(der: Uint8Array): void } {
  const values: Uint8Array[] = [];
  return {
    values,
    add(der) {
      if (!values.some((known) => equalBytes(known, der))) values.push(der);
    },
  };
}
