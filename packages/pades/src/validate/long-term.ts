import type { Certificate } from '../cms/certificate.js';
import { readAnchors } from '../cms/path.js';
import { isPadesError } from '../errors.js';
import { collect, type Use } from '../ltv/collect.js';
import { readDss } from '../ltv/dss.js';
import type { PdfFile } from '../pdf/file.js';
import type { StatusNetwork, StoredAnswers } from '../revocation/find-status.js';
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
  const storedIn = createDssReader();
  const stamps = signatures.filter(({ signature, check, past }) => signature.kind === 'timestamp' && check.integrity && past.path === 'valid').map(({ signature }) => endOf(signature));
  const results = new Map<SignatureInFile, LongTerm>();
  for (const each of signatures) if (each.check.signer) results.set(each.signature, await judge(each, { ...question, stamps, storedIn }));
  return results;
}

interface Judging extends Question {
  /** Where trusted document timestamps end. */
  readonly stamps: readonly number[];
  readonly storedIn: (file: PdfFile) => Promise<Stored>;
}

async function judge(signature: ProvenSignature, { file, revisions, trust, network, stamps, storedIn }: Judging): Promise<LongTerm> {
  const subject = subjectOf(signature);
  const now = await proves(storedIn(file), subject, trust);
  if (now === 'good') {
    const end = endOf(signature.signature);
    for (const covered of revisions) {
      if (covered.end > end && stamps.includes(covered.end) && (await proves(storedIn(covered.file), subject, trust)) === 'good') return { level: 'B-LTA', revocation: 'good' };
    }
    return { level: 'B-LT', revocation: 'good' };
  }
  const hasMore = network !== undefined || subject.answers.ocsps.length + subject.answers.crls.length > 0;
  const answer = now === 'certificate_revoked' || !hasMore ? now : await proves(storedIn(file), subject, trust, { answers: subject.answers, network });
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
async function proves(dss: Promise<Stored>, { uses, certificates }: Subject, { crypto, anchors, at, failures }: Trust, more?: More): Promise<string> {
  try {
    const { ocsps, crls, certificates: carried } = await dss;
    const stored = { ocsps: [...ocsps, ...(more?.answers.ocsps ?? [])], crls: [...crls, ...(more?.answers.crls ?? [])] };
    await collect(uses, { crypto, anchors, stored, network: more?.network ?? {}, candidates: [...certificates, ...carried], now: at, failures });
    return 'good';
  } catch (cause) {
    // What was not looked at to the end might have said that somebody was revoked.
    if (!isPadesError(cause) || cause.code === 'limit_exceeded') throw cause;
    return cause.code;
  }
}

/** The DSS of one state of the file. */
type Stored = StoredAnswers & { readonly certificates: readonly Certificate[] };

/** Every signature asks about the same few states. */
function createDssReader(): (file: PdfFile) => Promise<Stored> {
  const known = new Map<PdfFile, Promise<Stored>>();
  const read = async (file: PdfFile): Promise<Stored> => {
    const { certificates, ocsps, crls } = await readDss(file);
    return { certificates: readAnchors(certificates), ocsps, crls };
  };
  return (file) => {
    const stored = known.get(file) ?? read(file);
    known.set(file, stored);
    return stored;
  };
}

const endOf = ({ byteRange }: SignatureInFile) => byteRange[2] + byteRange[3];
