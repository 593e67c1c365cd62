import type { Modification } from '../difference/modification.js';
import type { Hash } from '../hash.js';
import type { OpenOptions } from '../pdf/file.js';
import type { StatusNetwork } from '../revocation/find-status.js';
import type { ByteRange } from '../sign/place-byte-range.js';

export type { Modification } from '../difference/modification.js';

/** How much of the file a signature covers; each word includes the ones before. */
export type Coverage = 'UNCLEAR' | 'CONTIGUOUS' | 'ENTIRE_REVISION' | 'ENTIRE_FILE';

/** The conclusion on one signature (ETSI EN 319 102-1, 5.1.3). */
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';

/** Why a signature has not passed (ETSI EN 319 102-1, 5.1.3, table 6). */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'REVOKED_NO_POE'
  | 'TRY_LATER';

/** Whether certificates had been revoked when they were used; `unknown` where nobody says so, `unchecked` where nobody was asked. */
export type Revocation = 'good' | 'revoked' | 'unknown' | 'unchecked';

/** Who signed, as the certificate says it. */
export interface SignerReport {
  /** The distinguished name (RFC 4514). */
  readonly subject: string;
  /** The name to show: the common name, else the organization, else the subject. */
  readonly name: string;
  /** The distinguished name of who issued the certificate (RFC 4514). */
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** Proof that a signature existed at a time: its own timestamp, or a document timestamp that covers it. */
export interface TimestampReport {
  readonly kind: 'signature' | 'document';
  /** ISO 8601. */
  readonly time: string;
  readonly authority: SignerReport;
  /** The token is intact, and its authority led to a given anchor at that time. */
  readonly trusted: boolean;
}

export interface SignatureReport {
  readonly field: string;
  readonly kind: 'signature' | 'timestamp';
  readonly indication: Indication;
  /** Null where it has passed. */
  readonly subIndication: SubIndication | null;
  readonly byteRange: ByteRange;
  readonly coverage: Coverage;
  /** Digest, signature value, ESS certificate and content type all fit. */
  readonly integrity: boolean;
  readonly modification: Modification;
  /** Full names of the fields whose values or appearance later revisions changed. */
  readonly changedFields: readonly string[];
  /** Whether what came later is allowed by this signature (DocMDP and FieldMDP; ISO 32000-2, 12.8.2); null where that cannot be told. */
  readonly docmdp: boolean | null;
  /** A path leads to a given anchor, and was valid when the signature is known to have existed. */
  readonly trusted: boolean;
  readonly revocation: Revocation;
  /** B-LT and B-LTA only where the file alone answers every question about certificates, without a network. */
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | null;
  readonly signer: SignerReport | null;
  /** ISO 8601; the earliest that a timestamp proves, from an authority that leads to a given anchor. */
  readonly time: string | null;
  /** ISO 8601; what the signer claims: /M, or the signing-time attribute. */
  readonly claimedTime: string | null;
  /** The earliest first. */
  readonly timestamps: readonly TimestampReport[];
  readonly reason: string | null;
  readonly location: string | null;
  /** The signature dictionary's /Name. */
  readonly name: string | null;
  /** Stable codes of what keeps it from passing. */
  readonly problems: readonly string[];
  /** Stable codes of what is worth knowing, and changes nothing. */
  readonly warnings: readonly string[];
}

export interface DocumentReport {
  /** How many states the file has had. */
  readonly revisions: number;
  /** Whether the file carries validation data (ISO 32000-2, 12.8.4.3). */
  readonly dss: boolean;
  /** Stable codes. */
  readonly warnings: readonly string[];
}

export interface PdfReport {
  /** There is a signature, and every one has passed. */
  readonly ok: boolean;
  /** In the order in which they were made. */
  readonly signatures: readonly SignatureReport[];
  readonly document: DocumentReport;
}

/**
 * What revocation means for the conclusion: `none` is not looked at; `soft` counts where something says `revoked`;
 * `require` wants an answer for every certificate.
 */
export type RevocationPolicy = 'none' | 'soft' | 'require';

export interface ValidateOptions extends OpenOptions {
  /** DER root certificates; none given, nothing is trusted. */
  readonly anchors: readonly Uint8Array[];
  readonly hash: Hash;
  readonly crypto: Crypto;
  /** `require` where there is a network to ask, else `soft`. */
  readonly revocation?: RevocationPolicy;
  /** Asked for the status of certificates where the file does not carry it; absent, only what the file says counts. */
  readonly network?: StatusNetwork;
  /** Where no timestamp proves a time; the present by default. */
  readonly at?: Date;
}
