import { AsnConvert } from '@peculiar/asn1-schema';
import { BasicConstraints, Certificate as AsnCertificate, ExtendedKeyUsage, KeyUsage, KeyUsageFlags, SubjectKeyIdentifier } from '@peculiar/asn1-x509';
import { PadesError } from '../errors.js';
import { ownBytes } from '../hash.js';
import { TAG, children, contextTag, expectTlv, readTlv } from './der.js';

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

const EXTENSION = { keyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', policies: '2.5.29.32', extendedKeyUsage: '2.5.29.37' } as const;
const UNDERSTOOD: readonly string[] = Object.values(EXTENSION);

export function readCertificate(der: Uint8Array): Certificate {
  try {
    const [tbs, signatureAlgorithm, signatureValue] = children(expectTlv(readTlv(der), TAG.sequence));
    const fields = children(expectTlv(tbs, TAG.sequence));
    const [serialNumber, , issuer, , subject, publicKey] = fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields;
    const { tbsCertificate } = AsnConvert.parse(ownBytes(der), AsnCertificate);
    const extensions = tbsCertificate.extensions ?? [];
    const valueOf = (id: string) => extensions.find(({ extnID }) => extnID === id)?.extnValue.buffer;
    const constraints = valueOf(EXTENSION.basicConstraints);
    const basic = constraints && AsnConvert.parse(constraints, BasicConstraints);
    const usage = valueOf(EXTENSION.keyUsage);
    const flags = usage && AsnConvert.parse(usage, KeyUsage).toNumber();
    const extended = valueOf(EXTENSION.extendedKeyUsage);
    const identifier = valueOf(EXTENSION.keyIdentifier);
    return {
      der,
      signedBytes: expectTlv(tbs, TAG.sequence).bytes,
      signatureAlgorithm: expectTlv(signatureAlgorithm, TAG.sequence).bytes,
      signature: expectTlv(signatureValue, TAG.bitString).content.subarray(1),
      serialNumber: expectTlv(serialNumber, TAG.integer).bytes,
      issuer: expectTlv(issuer, TAG.sequence).bytes,
      subject: expectTlv(subject, TAG.sequence).bytes,
      publicKey: expectTlv(publicKey, TAG.sequence).bytes,
      notBefore: tbsCertificate.validity.notBefore.getTime(),
      notAfter: tbsCertificate.validity.notAfter.getTime(),
      isAuthority: basic?.cA ?? false,
      pathLength: basic?.pathLenConstraint,
      usages:
        flags === undefined
          ? undefined
          : {
              digitalSignature: (flags & KeyUsageFlags.digitalSignature) !== 0,
              nonRepudiation: (flags & KeyUsageFlags.nonRepudiation) !== 0,
              certificateSign: (flags & KeyUsageFlags.keyCertSign) !== 0,
              crlSign: (flags & KeyUsageFlags.cRLSign) !== 0,
            },
      extendedUsages: extended && [...AsnConvert.parse(extended, ExtendedKeyUsage)],
      extendedUsagesCritical: extensions.some(({ extnID, critical }) => extnID === EXTENSION.extendedKeyUsage && critical),
      keyIdentifier: identifier && new Uint8Array(AsnConvert.parse(identifier, SubjectKeyIdentifier).buffer),
      unknownCritical: extensions.filter(({ extnID, critical }) => critical && !UNDERSTOOD.includes(extnID)).map(({ extnID }) => extnID),
      extension(id) {
        const value = valueOf(id);
        return value && new Uint8Array(value);
      },
    };
  } catch (cause) {
    throw new PadesError('malformed_signature', 'a certificate cannot be read', cause);
  }
}
