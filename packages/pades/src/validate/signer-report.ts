import type { Certificate } from '../cms/certificate.js';
import { readDistinguishedName } from '../cms/name.js';
import { toHex } from '../hash.js';
import type { SignerReport } from './report.js';

export function describeSigner({ subject, issuer, serialNumber, notBefore, notAfter, der }: Certificate): SignerReport {
  const { text, display } = readDistinguishedName(subject);
  return {
    subject: text,
    name: display,
    issuer: readDistinguishedName(issuer).text,
    serialNumber: toHex(serialNumber.subarray(2)),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    certificate: der,
  };
}
