import { PadesError } from '../errors.js';
import { TAG, children, contextTag, equalBytes, expectTlv, readOid, readTime, readTlv, type Tlv } from './der.js';
import { readExtensions } from './extensions.js';

/** What path building reads of an X.509 certificate (RFC 5280); names and keys as raw DER, so that nothing is re-encoded. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly signedBytes: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  /** Undefined where the certificate does not say. */
  readonly usages: { readonly digitalSignature: boolean; readonly nonRepudiation: boolean; readonly certificateSign: boolean; readonly crlSign: boolean } | undefined;
  readonly extendedUsages: readonly string[] | undefined;
  readonly extendedUsagesCritical: boolean;
  readonly keyIdentifier: Uint8Array | undefined;
  /** Critical extensions that are not understood here: such a certificate must not be relied on. */
  readonly unknownCritical: readonly string[];
  /** The value of an extension, DER. */
  extension(id: string): Uint8Array | undefined;
}

const EXTENSION = { keyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', policies: '2.5.29.32', extendedKeyUsage: '2.5.29.37', alternativeNames: '2.5.29.17', nameConstraints: '2.5.29.30' } as const;
const UNDERSTOOD: readonly string[] = Object.values(EXTENSION);

export function readCertificate(der: Uint8Array): Certificate {
  try {
    const whole = expectTlv(readTlv(der), TAG.sequence);
    const [tbs, signatureAlgorithm, signatureValue] = children(whole);
    const fields = children(expectTlv(tbs, TAG.sequence));
    const [serialNumber, innerAlgorithm, issuer, validity, subject, publicKey, ...optional] = fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields;
    const algorithm = expectTlv(signatureAlgorithm, TAG.sequence).bytes;
    // What is signed says how it is signed, too (RFC 5280, 4.1.1.2).
    if (whole.bytes.length !== der.length || !equalBytes(algorithm, expectTlv(innerAlgorithm, TAG.sequence).bytes)) throw new PadesError('malformed_signature', 'bytes follow, or two signature algorithms are named');
    const [notBefore, notAfter] = children(expectTlv(validity, TAG.sequence));
    return {
      der,
      signedBytes: expectTlv(tbs, TAG.sequence).bytes,
      signatureAlgorithm: algorithm,
      signature: expectTlv(signatureValue, TAG.bitString).content.subarray(1),
      serialNumber: expectTlv(serialNumber, TAG.integer).bytes,
      issuer: expectTlv(issuer, TAG.sequence).bytes,
      subject: expectTlv(subject, TAG.sequence).bytes,
      publicKey: expectTlv(publicKey, TAG.sequence).bytes,
      notBefore: readTime(notBefore),
      notAfter: readTime(notAfter),
      ...readUses(optional.find(({ tag }) => tag === contextTag(3))),
    };
  } catch (cause) {
    throw new PadesError('malformed_signature', 'a certificate cannot be read', cause);
  }
}

type Uses = Pick<Certificate, 'isAuthority' | 'pathLength' | 'usages' | 'extendedUsages' | 'extendedUsagesCritical' | 'keyIdentifier' | 'unknownCritical' | 'extension'>;

/** What the extensions say (4.2). */
function readUses(wrapped: Tlv | undefined): Uses {
  const list = wrapped ? readExtensions(readTlv(wrapped.content)) : [];
  const extensions = new Map(list.map((extension) => [extension.id, extension]));
  if (extensions.size !== list.length) throw new PadesError('malformed_signature', 'an extension occurs twice');
  const valueOf = (id: string) => {
    const extension = extensions.get(id);
    return extension && readTlv(extension.value);
  };
  const usage = valueOf(EXTENSION.keyUsage);
  const extended = valueOf(EXTENSION.extendedKeyUsage);
  const identifier = valueOf(EXTENSION.keyIdentifier);
  return {
    ...readConstraints(valueOf(EXTENSION.basicConstraints)),
    usages: usage && readUsages(usage),
    extendedUsages: extended && children(expectTlv(extended, TAG.sequence)).map(readOid),
    extendedUsagesCritical: extensions.get(EXTENSION.extendedKeyUsage)?.critical ?? false,
    keyIdentifier: identifier && expectTlv(identifier, TAG.octetString).content,
    unknownCritical: list.filter(({ id, critical }) => critical && !UNDERSTOOD.includes(id)).map(({ id }) => id),
    extension: (id) => extensions.get(id)?.value,
  };
}

function readConstraints(constraints: Tlv | undefined): Pick<Certificate, 'isAuthority' | 'pathLength'> {
  const [first, second] = constraints ? children(expectTlv(constraints, TAG.sequence)) : [];
  const isAuthority = first?.tag === TAG.boolean && first.content[0] !== 0;
  const length = first?.tag === TAG.boolean ? second : first;
  if (!length) return { isAuthority, pathLength: undefined };
  const { content } = expectTlv(length, TAG.integer);
  if ((content[0] ?? 0x80) & 0x80) throw new PadesError('malformed_signature', 'a path length is negative');
  return { isAuthority, pathLength: content.reduce((value, byte) => value * 256 + byte, 0) };
}

/** The bits of KeyUsage, the first one being the highest (4.2.1.3). */
function readUsages(usage: Tlv): Certificate['usages'] {
  const [, bits = 0] = expectTlv(usage, TAG.bitString).content;
  return { digitalSignature: (bits & 0x80) !== 0, nonRepudiation: (bits & 0x40) !== 0, certificateSign: (bits & 0x04) !== 0, crlSign: (bits & 0x02) !== 0 };
}
