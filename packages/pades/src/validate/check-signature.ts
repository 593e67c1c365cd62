import { passChunks, type ByteSource } from '../byte-source.js';
import type { Certificate } from '../cms/certificate.js';
import { checkSignedData } from '../cms/check-signed-data.js';
import { readTlv } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { findPath } from '../cms/path.js';
import { readSignedData, type SignedMessage } from '../cms/signed-data.js';
import { checkTimestamp, readTimestamp } from '../cms/timestamp.js';
import { isPadesError } from '../errors.js';
import { ownBytes, type Hash, type HashAlgorithm } from '../hash.js';
import type { SignatureInFile } from './read-signature.js';

export interface Trust {
  readonly crypto: Crypto;
  readonly hash: Hash;
  readonly anchors: readonly Certificate[];
  /** Where no timestamp proves a time. */
  readonly at: Date;
  /** Certificates that the file carries outside its signatures. */
  readonly candidates: readonly Certificate[];
}

/** What the cryptography of one signature says. */
export interface Verdict {
  readonly integrity: boolean;
  readonly trusted: boolean;
  readonly level: 'B-B' | 'B-T' | null;
  readonly signerCertificate: Uint8Array | null;
  readonly timestampTime: string | null;
  readonly problems: readonly string[];
}

const NOTHING: Verdict = { integrity: false, trusted: false, level: null, signerCertificate: null, timestampTime: null, problems: [] };
const DETACHED = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'];

export async function checkSignature(source: ByteSource, signature: SignatureInFile, trust: Trust): Promise<Verdict> {
  if (signature.problems.length > 0) return NOTHING;
  try {
    const cms = readTlv(signature.contents).bytes;
    const padding = signature.contents.subarray(cms.length).some((byte) => byte !== 0) ? ['contents_padding'] : [];
    const { hash } = trust;
    const digest = (algorithm: HashAlgorithm) => hash(algorithm, covered(source, signature), Math.min(source.length, signature.byteRange[1] + signature.byteRange[3]));
    const verdict = signature.kind === 'timestamp' ? await checkDocumentTimestamp(cms, digest, trust) : await checkCades(cms, { digest, subFilter: signature.subFilter }, trust);
    return { ...verdict, integrity: verdict.integrity && padding.length === 0, problems: [...verdict.problems, ...padding] };
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    return { ...NOTHING, problems: [cause.code] };
  }
}

async function* covered(source: ByteSource, { byteRange: [start, first, second, last] }: SignatureInFile): AsyncGenerator<Uint8Array> {
  yield* passChunks(source, start, start + first);
  yield* passChunks(source, second, second + last);
}

type Digest = (algorithm: HashAlgorithm) => Promise<Uint8Array>;

async function checkCades(cms: Uint8Array, { digest, subFilter }: { digest: Digest; subFilter: string | undefined }, trust: Trust): Promise<Verdict> {
  if (!subFilter || !DETACHED.includes(subFilter)) return { ...NOTHING, problems: ['sub_filter'] };
  const message = readSignedData(cms);
  const isCades = subFilter === 'ETSI.CAdES.detached';
  const found = await checkSignedData(trust.crypto, message, message.digestAlgorithm && (await digest(message.digestAlgorithm)));
  if (message.contentType !== OID.data || message.content) found.push('content_type');
  // An older signature (adbe.pkcs7.detached) need not name its certificate; a PAdES one must.
  const broken = found.filter((problem) => isCades || problem !== 'signing_certificate_missing');
  const stamp = await checkSignatureTimestamp(message, trust);
  const trusted = await isTrusted(message, { ...trust, at: stamp.time ?? trust.at });
  const problems = [...found, ...stamp.problems, ...(trusted ? [] : ['no_path_to_anchor']), ...keyUsageProblems(message)];
  if (isCades && message.signed.has(OID.signingTime)) problems.push('signing_time_attribute');
  const integrity = broken.length === 0;
  const baseline = integrity && isCades && !message.signed.has(OID.signingTime);
  return {
    integrity,
    trusted: trusted && keyUsageProblems(message).length === 0,
    level: baseline ? (stamp.time ? 'B-T' : 'B-B') : null,
    signerCertificate: message.signer?.der ?? null,
    timestampTime: stamp.time?.toISOString() ?? null,
    problems,
  };
}

/** The signature timestamp, if there is one; a time only where it is intact and leads to an anchor. */
async function checkSignatureTimestamp({ unsigned, signature }: SignedMessage, trust: Trust): Promise<{ time?: Date; problems: readonly string[] }> {
  const attribute = unsigned.get(OID.signatureTimestamp);
  if (!attribute) return { problems: [] };
  const [token, another] = attribute;
  if (!token || another) return { problems: ['timestamp_malformed'] };
  try {
    const read = readTimestamp(token.bytes);
    const problems = await checkTimestamp(trust.crypto, read, async (algorithm) => new Uint8Array(await trust.crypto.subtle.digest(algorithm, ownBytes(signature))));
    if (!(await isTrusted(read.message, { ...trust, at: read.time }))) problems.push('timestamp_no_path_to_anchor');
    return problems.length === 0 ? { time: read.time, problems } : { problems };
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    return { problems: ['timestamp_malformed'] };
  }
}

async function checkDocumentTimestamp(cms: Uint8Array, digest: Digest, trust: Trust): Promise<Verdict> {
  const read = readTimestamp(cms);
  const found = await checkTimestamp(trust.crypto, read, digest);
  const trusted = await isTrusted(read.message, { ...trust, at: read.time });
  const integrity = found.length === 0;
  return {
    integrity,
    trusted,
    level: null,
    signerCertificate: read.authority.der,
    timestampTime: integrity && trusted ? read.time.toISOString() : null,
    problems: [...found, ...(trusted ? [] : ['no_path_to_anchor'])],
  };
}

async function isTrusted({ signer, certificates }: SignedMessage, { crypto, anchors, at, candidates }: Trust): Promise<boolean> {
  return signer !== undefined && (await findPath(signer, { crypto, candidates: [...certificates, ...candidates], anchors, at })) !== undefined;
}

function keyUsageProblems({ signer }: SignedMessage): string[] {
  const usages = signer?.usages;
  return usages && !usages.digitalSignature && !usages.nonRepudiation ? ['key_usage'] : [];
}
