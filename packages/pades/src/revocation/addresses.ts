import type { Certificate } from '../cms/certificate.js';
import { children, contextTag, readOid, readTlv, type Tlv } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { fromLatin1 } from '../pdf/characters.js';

/** Where a certificate says that its status and its issuer are found (RFC 5280, 4.2.1.13 and 4.2.2.1). */
export interface Addresses {
  readonly ocsp: readonly string[];
  readonly crl: readonly string[];
  readonly issuer: readonly string[];
}

const URI = 0x86;
const MOST = 10;

export function readAddresses(certificate: Certificate): Addresses {
  const access = list(certificate, OID.authorityAccess).map((description) => children(description));
  const of = (method: string) => access.flatMap(([type, location]) => (type && location && readOid(type) === method ? uri(location) : []));
  return {
    ocsp: of(OID.ocsp).slice(0, MOST),
    issuer: of(OID.issuerCertificates).slice(0, MOST),
    crl: list(certificate, OID.distributionPoints).flatMap(pointUris).slice(0, MOST),
  };
}

/** The addresses of a distribution point that covers every reason and is the issuer's own. */
function pointUris(point: Tlv): string[] {
  const fields = children(point);
  return fields.length === 1 ? nameUris(fields[0]) : [];
}

/** DistributionPointName with a full name: its URIs. */
export function nameUris(field: Tlv | undefined): string[] {
  if (field?.tag !== contextTag(0)) return [];
  const name = readTlv(field.content);
  return name.tag === contextTag(0) ? children(name).flatMap(uri) : [];
}

function list(certificate: Certificate, extension: string): Tlv[] {
  const value = certificate.extension(extension);
  return value ? children(readTlv(value)) : [];
}

const uri = ({ tag, content }: Tlv) => (tag === URI && content.length < 2000 ? [fromLatin1(content)] : []);
