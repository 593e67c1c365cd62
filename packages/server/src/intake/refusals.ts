import type { PadesErrorCode } from '@sky-sign/pades';
import type { ErrorCode } from '@sky-sign/protocol';

/** Why an upload is not taken: a code of the wire, what exactly, and words for the sender. */
export interface Refusal {
  readonly code: ErrorCode;
  /** A finding of the engine: `javascript`, `two_readings`, `layers_hidden` … */
  readonly reason: string;
  readonly detail: string;
}

/** Findings by what the wire calls them; every other one is active content. */
const codes: Readonly<Record<string, ErrorCode>> = {
  encrypted: 'document_encrypted',
  xfa: 'document_xfa',
  two_readings: 'document_ambiguous',
  value_differs: 'document_ambiguous',
  layers_hidden: 'document_hidden_content',
  external_stream: 'document_hidden_content',
  reference_xobject: 'document_hidden_content',
  opi: 'document_hidden_content',
  alternate_images: 'document_hidden_content',
  embedded_files: 'document_attachments',
  portfolio: 'document_attachments',
  docmdp_locked: 'document_locked',
};

/** What makes the engine give up, by what the wire calls it. */
const failures: Partial<Record<PadesErrorCode, ErrorCode>> = {
  not_pdf: 'document_not_pdf',
  broken_xref: 'document_broken',
  limit_exceeded: 'document_too_complex',
  encrypted: 'document_encrypted',
  xfa: 'document_xfa',
  active_content: 'document_active_content',
  locked: 'document_broken',
  malformed_signature: 'document_signature_broken',
};

const advice: Partial<Record<ErrorCode, string>> = {
  document_not_pdf: 'The upload is not a PDF file.',
  document_broken: 'The PDF is damaged. Open it in a PDF program, save it again and upload the result.',
  document_encrypted: 'The PDF is encrypted. Save it without a password and upload it again.',
  document_xfa: 'The PDF is an XFA form. Print it to a plain PDF and upload that.',
  document_active_content: 'The PDF has scripts or actions. Print it to a plain PDF and upload that; with sanitize=true, scripts of form fields are removed.',
  document_ambiguous: 'The PDF can be read in two ways, so that people might see different documents. Print it to a plain PDF and upload that; with sanitize=true, values of form fields are drawn anew.',
  document_hidden_content: 'The PDF shows different things to different viewers, or on paper. Print it to a plain PDF and upload that.',
  document_attachments: 'The PDF has other files inside. Upload them on their own; with allowAttachments=true they are kept and listed to the people who sign.',
  document_locked: 'The PDF is certified so that nothing may be added. Ask its author for one without that lock.',
  document_signature_broken: 'A signature in the PDF does not fit the file. Ask its author for an intact one.',
  document_too_complex: 'The PDF is too large inside, or takes too long to be read. Print it to a plain PDF and upload that.',
};

export function refusal(code: ErrorCode, reason: string, found: string): Refusal {
  return { code, reason, detail: `${advice[code] ?? 'The PDF cannot be used.'} (${found})` };
}

export const refusalOfFinding = (finding: { code: string; message: string }): Refusal => refusal(codes[finding.code] ?? 'document_active_content', finding.code, finding.message);

/** Undefined where the failure is ours and not the file's. */
export function refusalOfFailure(code: PadesErrorCode, message: string): Refusal | undefined {
  const own = failures[code];
  return own && refusal(own, code, message);
}
