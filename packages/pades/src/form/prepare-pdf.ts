import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import type { Box } from '../inspect/inspect-pdf.js';

/** A drawing made elsewhere (pdf-lib): page 1 of a PDF, taken over as one form XObject with the page's box as /BBox. */
export interface Drawing {
  readonly pdf: Uint8Array;
}

export interface SignatureLock {
  /** Fully qualified names of the fields that the signature locks. */
  readonly fields: readonly string[];
}

/** `rect` is in user space, as in /Rect; names contain no period; page 1 is the first. */
export type NewField =
  | { readonly kind: 'signature'; readonly name: string; readonly page: number; readonly rect: Box; readonly lock?: SignatureLock; readonly tooltip?: string }
  | { readonly kind: 'invisible-signature'; readonly name: string; readonly lock?: SignatureLock }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly page: number;
      readonly rect: Box;
      readonly multiline?: boolean;
      readonly maxLength?: number;
      readonly required?: boolean;
      readonly fontSize?: number;
      readonly tooltip?: string;
    }
  | { readonly kind: 'checkbox'; readonly name: string; readonly page: number; readonly rect: Box; readonly required?: boolean; readonly tooltip?: string }
  /** A push button: a further seal place of the same person. */
  | { readonly kind: 'seal'; readonly name: string; readonly page: number; readonly rect: Box; readonly tooltip?: string };

export interface PrepareOptions {
  readonly fields: readonly NewField[];
  /** Drawn at the bottom left of each page as shown. */
  readonly stamp?: Drawing;
}

/** The preparation revision: every field, empty, and the stamp. Returns the appended bytes only. */
export async function preparePdf(source: ByteSource, { fields }: PrepareOptions): Promise<Uint8Array> {
  throw new PadesError('not_pdf', `not read yet: ${source.length} bytes, ${fields.length} fields`);
}
