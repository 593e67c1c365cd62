import { readAnchors } from '../cms/path.js';
import { isPadesError } from '../errors.js';
import { collect, type Use } from '../ltv/collect.js';
import { readDss, type ValidationData } from '../ltv/dss.js';
import type { PdfFile } from '../pdf/file.js';
import type { StatusNetwork } from '../revocation/find-status.js';
import type { CheckedSignature } from './check-signature.js';
import type { Existence, Trust } from './existence.js';
import type { SignatureInFile } from './read-signature.js';
import type { Revocation } from './report.js';
import type { FileRevision } from './revisions.js';

/** What the file itself proves of one signature, without a network. */
export interface LongTerm {
  readonly level: 'B-LT' | 'B-LTA' | null;
  /** The network counts here, where it is asked. */
  readonly revocation: Revocation;
}

/** A signature, and the time at which it is proven to have existed. */
export interface ProvenSignature {
  readonly signature: SignatureInFile;
  readonly check: CheckedSignature;
  readonly past: Existence;
}

interface Question {
  readonly file: PdfFile;
  readonly revisions: readonly FileRevision[];
  readonly trust: Trust;
  /** Asked about what the file does not prove itself. */
  readonly network: StatusNetwork | undefined;
}

/** A file without a DSS proves nothing, and neither does one that cannot be read. */
export async function readLongTerm(signatures: readonly ProvenSignature[], question: Question): Promise<Map<SignatureInFile, LongTerm>> {
  const stamps = signatures.filter(({ signature, check, past }) => signature.kind === 'timestamp' && check.integrity && past.path === 'valid').map(({ signature }) => endOf(signature));
  const results = new Map<SignatureInFile, LongTerm>();
  for (const each of signatures) if (each.check.signer) results.set(each.signature, await judge(each, stamps, question));
  return results;
}

async function judge(signature: ProvenSignature, stamps: readonly number[], { file, revisions, trust, network }: Question): Promise<LongTerm> {
  const subject = subjectOf(signature);
  const now = await proves(file, subject, trust);
  if (now === 'good') {
    const end = endOf(signature.signature);
    for (const covered of revisions) {
      if (covered.end > end && stamps.includes(covered.end) && (await proves(covered.file, subject, trust)) === 'good') return { level: 'B-LTA', revocation: 'good' };
    }
    return { level: 'B-LT', revocation: 'good' };
  }
  const hasMore = network !== undefined || subject.answers.ocsps.length + subject.answers.crls.length > 0;
  const answer = now === 'certificate_revoked' || !hasMore ? now : await proves(file, subject, trust, { answers: subject.answers, network });
  if (answer === 'certificate_revoked') return { level: null, revocation: 'revoked' };
  return { level: null, revocation: answer === 'good' ? 'good' : network ? 'unknown' : 'unchecked' };
}

/** What has to be known, and what the signature brings along to know it by. */
type Subject = Pick<CheckedSignature, 'certificates' | 'answers'> & { readonly uses: readonly Use[] };

/** A time counts only where a trusted token proves it; an authority that is not trusted is not asked about. */
function subjectOf({ signature, check: { signer, certificates, answers, token }, past }: ProvenSignature): Subject {
  const [own] = past.tokens;
  const authority: Use[] = token && own?.token === token && own.trusted ? [{ certificate: token.authority, at: token.time, until: past.until }] : [];
  const person: Use[] = signer && (signature.kind === 'signature' || authority.length === 0) ? [{ certificate: signer, at: past.at, until: past.at }] : [];
  return {
    uses: [...person, ...authority],
    certificates: [...certificates, ...(token?.certificates ?? [])],
    answers: { ocsps: [...answers.ocsps, ...(token?.answers.ocsps ?? [])], crls: [...answers.crls, ...(token?.answers.crls ?? [])] },
  };
}

/** Asked beside the DSS: what the signature itself brings along, and the network. */
interface More {
  readonly answers: CheckedSignature['answers'];
  readonly network: StatusNetwork | undefined;
}

/** `good` where the DSS of this state of the file, or what else is asked, answers every question, or the code of what is wrong. */
async function proves(file: PdfFile, { uses, certificates }: Subject, { crypto, anchors, at }: Trust, more?: More): Promise<string> {
  try {
    const stored = await readDss(file);
    const known: ValidationData = { certificates: stored.certificates, ocsps: [...stored.ocsps, ...(more?.answers.ocsps ?? [])], crls: [...stored.crls, ...(more?.answers.crls ?? [])] };
    await collect(uses, { crypto, anchors, stored: known, network: more?.network ?? {}, candidates: [...certificates, ...readAnchors(stored.certificates)], now: at });
    return 'good';
  } catch (cause) {
    if (isPadesError(cause)) return cause.code;
    throw cause;
  }
}

const endOf = ({ byteRange }: SignatureInFile) => byteRange[2] + byteRange[3];
