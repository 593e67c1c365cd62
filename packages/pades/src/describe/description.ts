import type { SignatureReport } from '../validate/report.js';

export type Locale = 'ja' | 'en';
export type SignatureVerdict = 'valid' | 'unknown' | 'invalid';
export type Level = NonNullable<SignatureReport['level']>;

/** What a line speaks of: to choose an icon by, never to decide by. */
export type LineKind =
  | 'signer'
  | 'conclusion'
  | 'changes'
  | 'identity'
  | 'time'
  | 'timestamp'
  | 'long-term'
  | 'level'
  | 'revocation'
  | 'reason'
  | 'location'
  | 'name'
  | 'certificate'
  | 'doubt'
  | 'note';

/** One line of plain text: no markup, no line ends, no characters that turn the direction of writing. */
export interface DescriptionLine {
  readonly kind: LineKind;
  readonly text: string;
}

/** One entry of the signature panel. */
export interface SignatureDescription {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly verdict: SignatureVerdict;
  readonly title: string;
  readonly lines: readonly DescriptionLine[];
}

export interface DocumentDescription {
  readonly verdict: SignatureVerdict | 'unsigned';
  /** One sentence on the whole document. */
  readonly title: string;
  readonly lines: readonly DescriptionLine[];
}

export interface ReportDescription {
  readonly locale: Locale;
  readonly document: DocumentDescription;
  /** In the order in which they were made. */
  readonly signatures: readonly SignatureDescription[];
}
