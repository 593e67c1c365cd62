import type { Hash } from '../hash.js';
import type { OpenOptions } from '../pdf/file.js';
import type { StatusNetwork } from '../revocation/find-status.js';
import type { ByteRange } from '../sign/place-byte-range.js';

/** How much of the file a signature covers; each word includes the ones before. */
export type Coverage = 'UNCLEAR' | 'CONTIGUOUS' | 'ENTIRE_REVISION' | 'ENTIRE_FILE';

export interface SignatureReport {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly byteRange: ByteRange;
  readonly coverage: Coverage;
  /** Digest, signature value, ESS certificate and content type all fit. */
  readonly integrity: boolean;
  /** A path leads to a given anchor. */
  readonly trusted: boolean;
  /** B-LT and B-LTA only where the file alone answers every question about certificates, without a network. */
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | null;
  /** DER. */
  readonly signerCertificate: Uint8Array | null;
  /** ISO 8601; what the signer claims in /M. */
  readonly signingTime: string | null;
  /** ISO 8601; proven by a timestamp authority that a given anchor vouches for. */
  readonly timestampTime: string | null;
  readonly reason: string | null;
  /** Stable codes. */
  readonly problems: readonly string[];
}

export interface PdfReport {
  /** There is a signature, all are intact and trusted, everything after each of them is explained, and nothing else is wrong. */
  readonly ok: boolean;
  /** In the order in which they were made. */
  readonly signatures: readonly SignatureReport[];
}

export interface ValidateOptions extends OpenOptions {
  /** DER root certificates; none given, nothing is trusted. */
  readonly anchors: readonly Uint8Array[];
  readonly hash: Hash;
  readonly crypto: Crypto;
  /** Asked for the status of certificates where the file does not carry it; absent, only what the file says counts. */
  readonly network?: StatusNetwork;
  /** Where no timestamp proves a time; the present by default. */
  readonly at?: Date;
}
