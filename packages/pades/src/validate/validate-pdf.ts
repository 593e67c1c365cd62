import type { ByteSource } from '../byte-source.js';
import type { Certificate } from '../cms/certificate.js';
import { createFailures } from '../cms/failures.js';
import { readAnchors } from '../cms/path.js';
import { PadesError, isPadesError } from '../errors.js';
import { readFields } from '../form/fields.js';
import { readDss } from '../ltv/dss.js';
import { createKnownObjects, openPdf, readCatalog, type PdfFile } from '../pdf/file.js';
import { checkSignature, type CheckedSignature } from './check-signature.js';
import { conclude } from './conclude.js';
import { proveExistence, type Existence, type Trust } from './existence.js';
import { createChangeReader, type LaterChanges } from './later-changes.js';
import { readLongTerm, type LongTerm } from './long-term.js';
import { readSignature, type SignatureInFile } from './read-signature.js';
import type { Coverage, PdfReport, SignatureReport, ValidateOptions } from './report.js';
import { readRevisions, type FileRevision } from './revisions.js';
import { describeSigner } from './signer-report.js';

/** Each may cover the whole file. */
const MOST_SIGNATURES = 500;

/**
 * Checks every signature of a file: facts apart, and one conclusion (ETSI EN 319 102-1). What is wrong with a signature
 * is told in the report; throws `PadesError` only where the file itself cannot be read, or asks for more work than is done for one.
 */
export async function validatePdf(source: ByteSource, { anchors, hash, crypto, network, revocation = network ? 'require' : 'soft', at = new Date(), ...options }: ValidateOptions): Promise<PdfReport> {
  const known = createKnownObjects(source.length);
  const file = await openPdf(source, options, known);
  const fields = (await readFields(file)).filter(({ type, value }) => type === 'Sig' && value !== null);
  if (fields.length > MOST_SIGNATURES) throw new PadesError('limit_exceeded', `more than ${MOST_SIGNATURES} signatures`);
  const found = await Promise.all(fields.map((field) => readSignature(file, source, field)));
  found.sort((a, b) => endOf(a) - endOf(b));
  const revisions = await readRevisions(source, file, known);
  const trust: Trust = { crypto, anchors: readAnchors(anchors), at, candidates: await carriedCertificates(file), failures: createFailures() };

  const checked: { readonly signature: SignatureInFile; readonly kind: SignatureInFile['kind']; readonly check: CheckedSignature }[] = [];
  for (const signature of found) checked.push({ signature, kind: signature.kind, check: await checkSignature(source, signature, { crypto, hash }) });
  const proven = await proveExistence(checked, trust);
  const longTerm = revocation === 'none' ? new Map<SignatureInFile, LongTerm>() : await readLongTerm(proven, { file, revisions, trust, network });
  const changesAfter = createChangeReader(source, revisions);

  const signatures: SignatureReport[] = [];
  for (const { signature, check, past } of proven) {
    const coverage = coverageOf(signature, revisions);
    const changes = await changesAfter(signature, coverage);
    signatures.push(report(signature, { coverage, check, past, changes, lasting: longTerm.get(signature), policy: revocation }));
  }
  const { catalog } = await readCatalog(file);
  return {
    ok: signatures.length > 0 && signatures.every(({ indication }) => indication === 'TOTAL-PASSED'),
    signatures,
    document: { revisions: revisions.length, dss: catalog.has('DSS'), warnings: signatures.length === 0 ? ['not_signed'] : [] },
  };
}

interface Findings {
  readonly coverage: Coverage;
  readonly check: CheckedSignature;
  readonly past: Existence;
  readonly changes: LaterChanges;
  readonly lasting: LongTerm | undefined;
  readonly policy: NonNullable<ValidateOptions['revocation']>;
}

function report(signature: SignatureInFile, { coverage, check, past, changes, lasting, policy }: Findings): SignatureReport {
  const { field, kind, byteRange, reason, location, name } = signature;
  const state = lasting?.revocation ?? 'unchecked';
  const problems = new Set([...signature.problems, ...check.problems, ...changes.problems]);
  // What is trusted by itself may be used for what its owner likes.
  if (past.isAnchor) problems.delete('key_usage');
  const trusted = check.integrity && !check.ambiguous && past.path === 'valid' && state !== 'revoked' && !problems.has('key_usage');
  const whole = coverage === 'ENTIRE_FILE' || coverage === 'ENTIRE_REVISION';
  if (!whole) problems.add('coverage');
  if (past.path === 'none' && check.signer) problems.add('no_path_to_anchor');
  if (past.path === 'out_of_bounds') problems.add('certificate_out_of_bounds');
  if (state === 'revoked') problems.add('certificate_revoked');
  if (policy === 'require' && state !== 'good' && state !== 'revoked') problems.add('revocation_unavailable');
  const [own] = past.tokens;
  if (kind === 'signature' && own?.kind === 'signature' && own.token.intact && !own.trusted) problems.add('timestamp_no_path_to_anchor');
  const warnings = policy === 'soft' && state === 'unknown' ? ['revocation_unavailable'] : [];
  const stamped = own?.kind === 'signature' && own.trusted;
  const level = kind === 'signature' && check.integrity && check.baseline ? (lasting?.level && past.proven ? lasting.level : stamped ? 'B-T' : 'B-B') : null;
  return {
    field,
    kind,
    ...conclude({ integrity: check.integrity, path: past.path, hasSigner: check.signer !== undefined, revocation: state, overtaken: !whole || changes.problems.length > 0, problems: [...problems] }),
    byteRange,
    coverage,
    integrity: check.integrity,
    modification: changes.modification,
    changedFields: changes.changedFields,
    docmdp: changes.docmdp,
    trusted,
    revocation: state,
    level,
    signer: check.signer ? describeSigner(check.signer) : null,
    time: past.proven ? past.at.toISOString() : null,
    claimedTime: signature.signingTime ?? check.signingTime?.toISOString() ?? null,
    timestamps: past.tokens.map(({ kind: of, token, trusted: believed }) => ({ kind: of, time: token.time.toISOString(), authority: describeSigner(token.authority), trusted: believed })),
    reason,
    location,
    name,
    problems: [...problems],
    warnings,
  };
}

/** Certificates in the DSS help to build paths; nothing is trusted for being there. */
async function carriedCertificates(file: PdfFile): Promise<Certificate[]> {
  try {
    return readAnchors((await readDss(file)).certificates);
  } catch (cause) {
    if (!isPadesError(cause) || cause.code === 'limit_exceeded') throw cause;
    return [];
  }
}

const endOf = ({ byteRange }: SignatureInFile) => byteRange[2] + byteRange[3];

function coverageOf(signature: SignatureInFile, revisions: readonly FileRevision[]): Coverage {
  if (signature.problems.length > 0) return 'UNCLEAR';
  const end = endOf(signature);
  if (end === revisions.at(-1)?.end) return 'ENTIRE_FILE';
  return revisions.some((revision) => revision.end === end) ? 'ENTIRE_REVISION' : 'CONTIGUOUS';
}
