import './reflect.js';
import { Attribute, CertificateChoices, CertificateSet, ContentInfo, DigestAlgorithmIdentifier, DigestAlgorithmIdentifiers, EncapsulatedContent, EncapsulatedContentInfo, IssuerAndSerialNumber, SignatureAlgorithmIdentifier, SignedData, SignerIdentifier, SignerInfo, SignerInfos, id_signedData } from '@peculiar/asn1-cms';
import { AsnConvert, AsnSerializer, OctetString } from '@peculiar/asn1-schema';
import { Accuracy, PKIFailureInfo, PKIFreeText, PKIStatus, PKIStatusInfo, TSTInfo, TimeStampReq, TimeStampResp, TimeStampToken, id_ct_tstInfo } from '@peculiar/asn1-tsp';
import { Certificate } from '@peculiar/asn1-x509';
import * as asn1js from 'asn1js';
import { positiveInteger, signatureValue } from './signature-value.js';

export interface TsaOptions {
  readonly crypto: Crypto;
  readonly key: CryptoKey;
  /** DER; critical extended key usage timeStamping. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly now?: () => Date;
  /** The only policy that it follows. */
  readonly policy?: string;
}

export const TEST_TSA_POLICY = '1.3.6.1.4.1.99999.1';

const HASHES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '2.16.840.1.101.3.4.2.1': { name: 'SHA-256', bytes: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'SHA-384', bytes: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'SHA-512', bytes: 64 },
};

/** Answers RFC 3161 requests: DER TimeStampReq in, DER TimeStampResp out. */
export function createTsa({ crypto, key, certificate, chain, now = () => new Date(), policy = TEST_TSA_POLICY }: TsaOptions): (request: Uint8Array) => Promise<Uint8Array> {
  return async (bytes) => {
    let request: TimeStampReq;
    try {
      request = AsnConvert.parse(new Uint8Array(bytes), TimeStampReq);
    } catch {
      return refuse('badDataFormat', 'not a TimeStampReq');
    }
    const { messageImprint, reqPolicy, nonce, certReq } = request;
    const hash = HASHES[messageImprint.hashAlgorithm.algorithm];
    if (!hash) return refuse('badAlg', 'hash algorithm not served');
    if (messageImprint.hashedMessage.byteLength !== hash.bytes) return refuse('badDataFormat', 'imprint length does not fit its algorithm');
    if (reqPolicy && reqPolicy !== policy) return refuse('unacceptedPolicy', 'policy not served');
    if (request.extensions?.length) return refuse('unacceptedExtension', 'extensions not served');

    const genTime = now();
    genTime.setMilliseconds(0);
    const info = new TSTInfo({
      policy,
      messageImprint,
      serialNumber: positiveInteger(crypto.getRandomValues(new Uint8Array(16))),
      genTime,
      accuracy: new Accuracy({ seconds: 1 }),
      ...(nonce && { nonce }),
    });
    const token = await sign({ crypto, key, certificate, certificates: certReq ? [certificate, ...chain] : [], content: AsnConvert.serialize(info) });
    return new Uint8Array(AsnConvert.serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.granted }), timeStampToken: token })));
  };
}

interface SignToken {
  readonly crypto: Crypto;
  readonly key: CryptoKey;
  readonly certificate: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly content: ArrayBuffer;
}

async function sign({ crypto, key, certificate, certificates, content }: SignToken): Promise<TimeStampToken> {
  const own = AsnConvert.parse(new Uint8Array(certificate), Certificate);
  const digest = await crypto.subtle.digest('SHA-256', content);
  const certificateHash = await crypto.subtle.digest('SHA-256', new Uint8Array(certificate));
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: id_ct_tstInfo })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: digest })),
    // ESSCertIDv2 with its default hash, SHA-256 (RFC 5816).
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(new asn1js.OctetString({ valueHex: certificateHash }))))),
  ]
    .map((value) => ({ value, der: new Uint8Array(AsnSerializer.serialize(value)) }))
    .sort((a, b) => compare(a.der, b.der));
  const toSign = new asn1js.Set({ value: attributes.map(({ der }) => asn1js.fromBER(der).result) }).toBER();
  const sha256 = new DigestAlgorithmIdentifier({ algorithm: '2.16.840.1.101.3.4.2.1' });
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer: own.tbsCertificate.issuer, serialNumber: own.tbsCertificate.serialNumber }) }),
    digestAlgorithm: sha256,
    signedAttrs: attributes.map(({ value }) => value),
    signatureAlgorithm: signatureAlgorithm(key),
    signature: new OctetString(await signatureValue(crypto, key, toSign)),
  });
  const signedData = new SignedData({
    version: 3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([sha256]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_ct_tstInfo, eContent: new EncapsulatedContent({ single: new OctetString(content) }) }),
    signerInfos: new SignerInfos([signerInfo]),
  });
  if (certificates.length > 0) signedData.certificates = new CertificateSet(certificates.map((der) => new CertificateChoices({ certificate: AsnConvert.parse(new Uint8Array(der), Certificate) })));
  return new TimeStampToken(new ContentInfo({ contentType: id_signedData, content: AsnConvert.serialize(signedData) }));
}

function signatureAlgorithm({ algorithm }: CryptoKey): SignatureAlgorithmIdentifier {
  if (algorithm.name === 'ECDSA') return new SignatureAlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
  if (algorithm.name === 'RSASSA-PKCS1-v1_5') return new SignatureAlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.11', parameters: new Uint8Array([5, 0]).buffer });
  throw new TypeError(`the test timestamp authority has no use for a ${algorithm.name} key`);
}

const sequence = (...value: asn1js.AsnType[]) => new asn1js.Sequence({ value });

const attribute = (attrType: string, value: asn1js.AsnType) => new Attribute({ attrType, attrValues: [value.toBER()] });

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

/** Bits of PKIFailureInfo (RFC 3161, 2.4.2). */
const FAILURE = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const;

function refuse(failure: keyof typeof FAILURE, text: string): Uint8Array {
  const bit = FAILURE[failure];
  const bits = new Uint8Array((bit >> 3) + 1);
  bits[bit >> 3] = 0x80 >> (bit & 7);
  const failInfo = new PKIFailureInfo(bits, 7 - (bit & 7));
  return new Uint8Array(AsnConvert.serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection, statusString: new PKIFreeText([text]), failInfo }) })));
}
