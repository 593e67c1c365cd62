import { verifySignature } from '../cms/algorithms.js';
import { readCertificate, type Certificate } from '../cms/certificate.js';
import { TAG, children, contextTag, derNull, equalBytes, expectTlv, octetString, oid, readGeneralizedTime, readOid, readTlv, sequence, tlv, type Tlv } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { ownBytes } from '../hash.js';
import { checkWindow, unusable, type StatusAnswer, type StatusQuestion } from './answer.js';

const GOOD = 0x80;
const REVOKED = 0xa1;
const CERT_ID_HASHES: Readonly<Record<string, string>> = { [OID.sha1]: 'SHA-1', [OID.sha256]: 'SHA-256' };

export interface OcspQuery {
  /** DER OCSPRequest. */
  readonly request: Uint8Array;
  /** The same without a nonce, for responders that refuse one. */
  readonly plainRequest: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A request about one certificate; SHA-1 in its CertID, as every responder knows it (RFC 5019, 2.1.1). */
export async function ocspQuery({ crypto, certificate, issuer }: StatusQuestion): Promise<OcspQuery> {
  const nonce = octetString(crypto.getRandomValues(new Uint8Array(16)));
  const [name, key] = await issuerHashes(crypto, issuer, 'SHA-1');
  const certId = sequence(sequence(oid(OID.sha1), derNull()), octetString(name), octetString(key), certificate.serialNumber);
  const extensions = tlv(contextTag(2), sequence(sequence(oid(OID.ocspNonce), octetString(nonce))));
  const list = sequence(sequence(certId));
  return { request: sequence(sequence(list, extensions)), plainRequest: sequence(sequence(list)), nonce };
}

/** Whether the responder refuses the request as it stands: malformed, or not authorised to answer it (RFC 6960, 2.3). */
export const refusesRequest = (der: Uint8Array): boolean => der.length === 5 && der[0] === TAG.sequence && der[2] === TAG.enumerated && (der[4] === 1 || der[4] === 6);

/** Reads and checks an OCSPResponse (RFC 6960, 3.2); throws `revocation_unavailable` for whatever is no answer to the question. */
export async function checkOcspResponse(der: Uint8Array, question: StatusQuestion, nonce?: Uint8Array): Promise<StatusAnswer> {
  const { tbs, algorithm, signature, single, extensions, ...response } = readOnce(der);
  const about = await findAbout(single, question);
  if (!about) throw unusable('it is about another certificate');
  const signer = await findResponder(response, question);
  if (!(await verifySignature({ crypto: question.crypto, publicKey: signer.publicKey, algorithm, signature, data: tbs }))) {
    question.failures?.count();
    throw unusable('its signature does not verify');
  }
  const answered = extensions.find(([id]) => id && readOid(id) === OID.ocspNonce)?.at(-1);
  // Responders that answer from a cache leave the nonce out (RFC 5019, 4).
  if (nonce && answered && !equalBytes(answered.content, nonce)) throw unusable('its nonce is not ours');
  const [status, thisUpdate, ...optional] = about;
  const next = optional.find(({ tag }) => tag === contextTag(0));
  checkWindow({ thisUpdate: readGeneralizedTime(thisUpdate), nextUpdate: next && readGeneralizedTime(readTlv(next.content)) }, question);
  if (status?.tag !== GOOD && status?.tag !== REVOKED) throw unusable('the responder does not know the certificate');
  const revokedAt = status.tag === REVOKED ? readGeneralizedTime(children(status)[0]) : undefined;
  return { kind: 'ocsp', der, revokedAt, delegate: equalBytes(signer.der, question.issuer.der) ? undefined : signer };
}

/** What an answer says of the certificate, behind its name for it. */
async function findAbout(single: readonly Tlv[], question: StatusQuestion): Promise<Tlv[] | undefined> {
  for (const candidate of single) {
    const [certId, ...said] = children(candidate);
    if (certId && (await isAbout(certId, question))) return said;
  }
  return undefined;
}

interface Response {
  readonly tbs: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly responderId: Tlv;
  readonly producedAt: Date;
  readonly single: readonly Tlv[];
  readonly extensions: readonly (readonly Tlv[])[];
  readonly certificates: readonly Certificate[];
}

/** One answer of a DSS is held against every certificate. */
const read = new WeakMap<Uint8Array, Response>();

function readOnce(der: Uint8Array): Response {
  const response = read.get(der) ?? readResponse(der);
  read.set(der, response);
  return response;
}

function readResponse(der: Uint8Array): Response {
  try {
    const [status, wrapped] = children(expectTlv(readTlv(der), TAG.sequence));
    const code = expectTlv(status, TAG.enumerated).content[0];
    if (code !== 0 || !wrapped) throw unusable(`the responder says ${code ?? 'nothing'} instead of success`);
    const [type, content] = children(readTlv(expectTlv(wrapped, contextTag(0)).content));
    if (readOid(type) !== OID.ocspBasic) throw unusable('it is no basic response');
    const [tbs, algorithm, signature, certificates] = children(readTlv(expectTlv(content, TAG.octetString).content));
    const fields = children(expectTlv(tbs, TAG.sequence));
    const [responderId, producedAt, single, extensions] = fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields;
    if (!responderId) throw unusable('it names no responder');
    return {
      tbs: expectTlv(tbs, TAG.sequence).bytes,
      algorithm: expectTlv(algorithm, TAG.sequence).bytes,
      signature: expectTlv(signature, TAG.bitString).content.subarray(1),
      responderId,
      producedAt: readGeneralizedTime(producedAt),
      single: children(expectTlv(single, TAG.sequence)),
      extensions: extensions?.tag === contextTag(1) ? children(readTlv(extensions.content)).map(children) : [],
      certificates: certificates ? children(readTlv(certificates.content)).map(({ bytes }) => readCertificate(bytes)) : [],
    };
  } catch (cause) {
    throw unusable(cause instanceof Error ? cause.message : 'it cannot be read', cause);
  }
}

/** The issuer, or a delegate that the issuer itself certified for this (RFC 6960, 4.2.2.2). */
async function findResponder({ responderId, producedAt, certificates }: Pick<Response, 'responderId' | 'producedAt' | 'certificates'>, { crypto, issuer, failures }: StatusQuestion): Promise<Certificate> {
  for (const candidate of [issuer, ...certificates]) {
    if (!(await isNamed(crypto, candidate, responderId))) continue;
    if (equalBytes(candidate.publicKey, issuer.publicKey) && equalBytes(candidate.subject, issuer.subject)) return issuer;
    const { signedBytes: data, signatureAlgorithm: algorithm, signature, extendedUsages, usages, notBefore, notAfter, unknownCritical } = candidate;
    const mayAnswer = extendedUsages?.includes(OID.ocspSigning) && (usages?.digitalSignature ?? true) && unknownCritical.length === 0;
    if (!mayAnswer || producedAt < notBefore || producedAt > notAfter || !equalBytes(candidate.issuer, issuer.subject)) continue;
    if (await verifySignature({ crypto, publicKey: issuer.publicKey, algorithm, signature, data })) return candidate;
    failures?.count();
  }
  throw unusable('neither the issuer nor a delegate of the issuer signed it');
}

async function isNamed(crypto: Crypto, certificate: Certificate, responderId: Tlv): Promise<boolean> {
  const value = readTlv(responderId.content);
  if (responderId.tag === contextTag(1)) return equalBytes(value.bytes, certificate.subject);
  const [, key] = await issuerHashes(crypto, certificate, 'SHA-1');
  return responderId.tag === contextTag(2) && equalBytes(value.content, key);
}

async function isAbout(certId: Tlv, { crypto, certificate, issuer }: StatusQuestion): Promise<boolean> {
  const [algorithm, nameHash, keyHash, serialNumber] = children(certId);
  const hash = algorithm && CERT_ID_HASHES[readOid(children(algorithm)[0])];
  if (!hash || !nameHash || !keyHash || !serialNumber) return false;
  const [name, key] = await issuerHashes(crypto, issuer, hash);
  return equalBytes(nameHash.content, name) && equalBytes(keyHash.content, key) && equalBytes(serialNumber.bytes, certificate.serialNumber);
}

const hashed = new WeakMap<Certificate, Map<string, Promise<[Uint8Array, Uint8Array]>>>();

/** Of the subject's name and of its key without its header (RFC 6960, 4.1.1). */
function issuerHashes(crypto: Crypto, issuer: Certificate, hash: string): Promise<[Uint8Array, Uint8Array]> {
  const known = hashed.get(issuer) ?? new Map<string, Promise<[Uint8Array, Uint8Array]>>();
  hashed.set(issuer, known);
  const hashes = known.get(hash) ?? hashIssuer(crypto, issuer, hash);
  known.set(hash, hashes);
  return hashes;
}

async function hashIssuer(crypto: Crypto, { subject, publicKey }: Certificate, hash: string): Promise<[Uint8Array, Uint8Array]> {
  const key = expectTlv(children(readTlv(publicKey))[1], TAG.bitString).content.subarray(1);
  const digest = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest(hash, ownBytes(bytes)));
  return [await digest(subject), await digest(key)];
}
