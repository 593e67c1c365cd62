import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import type { Hash } from '../hash.js';

export interface SignatureReport {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly byteRange: readonly [number, number, number, number];
  readonly coverage: 'UNCLEAR' | 'CONTIGUOUS' | 'ENTIRE_REVISION' | 'ENTIRE_FILE';
  /** Digest, signature value, ESS certificate and content type all fit. */
  readonly integrity: boolean;
  /** A path leads to a given anchor. */
  readonly trusted: boolean;
  readonly level: 'B-B' | 'B-T' | null;
  readonly signerCertificate: Uint8Array | null;
  /** ISO 8601; what the signer claims in /M. */
  readonly signingTime: string | null;
  /** ISO 8601; proven by a timestamp authority. */
  readonly timestampTime: string | null;
  readonly reason: string | null;
  /** Stable codes. */
  readonly problems: readonly string[];
}

export interface PdfReport {
  /** Every signature intact and trusted, and nothing in the file that is not explained. */
  readonly ok: boolean;
  readonly signatures: readonly SignatureReport[];
  /** Stable codes that concern the file, not one signature. */
  readonly problems: readonly string[];
}

export interface ValidateOptions {
  /** DER root certificates; none given, nothing is trusted. */
  readonly anchors: readonly Uint8Array[];
  readonly hash: Hash;
  readonly crypto: Crypto;
  /** Where no timestamp proves a time; the present by default. */
  readonly at?: Date;
}

/** Checks every signature of a file: facts apart, and one conclusion. */
export async function validatePdf(source: ByteSource, { anchors }: ValidateOptions): Promise<PdfReport> {
  throw new PadesError('not_pdf', `not read yet: ${source.length} bytes, ${anchors.length} anchors`);
}
