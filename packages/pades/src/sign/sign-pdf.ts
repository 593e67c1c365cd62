import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import type { Drawing } from '../pdf/import-drawing.js';
import type { Hash, HashAlgorithm } from '../hash.js';

/** A key and its certificate; keys do not cross `Crypto` implementations, so each comes with its own. */
export interface Signer {
  readonly crypto: Crypto;
  readonly key: CryptoKey;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, the issuer first; goes into the signature. */
  readonly chain: readonly Uint8Array[];
  readonly hash?: HashAlgorithm;
}

export type FieldFill =
  /** `appearance: undefined` leaves the field blank and writes an empty appearance. */
  | { readonly kind: 'text'; readonly name: string; readonly value: string; readonly appearance: Drawing | undefined }
  | { readonly kind: 'checkbox'; readonly name: string; readonly checked: boolean }
  | { readonly kind: 'seal'; readonly name: string; readonly appearance: Drawing | undefined };

/** DER TimeStampReq in, DER TimeStampResp out (RFC 3161); the caller brings the network. */
export type TimestampFunction = (request: Uint8Array) => Promise<Uint8Array>;

export interface TimestampOptions {
  readonly request: TimestampFunction;
  /** The policy OID to ask for and to insist on. */
  readonly policy?: string;
  readonly hash?: HashAlgorithm;
  /** DER root certificates; given, the authority's certificate must lead to one of them. */
  readonly anchors?: readonly Uint8Array[];
}

export interface SignOptions {
  readonly signer: Signer;
  readonly hash: Hash;
  /** An existing empty signature field; its /Lock becomes the FieldMDP reference. */
  readonly field: string;
  /** The seal in the signature's own widget. */
  readonly appearance?: Drawing;
  /** Set in the same revision. */
  readonly fills?: readonly FieldFill[];
  readonly reason?: string;
  readonly location?: string;
  readonly name?: string;
  readonly contactInfo?: string;
  /** The claimed time, /M. */
  readonly at: Date;
  readonly timestamp?: TimestampOptions;
  /** Size of the placeholder in bytes of CMS; the default is measured and has a margin. */
  readonly contentsBytes?: number;
}

export interface SignedRevision {
  /** The appended bytes: `source ‖ delta` is the signed file. */
  readonly delta: Uint8Array;
  readonly byteRange: readonly [number, number, number, number];
  readonly level: 'B-B' | 'B-T';
  readonly timestampTime?: Date;
}

/** Signs one field as PAdES (ETSI EN 319 142-1), in one appended revision. */
export async function signPdf(source: ByteSource, { field }: SignOptions): Promise<SignedRevision> {
  throw new PadesError('field_not_found', `not read yet: ${field} in ${source.length} bytes`);
}
