import type { ByteSource } from '../byte-source.js';
import type { Certificate } from '../cms/certificate.js';
import { readAnchors } from '../cms/path.js';
import { isPadesError } from '../errors.js';
import { readFields } from '../form/fields.js';
import { readDss } from '../ltv/dss.js';
import { openPdf, type PdfFile } from '../pdf/file.js';
import { checkSignature, type Trust, type Verdict } from './check-signature.js';
import { explainChanges } from './explain-changes.js';
import { readLongTerm } from './long-term.js';
import { findMissingObjects } from './missing-objects.js';
import { readSignature, type SignatureInFile } from './read-signature.js';
import type { Coverage, PdfReport, SignatureReport, ValidateOptions } from './report.js';
import { readRevisions, type FileRevision } from './revisions.js';

/** Checks every signature of a file: facts apart, and one conclusion. */
export async function validatePdf(source: ByteSource, { anchors, hash, crypto, network, at = new Date(), ...options }: ValidateOptions): Promise<PdfReport> {
  const file = await openPdf(source, options);
  const fields = (await readFields(file)).filter(({ type, value }) => type === 'Sig' && value !== null);
  const found = await Promise.all(fields.map((field) => readSignature(file, source, field)));
  found.sort((a, b) => endOf(a) - endOf(b));

  const revisions = await readRevisions(source, file);
  const changes = await explainRevisions(revisions, found);
  const trust: Trust = { crypto, hash, anchors: readAnchors(anchors), at, candidates: await carriedCertificates(file) };
  const verdicts = new Map<SignatureInFile, Verdict>();
  for (const signature of found) verdicts.set(signature, await checkSignature(source, signature, trust));
  const timestamps = found.filter((signature) => signature.kind === 'timestamp' && verdicts.get(signature)?.timestampTime).map(endOf);
  const longTerm = await readLongTerm(file, { source, revisions, trust, timestamps, network });

  const signatures: SignatureReport[] = [];
  for (const [signature, verdict] of verdicts) {
    const coverage = coverageOf(signature, revisions);
    const lasting = longTerm.get(endOf(signature));
    const level = verdict.level === 'B-T' ? (lasting?.level ?? 'B-T') : verdict.level;
    const { field, kind, byteRange, signingTime, reason } = signature;
    const later = changes.filter(({ after }) => after >= endOf(signature)).flatMap(({ problems }) => problems);
    const problems = new Set([...signature.problems, ...verdict.problems, ...later, ...(isRevision(coverage) ? [] : ['coverage']), ...(lasting?.problem ? [lasting.problem] : [])]);
    signatures.push({ ...verdict, level, field, kind, byteRange, coverage, signingTime, reason, problems: [...problems] });
  }
  const ok = signatures.length > 0 && signatures.every(({ integrity, trusted, problems }) => integrity && trusted && problems.length === 0);
  return { ok, signatures };
}

/** Certificates in the DSS help to build paths; nothing is trusted for being there. */
async function carriedCertificates(file: PdfFile): Promise<Certificate[]> {
  try {
    return readAnchors((await readDss(file)).certificates);
  } catch (cause) {
    if (isPadesError(cause)) return [];
    throw cause;
  }
}

const endOf = ({ byteRange }: SignatureInFile) => byteRange[2] + byteRange[3];
const isRevision = (coverage: Coverage) => coverage === 'ENTIRE_FILE' || coverage === 'ENTIRE_REVISION';

function coverageOf(signature: SignatureInFile, revisions: readonly FileRevision[]): Coverage {
  if (signature.problems.length > 0) return 'UNCLEAR';
  const end = endOf(signature);
  if (end === revisions.at(-1)?.end) return 'ENTIRE_FILE';
  return revisions.some((revision) => revision.end === end) ? 'ENTIRE_REVISION' : 'CONTIGUOUS';
}

interface Changes {
  /** The state that was changed, by its length. */
  readonly after: number;
  readonly problems: readonly string[];
}

/** Step by step from the first signed state on, since a later revision can hide what an earlier one did. */
async function explainRevisions(revisions: readonly FileRevision[], signatures: readonly SignatureInFile[]): Promise<Changes[]> {
  const firstEnd = Math.min(...signatures.map(endOf));
  const signed = revisions.filter(({ end }) => end >= firstEnd);
  const [first, ...rest] = signed;
  if (!first || rest.length === 0) return [];
  const missing = await findMissingObjects(first.file);
  const changes: Changes[] = [];
  let before = first;
  for (const revision of rest) {
    changes.push({ after: before.end, problems: await explainChanges(before.file, revision.file, missing) });
    before = revision;
  }
  return changes;
}
