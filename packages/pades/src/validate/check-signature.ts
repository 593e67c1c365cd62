import { passChunks, type ByteSource } from '../byte-source.js';
import { normalizeBer } from '../cms/ber.js';
import type { Certificate } from '../cms/certificate.js';
import { md5 } from '../encryption/md5.js';
import { checkSignedData, isOld } from '../cms/check-signed-data.js';
import { readTime } from '../cms/der.js';
import { OID } from '../cms/oids.js';
import { verifySignature } from '../cms/algorithms.js';
import { readSignedData, type SignedMessage } from '../cms/signed-data.js';
import { checkTimestamp, readTimestamp } from '../cms/timestamp.js';
import { PadesError, isPadesError } from '../errors.js';
import { joinBytes, ownBytes, type Hash, type OldHashAlgorithm } from '../hash.js';
import type { SignatureInFile } from './read-signature.js';

export interface Checking {
  readonly crypto: Crypto;
  readonly hash: Hash;
}

/** A timestamp token over a signature value, or over the file; whether its authority is trusted is another question. */
export interface CheckedToken {
  readonly time: Date;
  readonly authority: Certificate;
  /** What the token brings along. */
  readonly certificates: readonly Certificate[];
  readonly answers: SignedMessage['answers'];
  readonly intact: boolean;
}

/** What the cryptography of one signature says by itself, without anchors, times and other signatures. */
export interface CheckedSignature {
  readonly integrity: boolean;
  readonly signer: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  /** What it says itself of revocation. */
  readonly answers: SignedMessage['answers'];
  /** As baseline profiles want it: CAdES, no signing-time (ETSI EN 319 142-1, 6.3). */
  readonly baseline: boolean;
  /** The signature timestamp, or the document timestamp itself. */
  readonly token: CheckedToken | undefined;
  readonly signingTime: Date | undefined;
  /** The file is held by MD5 alone: anybody can make two files that this signature fits. */
  readonly ambiguous: boolean;
  readonly problems: readonly string[];
}

const NOTHING: CheckedSignature = { integrity: false, signer: undefined, certificates: [], answers: { ocsps: [], crls: [] }, baseline: false, token: undefined, signingTime: undefined, ambiguous: false, problems: [] };
const DETACHED = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'];

export async function checkSignature(source: ByteSource, signature: SignatureInFile, checking: Checking): Promise<CheckedSignature> {
  try {
    const { bytes: cms, length: taken, der } = normalizeBer(signature.contents);
    const padding = signature.contents.subarray(taken).some((byte) => byte !== 0) ? ['contents_padding'] : [];
    const length = signature.ranges.reduce((sum, [, each]) => sum + each, 0);
    const content = () => gather(source, signature, length);
    const digest = async (algorithm: OldHashAlgorithm) => (algorithm === 'MD5' ? md5(await content()) : checking.hash(algorithm, covered(source, signature), length));
    const checked = signature.kind === 'timestamp' ? await checkDocumentTimestamp(cms, digest, checking) : await checkCades(cms, { digest, subFilter: signature.subFilter, content }, checking);
    return { ...checked, baseline: checked.baseline && der, integrity: checked.integrity && padding.length === 0, problems: [...checked.problems, ...padding] };
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    return { ...NOTHING, problems: [cause.code] };
  }
}

async function* covered(source: ByteSource, { ranges }: SignatureInFile): AsyncGenerator<Uint8Array> {
  for (const [start, length] of ranges) yield* passChunks(source, start, start + length);
}

type Digest = (algorithm: OldHashAlgorithm) => Promise<Uint8Array>;

/** Above this, a signature that wants its content in one piece is not looked at. */
const MOST_GATHERED = 256 << 20;

async function gather(source: ByteSource, signature: SignatureInFile, length: number): Promise<Uint8Array> {
  if (length > MOST_GATHERED) throw new PadesError('limit_exceeded', `a signature of an old kind covers more than ${MOST_GATHERED} bytes`);
  const parts: Uint8Array[] = [];
  for await (const part of covered(source, signature)) parts.push(part.slice());
  return joinBytes(parts);
}

interface Covered {
  readonly digest: Digest;
  readonly content: () => Promise<Uint8Array>;
  readonly subFilter: string | undefined;
}

/** As older signatures may do, the value is over the content, without attributes (RFC 5652, 5.4). */
async function checkBare(message: SignedMessage, data: Uint8Array, crypto: Crypto): Promise<string[]> {
  const { signer, digestAlgorithm: hash, signatureAlgorithm: algorithm, signature } = message;
  if (!signer || !hash) return [signer ? 'hash_not_accepted' : 'signer_certificate_missing'];
  const old = isOld(message);
  const fits = await verifySignature({ crypto, publicKey: signer.publicKey, algorithm, hash, old, signature, data });
  return [...(old ? ['hash_not_accepted'] : []), ...(fits ? [] : ['signature_value'])];
}

async function checkCades(cms: Uint8Array, { digest, content, subFilter }: Covered, { crypto }: Checking): Promise<CheckedSignature> {
  if (!subFilter || !DETACHED.includes(subFilter)) return { ...NOTHING, problems: ['sub_filter'] };
  const message = readSignedData(cms);
  const isCades = subFilter === 'ETSI.CAdES.detached';
  const bare = !isCades && !message.signedAttributes;
  const found = bare ? await checkBare(message, await content(), crypto) : await checkSignedData(crypto, message, message.digestAlgorithm && (await digest(message.digestAlgorithm)));
  if (message.contentType !== OID.data || message.content) found.push('content_type');
  // An older signature (adbe.pkcs7.detached) need not name its certificate; a PAdES one must.
  const broken = found.filter((problem) => isCades || problem !== 'signing_certificate_missing');
  const { token, problems } = await checkSignatureTimestamp(message, crypto);
  const claimed = message.signed.get(OID.signingTime)?.[0];
  return {
    // A weak hash is another question than whether it fits.
    integrity: broken.every((problem) => problem === 'hash_not_accepted' && isOld(message)),
    signer: message.signer,
    certificates: message.certificates,
    answers: message.answers,
    baseline: isCades && !claimed,
    token,
    signingTime: claimed && readTime(claimed),
    ambiguous: message.digestAlgorithm === 'MD5',
    problems: [...broken, ...(isCades && claimed ? ['signing_time_attribute'] : []), ...keyUsageProblems(message), ...problems],
  };
}

async function checkSignatureTimestamp({ unsigned, signature }: SignedMessage, crypto: Crypto): Promise<Pick<CheckedSignature, 'token' | 'problems'>> {
  const attribute = unsigned.get(OID.signatureTimestamp);
  if (!attribute) return { token: undefined, problems: [] };
  const [value, another] = attribute;
  if (!value || another) return { token: undefined, problems: ['timestamp_malformed'] };
  try {
    const read = readTimestamp(value.bytes);
    const problems = await checkTimestamp(crypto, read, async (algorithm) => new Uint8Array(await crypto.subtle.digest(algorithm, ownBytes(signature))));
    return { token: { time: read.time, authority: read.authority, certificates: read.message.certificates, answers: read.message.answers, intact: problems.length === 0 }, problems };
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    return { token: undefined, problems: ['timestamp_malformed'] };
  }
}

async function checkDocumentTimestamp(cms: Uint8Array, digest: Digest, { crypto }: Checking): Promise<CheckedSignature> {
  const { time, authority, message, ...read } = readTimestamp(cms);
  const problems = await checkTimestamp(crypto, { time, authority, message, ...read }, digest);
  const integrity = problems.length === 0;
  const { certificates, answers } = message;
  return { integrity, signer: authority, certificates, answers, baseline: false, token: { time, authority, certificates, answers, intact: integrity }, signingTime: undefined, ambiguous: false, problems };
}

function keyUsageProblems({ signer }: SignedMessage): string[] {
  const usages = signer?.usages;
  return usages && !usages.digitalSignature && !usages.nonRepudiation ? ['key_usage'] : [];
}
