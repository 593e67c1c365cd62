import type { PdfReport } from '../validate/report.js';
import type { DocumentDescription, Locale, ReportDescription, SignatureDescription } from './description.js';
import { describeSignature, noteText } from './describe-signature.js';
import { en } from './en.js';
import { ja } from './ja.js';
import type { Words } from './words.js';

export interface DescribeOptions {
  readonly locale: Locale;
}

const WORDS: Readonly<Record<Locale, Words>> = { ja, en };

/**
 * A report in the words of Acrobat's signature panel, and for each doubt what it means for the reader. Times are Japanese
 * time with the zone named. Words that come out of the file are one line each, without characters that show nothing.
 */
export function describeReport(report: PdfReport, { locale }: DescribeOptions): ReportDescription {
  const words = WORDS[locale];
  const signatures = report.signatures.map((signature) => describeSignature(signature, words));
  return { locale, document: describeDocument(report, signatures, words), signatures };
}

function describeDocument({ ok, document }: PdfReport, signatures: readonly SignatureDescription[], words: Words): DocumentDescription {
  const verdict = verdictOf(ok, signatures);
  const notes = [...new Set(document.warnings.map((code) => noteText(code, words)))].map((text) => ({ kind: 'note', text }) as const);
  return { verdict, title: words.document[verdict], lines: [{ kind: 'note', text: words.revisions(document.revisions) }, ...notes] };
}

function verdictOf(ok: boolean, signatures: readonly SignatureDescription[]): DocumentDescription['verdict'] {
  if (signatures.length === 0) return 'unsigned';
  if (signatures.some(({ verdict }) => verdict === 'invalid')) return 'invalid';
  return ok && signatures.every(({ verdict }) => verdict === 'valid') ? 'valid' : 'unknown';
}
