import { verifySignature } from '../cms/algorithms.js';
import { TAG, children, contextTag, equalBytes, expectTlv, members, readTime, readTlv, type Tlv } from '../cms/der.js';
import { readExtensions, type Extension } from '../cms/extensions.js';
import { OID } from '../cms/oids.js';
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
}

/** Reads and checks a complete list of the issuer (RFC 5280, 6.3); throws `revocation_unavailable` for any other. */
export async function checkRevocationList(der: Uint8Array, question: StatusQuestion): Promise<StatusAnswer> {
  const { crypto, certificate, issuer } = question;
  const list = readList(der);
  if (!equalBytes(list.issuer, issuer.subject) || !(issuer.usages?.crlSign ?? true)) throw unusable('the list is not the issuer’s');
  checkWindow(list, question);
  checkScope(list, question);
  const { tbs: data, algorithm, signature } = list;
  if (!(await verifySignature({ crypto, publicKey: issuer.publicKey, algorithm, signature, data }))) throw unusable('the signature of the list does not verify');
  return { kind: 'crl', der, revokedAt: revocationOf(list.entries, certificate.serialNumber), delegate: undefined };
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

function revocationOf(entries: Tlv | undefined, serialNumber: Uint8Array): Date | undefined {
  if (!entries) return undefined;
  for (const entry of members(entries)) {
    const serial = readTlv(entry.content);
    if (equalBytes(serial.bytes, serialNumber)) return readTime(children(entry)[1]);
  }
  return undefined;
}
