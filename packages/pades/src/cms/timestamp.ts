import { PadesError, isPadesError } from '../errors.js';
import { ownBytes, type HashAlgorithm } from '../hash.js';
import { hashIdentifier, readHash } from './algorithms.js';
import type { Certificate } from './certificate.js';
import { TAG, children, equalBytes, expectTlv, integer, octetString, oid, readGeneralizedTime, readOid, readTlv, sequence, tlv, type Tlv } from './der.js';
import { OID } from './oids.js';
import { findPath, readAnchors } from './path.js';
import { readSignedData, type SignedMessage } from './signed-data.js';
import { checkSignedData } from './check-signed-data.js';

/** DER TimeStampReq in, DER TimeStampResp out (RFC 3161); the caller brings the network. */
export type TimestampFunction = (request: Uint8Array) => Promise<Uint8Array>;

export interface TimestampOptions {
  readonly request: TimestampFunction;
  /** The policy OID to ask for and to insist on. */
  readonly policy?: string;
  readonly hash?: HashAlgorithm;
  /** DER root certificates; given, the authority's certificate must lead to one of them. */
  readonly anchors?: readonly Uint8Array[];
  /** The clock that the authority's time is compared with; the system's by default. */
  readonly now?: () => Date;
}

export interface Timestamp {
  /** DER ContentInfo, exactly as the authority sent it. */
  readonly token: Uint8Array;
  readonly time: Date;
}

const LONGEST_RESPONSE = 64 << 10;
/** How far the authority's clock may be from ours. */
const CLOCK_TOLERANCE = 5 * 60_000;

/** Asks for a timestamp over data and checks everything of the answer; throws `timestamp_refused`. */
export function requestTimestamp(crypto: Crypto, data: Uint8Array, options: TimestampOptions): Promise<Timestamp> {
  return requestTimestampOf(crypto, async (hash) => new Uint8Array(await crypto.subtle.digest(hash, ownBytes(data))), options);
}

/** The same where the data is only at hand as its digest: a whole file. */
export async function requestTimestampOf(crypto: Crypto, digest: (hash: HashAlgorithm) => Promise<Uint8Array>, options: TimestampOptions): Promise<Timestamp> {
  const { request, policy, hash = 'SHA-256', anchors, now = () => new Date() } = options;
  const imprint = await digest(hash);
  const nonce = integer(crypto.getRandomValues(new Uint8Array(16)));
  const query = sequence(integer(Uint8Array.of(1)), sequence(hashIdentifier(hash), octetString(imprint)), ...(policy === undefined ? [] : [oid(policy)]), nonce, tlv(1, Uint8Array.of(0xff)));
  const answer = await request(query);
  if (answer.length > LONGEST_RESPONSE) throw refused(`the answer is longer than ${LONGEST_RESPONSE} bytes`);
  try {
    const token = readResponse(answer);
    const read = readTimestamp(token);
    if (!read.nonce || !equalBytes(read.nonce, nonce)) throw refused('the nonce is not ours');
    if (policy !== undefined && read.policy !== policy) throw refused(`the policy is ${read.policy}, not ${policy}`);
    if (Math.abs(read.time.getTime() - now().getTime()) > CLOCK_TOLERANCE) throw refused(`the time ${read.time.toISOString()} is more than 5 minutes from ours`);
    if (read.imprintHash !== hash) throw refused('the imprint has another hash');
    const problems = await checkTimestamp(crypto, read, async () => imprint);
    if (problems.length > 0) throw refused(problems.join(', '));
    if (anchors) {
      const path = await findPath(read.authority, { crypto, candidates: read.message.certificates, anchors: readAnchors(anchors), at: read.time });
      if (!path) throw refused('the certificate of the authority leads to no given anchor');
    }
    return { token, time: read.time };
  } catch (cause) {
    if (isPadesError(cause) && cause.code === 'timestamp_refused') throw cause;
    throw refused(cause instanceof Error ? cause.message : 'the answer cannot be read', cause);
  }
}

function readResponse(answer: Uint8Array): Uint8Array {
  const [status, token] = children(expectTlv(readTlv(answer), TAG.sequence));
  const [code, ...details] = children(expectTlv(status, TAG.sequence));
  const value = expectTlv(code, TAG.integer).content.at(-1);
  if ((value !== 0 && value !== 1) || !token) throw refused(`the authority answers with status ${value ?? 'unknown'}${details.map(detailOf).join('')}`);
  return token.bytes;
}

/** Reasons by their bit (RFC 3161, 2.4.2). */
const FAILURES: Readonly<Record<number, string>> = { 0: 'badAlg', 2: 'badRequest', 5: 'badDataFormat', 14: 'timeNotAvailable', 15: 'unacceptedPolicy', 16: 'unacceptedExtension', 17: 'addInfoNotAvailable', 25: 'systemFailure' };
const LONGEST_DETAIL = 200;

/** What the authority says to a refusal, in words or as a reason. */
function detailOf(detail: Tlv): string {
  if (detail.tag === TAG.sequence) return children(detail).map(({ content }) => `, "${new TextDecoder().decode(content.subarray(0, LONGEST_DETAIL))}"`).join('');
  if (detail.tag !== TAG.bitString) return '';
  const bits = detail.content.subarray(1);
  return Object.entries(FAILURES).map(([bit, reason]) => ((bits[Number(bit) >> 3] ?? 0) & (0x80 >> (Number(bit) & 7)) ? `, ${reason}` : '')).join('');
}

/** A timestamp token, read but not believed. */
export interface ReadTimestamp {
  readonly message: SignedMessage;
  readonly authority: Certificate;
  readonly time: Date;
  readonly policy: string;
  readonly nonce: Uint8Array | undefined;
  readonly imprint: Uint8Array;
  readonly imprintHash: HashAlgorithm;
}

export function readTimestamp(token: Uint8Array): ReadTimestamp {
  const message = readSignedData(token);
  if (message.contentType !== OID.tstInfo || !message.content) throw refused('the token holds no TSTInfo');
  if (!message.signer) throw refused('the token does not bring the certificate that signed it');
  const [, policy, messageImprint, , genTime, ...optional] = children(expectTlv(readTlv(message.content), TAG.sequence));
  const [algorithm, hashed] = children(expectTlv(messageImprint, TAG.sequence));
  const imprintHash = readHash(algorithm);
  if (!imprintHash) throw refused('the imprint has a hash that is not accepted');
  return {
    message,
    authority: message.signer,
    time: readGeneralizedTime(genTime),
    policy: readOid(policy),
    nonce: optional.find(({ tag }) => tag === TAG.integer)?.bytes,
    imprint: expectTlv(hashed, TAG.octetString).content,
    imprintHash,
  };
}

/** What is wrong with a token over data of this digest, as stable codes; the certificate's path is another question. */
export async function checkTimestamp(crypto: Crypto, { message, authority, time, imprint, imprintHash }: ReadTimestamp, digest: (hash: HashAlgorithm) => Promise<Uint8Array>): Promise<string[]> {
  const problems: string[] = [];
  if (!equalBytes(imprint, await digest(imprintHash))) problems.push('timestamp_imprint');
  const { extendedUsages, extendedUsagesCritical, notBefore, notAfter } = authority;
  if (!extendedUsagesCritical || extendedUsages?.length !== 1 || extendedUsages[0] !== OID.timeStamping) problems.push('timestamp_key_usage');
  if (time < notBefore || time > notAfter) problems.push('timestamp_certificate_expired');
  const found = await checkSignedData(crypto, message, message.content ? await digestOf(crypto, message) : undefined);
  return [...problems, ...found.map((problem) => `timestamp_${problem}`)];
}

async function digestOf(crypto: Crypto, { content, digestAlgorithm }: SignedMessage): Promise<Uint8Array | undefined> {
  if (!content || !digestAlgorithm || digestAlgorithm === 'MD5') return undefined;
  return new Uint8Array(await crypto.subtle.digest(digestAlgorithm, ownBytes(content)));
}

const refused = (why: string, cause?: unknown) => new PadesError('timestamp_refused', `the timestamp is refused: ${why}`, cause);
