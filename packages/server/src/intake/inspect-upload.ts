import { bytesSource, compareReadings, inspectPdf, isPadesError, readChunks, repairPdf, sanitizePdf, validatePdf } from '@sky-sign/pades';
import type { ByteSource, FieldText, Finding, Hash, PdfFacts, PdfPage } from '@sky-sign/pades';
import { concat } from '../bytes.js';
import { TextDoesNotFit } from '../drawings/draw-text.js';
import { refusal, refusalOfFailure, refusalOfFinding } from './refusals.js';
import type { Refusal } from './refusals.js';

export interface IntakeOptions {
  /** Whether a form may be written anew without its scripts, every value drawn. */
  readonly sanitize: boolean;
  /** Whether files inside the file are kept, and listed to the people who sign. */
  readonly allowAttachments: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What is known of an upload that is taken. */
export interface UploadFacts {
  readonly pages: readonly PdfPage[];
  readonly fieldNames: readonly string[];
  readonly signed: boolean;
  /** What the sender should know, by code: `repaired`, `sanitized`, `signed`, `layers` … */
  readonly flags: readonly string[];
  readonly attachments: readonly string[];
}

export type Intake =
  | { readonly verdict: 'accepted'; readonly facts: UploadFacts; /** The file as it is kept, where it was repaired or sanitised. */ readonly rewritten?: Uint8Array }
  | { readonly verdict: 'refused'; readonly refusal: Refusal };

export interface IntakeNeeds {
  readonly crypto: Crypto;
  readonly hash: Hash;
  /** Draws the value of a form field. */
  readonly draw: (text: FieldText) => Promise<{ readonly pdf: Uint8Array }>;
}

/** Findings that `sanitize` may mend. */
const mendable: ReadonlySet<string> = new Set(['javascript', 'need_appearances', 'value_differs', 'value_not_drawn']);

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/** Reads an upload as viewers do, mends what may be mended, and refuses what must not be signed. */
export async function inspectUpload(needs: IntakeNeeds, source: ByteSource, options: IntakeOptions): Promise<Intake> {
  try {
    return await examine(needs, source, options);
  } catch (error) {
    if (error instanceof Refused) return { verdict: 'refused', refusal: error.refusal };
    const known = isPadesError(error) ? refusalOfFailure(error.code, error.message) : undefined;
    if (!known) throw error;
    return { verdict: 'refused', refusal: known };
  }
}

interface Reading {
  readonly source: ByteSource;
  readonly facts: PdfFacts;
  readonly findings: readonly Finding[];
  readonly mended: readonly string[];
  readonly rewritten?: Uint8Array;
}

async function examine(needs: IntakeNeeds, upload: ByteSource, { sanitize, allowAttachments, at }: IntakeOptions): Promise<Intake> {
  let reading = await readOrRepair(upload);
  const unsigned = reading.facts.signatures.length === 0;
  if (sanitize && unsigned && !reading.facts.encrypted && reading.findings.some(({ code }) => mendable.has(code))) {
    const rewritten = await sanitizePdf(reading.source, { draw: needs.draw }).catch(refuseUndrawable);
    reading = { ...(await read(bytesSource(rewritten))), mended: [...reading.mended, 'sanitized'], rewritten };
  }
  const { source, facts, findings, mended, rewritten } = reading;
  const refused = findings.find(({ severity, code }) => severity === 'refuse' && !(allowAttachments && code === 'embedded_files'));
  if (refused) throw new Refused(refusalOfFinding(refused));
  if (facts.pages.length === 0) throw new Refused(refusal('document_broken', 'no_pages', 'it has no pages'));
  const ofSigned = facts.signatures.length > 0 ? await checkSignatures(needs, source, at) : [];
  const flags = [...mended, ...ofSigned, ...findings.map(({ code }) => code)];
  return {
    verdict: 'accepted',
    facts: { pages: facts.pages, fieldNames: facts.fields.map(({ name }) => name), signed: facts.signatures.length > 0, flags: [...new Set(flags)], attachments: facts.attachments },
    ...(rewritten && { rewritten }),
  };
}

/** A value that has no room in its field, or letters that the font has not, cannot be shown. */
function refuseUndrawable(cause: unknown): never {
  throw cause instanceof TextDoesNotFit ? new Refused(refusal('document_ambiguous', 'value_differs', `the value of a field cannot be drawn: ${cause.reason}`)) : cause;
}

/** A file whose cross-reference leads nowhere is rewritten once; one that is signed cannot be. */
async function readOrRepair(source: ByteSource): Promise<Reading> {
  try {
    return { ...(await read(source)), mended: [] };
  } catch (cause) {
    if (!isPadesError(cause) || cause.code !== 'broken_xref') throw cause;
    const parts: Uint8Array[] = [];
    for await (const chunk of readChunks(source, 0, source.length)) parts.push(chunk);
    const upload = concat(...parts);
    if (isCutOff(upload)) throw new Refused(refusal('document_broken', 'cut_off', 'its end is missing'));
    const { bytes, missing, unreadable } = await repairPdf(upload);
    // What is left of a file that was cut off may look whole: a page without its last lines.
    if (missing > 0 || unreadable > 0) throw new Refused(refusal('document_broken', 'parts_missing', `parts of it are missing: ${String(missing + unreadable)}`));
    return { ...(await read(bytesSource(bytes))), mended: ['repaired'], rewritten: bytes };
  }
}

/** Without its end nobody knows what is gone: a later revision, for one. */
function isCutOff(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  const end = text.lastIndexOf('%%EOF');
  return end < 0 || /\d+\s+\d+\s+obj\b/u.test(text.slice(end));
}

async function read(source: ByteSource): Promise<Pick<Reading, 'source' | 'facts' | 'findings'>> {
  const facts = await inspectPdf(source);
  const others = facts.encrypted ? [] : await compareReadings(source);
  return { source, facts, findings: [...facts.findings, ...others] };
}

/** Problems of a signature that stands in a file other than the signed one, whatever its bytes say. */
const replaced: ReadonlySet<string> = new Set(['byte_range', 'byte_range_gap', 'signature_dictionary_ambiguous', 'ambiguous_object', 'coverage', 'xref_chain', 'later_revision_unreadable', 'two_readings', 'page_changed', 'field_removed', 'object_removed', 'generation_changed', 'missing_object_supplied', 'signature_removed', 'signature_replaced']);
/** What others have signed must be intact now, because every later signature is only believed while they are. Trust is not asked. Gives what is flagged. */
async function checkSignatures({ crypto, hash }: IntakeNeeds, source: ByteSource, at: number): Promise<string[]> {
  const { signatures } = await validatePdf(source, { anchors: [], crypto, hash, at: new Date(at) });
  const broken = signatures.find(({ integrity }) => !integrity);
  if (broken) throw new Refused(refusal('document_signature_broken', 'integrity', `${broken.field}: ${broken.problems.join(', ')}`));
  const other = signatures.find(({ problems }) => problems.some((problem) => replaced.has(problem)));
  if (other) throw new Refused(refusal('document_signature_broken', 'changed_after_signing', `${other.field}: ${other.problems.join(', ')}`));
  // A strict reader does not explain what many programs do.
  return ['signed', ...(signatures.some(({ modification, docmdp }) => modification === 'OTHER' || docmdp !== true) ? ['changed_after_signing'] : [])];
}
