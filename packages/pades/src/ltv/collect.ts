import type { Certificate } from '../cms/certificate.js';
import { equalBytes } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { PadesError } from '../errors.js';
import type { StatusAnswer } from '../revocation/answer.js';
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

/** One certificate of a path, with the one that issued it. */
interface Link extends Omit<Use, 'certificate'> {
  readonly subject: Certificate;
  readonly issuer: Certificate;
}

interface Answered {
  readonly answer: StatusAnswer;
  /** Who answered for the issuer. */
  readonly delegate: Certificate | undefined;
}

/** A delegate that has to be checked itself is asked about once, never in a circle. */
const MOST_DELEGATES = 2;

/**
 * Everything that a validator needs later, without a network: the paths, and the status of every certificate in them
 * but the anchors, of OCSP delegates too. Throws `path_incomplete`, `revocation_unavailable` and `certificate_revoked`.
 */
export async function collect(uses: readonly Use[], collecting: Collecting): Promise<ValidationData> {
  const paths = await Promise.all(uses.map(async (use) => ({ use, path: await completePath(use.certificate, { ...collecting, at: use.at }) })));
  const links = paths.flatMap(({ use: { at, until }, path }) =>
    path.slice(1).map((issuer, i): Link => ({ subject: path[i] ?? issuer, issuer, at, until })),
  );
  // Nobody waits for the answer about somebody else; what goes wrong first in the order of the file is what is said.
  const settled = await Promise.allSettled(bySubject(links).map((group) => checkInTurn(group, collecting)));
  const answered = settled.flatMap((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  const certificates = unique([...paths.flatMap(({ path }) => path), ...answered.flatMap(({ delegate }) => delegate ?? [])].map(({ der }) => der));
  const of = (kind: StatusAnswer['kind']): Uint8Array[] => unique(answered.filter(({ answer }) => answer.kind === kind).map(({ answer }) => answer.der));
  return { certificates, ocsps: of('ocsp'), crls: of('crl') };
}

/** One certificate used at several times: what was answered for one use may do for the next. */
async function checkInTurn(links: readonly Link[], collecting: Collecting): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const link of links) answered.push(...(await check(link, { collecting, answered, delegates: 0 })));
  return answered;
}

async function check({ subject, issuer, at, until }: Link, { collecting, answered, delegates }: { collecting: Collecting; answered: readonly Answered[]; delegates: number }): Promise<Answered[]> {
  // Who answers for others is asked about by a list, which needs no further delegate.
  const network = delegates > 0 ? { ...collecting.network, ocsp: undefined } : collecting.network;
  const { crypto, now, failures } = collecting;
  const known = (kind: StatusAnswer['kind']): Uint8Array[] => answered.filter(({ answer }) => answer.kind === kind).map(({ answer }) => answer.der);
  const stored = { ocsps: [...known('ocsp'), ...collecting.stored.ocsps], crls: [...known('crl'), ...collecting.stored.crls] };
  const answer = await findStatus({ crypto, certificate: subject, issuer, now, proven: at, failures }, { network, stored });
  if (answer.revokedAt && answer.revokedAt <= until) throw new PadesError('certificate_revoked', `a certificate was revoked at ${answer.revokedAt.toISOString()}, before it was used`);
  const { delegate } = answer;
  const own = { answer, delegate };
  if (!delegate || delegate.extension(OID.ocspNoCheck) !== undefined) return [own];
  if (delegates >= MOST_DELEGATES) throw new PadesError('revocation_unavailable', 'the status of an OCSP responder cannot be found out');
  return [own, ...(await check({ subject: delegate, issuer, at: now, until: now }, { collecting, answered: [...answered, own], delegates: delegates + 1 }))];
}

function bySubject(links: readonly Link[]): Link[][] {
  const groups: Link[][] = [];
  for (const link of links) {
    const group = groups.find(([first]) => first && equalBytes(first.subject.der, link.subject.der));
    if (group) group.push(link);
    else groups.push([link]);
  }
  return groups;
}

/** Each of the bytes once, in the order in which they came. */
function unique(values: readonly Uint8Array[]): Uint8Array[] {
  return values.filter((value, i) => values.findIndex((known) => equalBytes(known, value)) === i);
}
