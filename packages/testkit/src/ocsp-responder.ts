import './reflect.js';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import * as asn1js from 'asn1js';
import { positiveInteger, signatureIdentifier, signatureValue } from './signature-value.js';
import type { TestIdentity } from './test-pki.js';

export type TestStatus = 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number };

export interface OcspResponderOptions {
  readonly crypto: Crypto;
  /** The authority whose certificates are asked about. */
  readonly issuer: TestIdentity;
  /** Who signs: a delegate whose certificate goes along; the issuer itself by default. */
  readonly responder?: TestIdentity;
  /** By serial number, hexadecimal, as it stands in the certificate. */
  readonly statusOf: (serialNumber: string) => TestStatus;
  /** The time of production. */
  readonly now?: () => Date;
  /** How long an answer holds, in milliseconds; `null` leaves nextUpdate out. */
  readonly validity?: number | null;
}

const HASHES: Readonly<Record<string, string>> = { '1.3.14.3.2.26': 'SHA-1', '2.16.840.1.101.3.4.2.1': 'SHA-256' };
const BASIC = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const DAY = 86_400_000;

/** Answers OCSP requests (RFC 6960): DER OCSPRequest in, DER OCSPResponse out. */
export function createOcspResponder({ crypto, issuer, responder = issuer, statusOf, now = () => new Date(), validity = DAY }: OcspResponderOptions): (request: Uint8Array) => Promise<Uint8Array> {
  const issuerCertificate = AsnConvert.parse(new Uint8Array(issuer.certificate), Certificate);
  const own = AsnConvert.parse(new Uint8Array(responder.certificate), Certificate);
  const name = AsnConvert.serialize(issuerCertificate.tbsCertificate.subject);
  const key = issuerCertificate.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey;

  async function isOurs(certId: asn1js.Sequence): Promise<boolean> {
    const [algorithm, nameHash, keyHash] = certId.valueBlock.value;
    const hash = HASHES[oidOf(algorithm instanceof asn1js.Sequence ? algorithm.valueBlock.value[0] : undefined)];
    if (!hash || !(nameHash instanceof asn1js.OctetString) || !(keyHash instanceof asn1js.OctetString)) return false;
    const same = async (value: ArrayBuffer, stated: asn1js.OctetString) => hex(await crypto.subtle.digest(hash, value)) === hex(stated.getValue());
    return (await same(name, nameHash)) && (await same(key, keyHash));
  }

  async function singleResponse(certId: asn1js.Sequence): Promise<asn1js.Sequence> {
    const serial = certId.valueBlock.value[3];
    const status = (await isOurs(certId)) && serial instanceof asn1js.Integer ? statusOf(hex(serial.valueBlock.valueHexView)) : 'unknown';
    const at = now();
    const next = validity === null ? [] : [explicit(0, time(new Date(at.getTime() + validity)))];
    return sequence(certId, statusValue(status), time(at), ...next);
  }

  return async (bytes) => {
    const parsed = asn1js.fromBER(new Uint8Array(bytes)).result;
    const [tbs] = parsed instanceof asn1js.Sequence ? parsed.valueBlock.value : [];
    const fields = tbs instanceof asn1js.Sequence ? tbs.valueBlock.value : [];
    const list = fields.find((field) => field instanceof asn1js.Sequence);
    if (!(list instanceof asn1js.Sequence)) return failure(1);
    const ids = list.valueBlock.value.map((request) => (request instanceof asn1js.Sequence ? request.valueBlock.value[0] : undefined));
    const responses = await Promise.all(ids.filter((id) => id instanceof asn1js.Sequence).map(singleResponse));
    const nonce = nonceOf(fields);
    const responderId = explicit(1, asn1js.fromBER(AsnConvert.serialize(own.tbsCertificate.subject)).result);
    const data = sequence(responderId, time(now()), sequence(...responses), ...(nonce ? [explicit(1, sequence(nonce))] : []));
    const signature = new asn1js.BitString({ valueHex: await signatureValue(crypto, responder.key, data.toBER()) });
    const certificates = responder === issuer ? [] : [explicit(0, sequence(asn1js.fromBER(new Uint8Array(responder.certificate)).result))];
    const basic = sequence(data, signatureIdentifier(responder.key), signature, ...certificates);
    const responseBytes = sequence(new asn1js.ObjectIdentifier({ value: BASIC }), new asn1js.OctetString({ valueHex: basic.toBER() }));
    return new Uint8Array(sequence(new asn1js.Enumerated({ value: 0 }), explicit(0, responseBytes)).toBER());
  };
}

/** The serial number of a certificate as `statusOf` gets it. */
export function serialNumberOf(certificate: Uint8Array): string {
  return hex(positiveInteger(new Uint8Array(AsnConvert.parse(new Uint8Array(certificate), Certificate).tbsCertificate.serialNumber)));
}

function statusValue(status: TestStatus): asn1js.AsnType {
  if (status === 'good' || status === 'unknown') return new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: status === 'good' ? 0 : 2 } });
  const reason = status.reason === undefined ? [] : [explicit(0, new asn1js.Enumerated({ value: status.reason }))];
  return explicit(1, time(status.revokedAt), ...reason);
}

function nonceOf(fields: readonly asn1js.AsnType[]): asn1js.AsnType | undefined {
  const wrapped = fields.find((field) => field.idBlock.tagClass === 3 && field.idBlock.tagNumber === 2);
  const list = wrapped instanceof asn1js.Constructed ? wrapped.valueBlock.value[0] : undefined;
  const extensions = list instanceof asn1js.Sequence ? list.valueBlock.value : [];
  return extensions.find((extension) => extension instanceof asn1js.Sequence && oidOf(extension.valueBlock.value[0]) === NONCE);
}

const failure = (code: number) => new Uint8Array(sequence(new asn1js.Enumerated({ value: code })).toBER());
const sequence = (...value: asn1js.AsnType[]) => new asn1js.Sequence({ value });
const explicit = (tagNumber: number, ...value: asn1js.AsnType[]) => new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
const oidOf = (value: asn1js.AsnType | undefined) => (value instanceof asn1js.ObjectIdentifier ? value.getValue() : '');
const hex = (bytes: ArrayBuffer | Uint8Array) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** GeneralizedTime as DER has it: no fraction (the libraries write milliseconds, which RFC 5280 forbids). */
function time(at: Date): asn1js.AsnType {
  const text = `${at.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  return new asn1js.Primitive({ idBlock: { tagClass: 1, tagNumber: 24 }, valueHex: new TextEncoder().encode(text).buffer });
}
