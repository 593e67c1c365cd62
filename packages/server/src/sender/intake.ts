import { inspectPdf, isPadesError, validatePdf } from '@sky-sign/pades';
import type { ByteSource, PadesErrorCode, PdfFacts } from '@sky-sign/pades';
import type { ErrorCode } from '@sky-sign/protocol';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';

/** What an upload is refused for, in the words of the wire. */
const refusals: Partial<Record<PadesErrorCode, ErrorCode>> = {
  not_pdf: 'document_not_pdf',
  broken_xref: 'document_broken',
  limit_exceeded: 'document_broken',
  encrypted: 'document_encrypted',
  xfa: 'document_xfa',
  active_content: 'document_active_content',
  locked: 'document_locked',
  malformed_signature: 'document_signature_broken',
};

/** Findings that are not active content. */
const findingCodes: Readonly<Record<string, ErrorCode>> = {
  encrypted: 'document_encrypted',
  xfa: 'document_xfa',
  broken: 'document_broken',
  broken_xref: 'document_broken',
  two_readings: 'document_broken',
  signature_broken: 'document_signature_broken',
  malformed_signature: 'document_signature_broken',
  locked: 'document_locked',
  docmdp_locked: 'document_locked',
};

const advice: Partial<Record<ErrorCode, string>> = {
  document_not_pdf: 'The upload is not a PDF file.',
  document_broken: 'The PDF is damaged. Open it in a PDF program, save it again and upload the result.',
  document_encrypted: 'The PDF is encrypted. Save it without a password and upload it again.',
  document_xfa: 'The PDF is an XFA form. Print it to a plain PDF and upload that.',
  document_active_content: 'The PDF has scripts or actions. Print it to a plain PDF and upload that.',
  document_locked: 'The PDF is certified so that nothing may be added. Ask its author for one without that lock.',
  document_signature_broken: 'A signature in the PDF does not fit the file. Ask its author for an intact one.',
};

type Needs = Pick<Services, 'crypto' | 'hash' | 'now'>;

/** Reads an upload as a viewer would, and refuses what must not be signed. */
export async function inspectUpload(services: Needs, source: ByteSource): Promise<PdfFacts> {
  const facts = await inspectPdf(source).catch(refuseUnreadable);
  const finding = facts.findings.find(({ severity }) => severity === 'refuse');
  if (finding) throw refuse(findingCodes[finding.code] ?? 'document_active_content', finding.message);
  if (facts.encrypted) throw refuse('document_encrypted', 'it has /Encrypt');
  if (facts.pages.length === 0) throw refuse('document_broken', 'it has no pages');
  if (facts.signatures.length > 0) await checkSignatures(services, source);
  return facts;
}

/** What others have signed must be intact now, because every later signature is only believed while they are. Trust is not asked. */
async function checkSignatures({ crypto, hash, now }: Needs, source: ByteSource): Promise<void> {
  const { signatures } = await validatePdf(source, { anchors: [], crypto, hash, at: new Date(now()) }).catch(refuseUnreadable);
  const broken = signatures.find(({ integrity }) => !integrity);
  if (broken) throw refuse('document_signature_broken', `${broken.field}: ${broken.problems.join(', ')}`);
}

function refuseUnreadable(error: unknown): never {
  const code = isPadesError(error) ? refusals[error.code] : undefined;
  throw code === undefined ? error : refuse(code, (error as Error).message, error);
}

function refuse(code: ErrorCode, found: string, cause?: unknown): ServerError {
  return new ServerError(code, `${advice[code] ?? 'The PDF cannot be used.'} (${found})`, { cause });
}
