import './reflect.js';
import {
  AuthorityInfoAccessExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
} from '@peculiar/x509';

/** Where a certificate says that its status and its issuer are found. */
export interface StatusUrls {
  readonly ocsp?: string;
  readonly crl?: string;
  /** The issuer's certificate, DER. */
  readonly issuer?: string;
}

const NO_CHECK = '1.3.6.1.5.5.7.48.1.5';

export const authority = (pathLength?: number): Extension[] => [
  new BasicConstraintsExtension(true, pathLength, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

export const USAGES = {
  signer: (): Extension[] => endEntity(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation),
  tsa: (): Extension[] => [...endEntity(KeyUsageFlags.digitalSignature), new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.8'], true)],
  /** A delegate that says of itself that its own status need not be asked (RFC 6960, 4.2.2.2.1). */
  ocsp: (): Extension[] => [...checkedDelegate(), new Extension(NO_CHECK, false, new Uint8Array([5, 0]))],
  'ocsp-checked': (): Extension[] => checkedDelegate(),
  authority: (): Extension[] => authority(),
  /** Authorities that may do one thing only. */
  'authority-for-lists': (): Extension[] => [new BasicConstraintsExtension(true, undefined, true), new KeyUsagesExtension(KeyUsageFlags.cRLSign, true)],
  'authority-for-certificates': (): Extension[] => [new BasicConstraintsExtension(true, undefined, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
} as const;

/** An extension that nobody knows, and that has to be known. */
export const unknownCritical = (): Extension => new Extension('1.3.6.1.4.1.99999.7', true, new Uint8Array([5, 0]));

const endEntity = (flags: KeyUsageFlags): Extension[] => [new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(flags, true)];

const checkedDelegate = (): Extension[] => [...endEntity(KeyUsageFlags.digitalSignature), new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.9'])];

export function statusExtensions({ ocsp, crl, issuer }: StatusUrls): Extension[] {
  const access = ocsp !== undefined || issuer !== undefined ? [new AuthorityInfoAccessExtension({ ...(ocsp !== undefined && { ocsp }), ...(issuer !== undefined && { caIssuers: issuer }) })] : [];
  return [...access, ...(crl === undefined ? [] : [new CRLDistributionPointsExtension([crl])])];
}
