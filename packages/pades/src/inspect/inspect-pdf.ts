import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';

/** Left, bottom, right, top in user space (ISO 32000-2, 7.9.5). */
export type Box = readonly [number, number, number, number];

export interface PdfPage {
  readonly cropBox: Box;
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly rotate: number;
  /** Size of a user space unit in 1/72 inch. */
  readonly userUnit: number;
}

export interface Finding {
  readonly code: string;
  readonly severity: 'refuse' | 'flag';
  readonly message: string;
}

export interface PdfFacts {
  readonly version: string;
  readonly pages: readonly PdfPage[];
  /** Cross-reference sections that end in a startxref of their own. */
  readonly revisions: number;
  readonly signatures: readonly { readonly field: string; readonly kind: 'signature' | 'timestamp' }[];
  readonly fields: readonly { readonly name: string; readonly type: 'Sig' | 'Tx' | 'Btn' | 'Ch' | ''; readonly signed: boolean }[];
  readonly encrypted: boolean;
  readonly findings: readonly Finding[];
}

/** Facts of a file as a viewer sees it (the cross-reference chain followed). */
export async function inspectPdf(source: ByteSource): Promise<PdfFacts> {
  throw new PadesError('not_pdf', `not read yet: ${source.length} bytes`);
}
