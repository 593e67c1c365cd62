import { verifySignature } from '../cms/algorithms.js';
import type { Certificate } from '../cms/certificate.js';
import { TAG, children, contextTag, equalBytes, expectTlv, members, readTime, readTlv, type Tlv } from '../cms/der.js';
import { readExtensions, type Extension } from '../cms/extensions.js';
import { OID } from '../cms/oids.js';
import { fromLatin1 } from '../pdf/characters.js';
import { nameUris, readAddresses } from './addresses.js';
import { checkWindow, unusable, type StatusAnswer, type StatusQuestion } from './answer.js';

interface RevocationList {
  readonly tbs: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: Tlv | undefined;
  readonly extensions: readonly Extension[];
  /** Who is known to have signed it. */
  readonly signers: WeakSet<Certificate>;
  /** The entries by serial number, once somebody has asked. */
  revoked?: ReadonlyMap<string, Tlv>;
}

/** Reads and checks a complete list of the issuer (RFC 5280, 6.3); throws `revocation_unavailable` for any other. */
export async function checkRevocationList(der: Uint8Array, question: StatusQuestion): Promise<StatusAnswer> {
  const { crypto, certificate, issuer } = question;
  const list = readOnce(der);
  if (!equalBytes(list.issuer, issuer.subject) || !(issuer.usages?.crlSign ?? true)) throw unusable('the list is not the issuer’s');
  checkWindow(list, question);
  checkScope(list, question);
  if (!list.signers.has(issuer)) {
    const { tbs: data, algorithm, signature } = list;
    if (!(await verifySignature({ crypto, publicKey: issuer.publicKey, algorithm, signature, data }))) {
      question.failures?.count();
      throw unusable('the signature of the list does not verify');
    }
    list.signers.add(issuer);
  }
  return { kind: 'crl', der, revokedAt: revocationOf(list, certificate.serialNumber), delegate: undefined };
}

/** A list of a DSS may be long, and is held against every certificate. */
const read = new WeakMap<Uint8Array, RevocationList>();

function readOnce(der: Uint8Array): RevocationList {
  const list = read.get(der) ?? readList(der);
  read.set(der, list);
  return list;
}

function readList(der: Uint8Array): RevocationList {
  try {
    const [tbs, algorithm, signature] = children(expectTlv(readTlv(der), TAG.sequence));
    const fields = children(expectTlv(tbs, TAG.sequence));
    if (fields[0]?.tag === TAG.integer) fields.shift();
    const [, issuer, thisUpdate, nextUpdate, ...rest] = fields;
    const extensions = rest.find(({ tag }) => tag === contextTag(0));
    return {
      tbs: expectTlv(tbs, TAG.sequence).bytes,
      algorithm: expectTlv(algorithm, TAG.sequence).bytes,
      signature: expectTlv(signature, TAG.bitString).content.subarray(1),
      issuer: expectTlv(issuer, TAG.sequence).bytes,
      thisUpdate: readTime(thisUpdate),
      nextUpdate: readTime(nextUpdate),
      entries: rest.find(({ tag }) => tag === TAG.sequence),
      extensions: extensions ? readExtensions(readTlv(extensions.content)) : [],
      signers: new WeakSet(),
    };
  } catch (cause) {
    throw unusable('a list cannot be read', cause);
  }
}

/** Partial lists and lists for other certificates prove nothing (5.2.4 and 5.2.5). */
function checkScope({ extensions }: RevocationList, { certificate }: StatusQuestion): void {
  for (const { id, critical, value } of extensions) {
    if (id === OID.deltaCrl) throw unusable('the list is a delta');
    if (id === OID.issuingDistributionPoint) {
      const scope = children(readTlv(value));
      const says = (tag: number) => (scope.find((field) => field.tag === tag)?.content[0] ?? 0) !== 0;
      const points = nameUris(scope.find(({ tag }) => tag === contextTag(0)));
      if (says(0x84) || says(0x85) || scope.some(({ tag }) => (tag & 0x1f) === 3)) throw unusable('the list is indirect, or for some reasons or attribute certificates only');
      if (certificate.isAuthority ? says(0x81) : says(0x82)) throw unusable('the list is for other kinds of certificates');
      if (points.length > 0 && !readAddresses(certificate).crl.some((address) => points.includes(address))) throw unusable('the list is of another distribution point');
    } else if (critical) {
      throw unusable(`the list has an unknown critical extension ${id}`);
    }
  }
}

function revocationOf(list: RevocationList, serialNumber: Uint8Array): Date | undefined {
  const entry = (list.revoked ??= bySerialNumber(list.entries)).get(fromLatin1(serialNumber));
  return entry && readTime(children(entry)[1]);
}

/** Of an entry that is there twice, the first one counts. */
function bySerialNumber(entries: Tlv | undefined): Map<string, Tlv> {
  const revoked = new Map<string, Tlv>();
  for (const entry of entries ? members(entries) : []) {
    const serialNumber = fromLatin1(readTlv(entry.content).bytes);
    if (!revoked.has(serialNumber)) revoked.set(serialNumber, entry);
  }
  return revoked;
}
