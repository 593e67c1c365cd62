/** One person's act, as the log tells it. */
export interface Operation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly address: string;
  readonly name: string;
  readonly organization: string;
  readonly email: string;
  /** How the person was recognised. */
  readonly means: { readonly via: 'hosted' | 'embedded'; readonly origin: string; readonly code: boolean };
  readonly consentSha256: string;
  /** An approver's act puts nothing into the documents. */
  readonly act: 'sign' | 'approve';
}

/** Everything that a contract certificate says. */
export interface CertificateFacts {
  readonly document: { readonly name: string; readonly certificateId: string; readonly sha256: string; readonly length: number; readonly pages: number };
  readonly controlNumber: string;
  readonly envelopeNumber: string;
  readonly title: string;
  readonly creator: { readonly name: string; readonly email: string };
  readonly sentAt: number;
  readonly completedAt: number;
  /** Oldest first. */
  readonly operations: readonly Operation[];
  /** Head of the log when this was written. */
  readonly audit: { readonly seq: number; readonly hash: string };
}
