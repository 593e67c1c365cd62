import type { PdfReport, SignatureReport } from '../../validate/report.js';

/** What `pades validate --json` prints: stable, documented in docs/pades.md. */
export interface JsonReport {
  readonly ok: boolean;
  readonly signatures: readonly JsonSignature[];
  readonly document: PdfReport['document'];
}

type Kept = 'field' | 'kind' | 'indication' | 'integrity' | 'coverage' | 'modification' | 'docmdp' | 'trusted' | 'level' | 'time' | 'claimedTime' | 'reason' | 'location';

export interface JsonSignature extends Pick<SignatureReport, Kept> {
  /** Absent where the signature has passed. */
  readonly subIndication?: NonNullable<SignatureReport['subIndication']>;
  /** The distinguished name (RFC 4514). */
  readonly signer: string | null;
  /** Codes: the problems, then what is only worth knowing. */
  readonly warnings: readonly string[];
}

export function reportAsJson({ ok, signatures, document: { revisions, dss, warnings } }: PdfReport): JsonReport {
  return { ok, signatures: signatures.map(signatureAsJson), document: { revisions, dss, warnings } };
}

function signatureAsJson(signature: SignatureReport): JsonSignature {
  const { field, kind, indication, subIndication, integrity, coverage, modification, docmdp, trusted, level, signer, time, claimedTime, reason, location, problems, warnings } = signature;
  return {
    field,
    kind,
    indication,
    ...(subIndication && { subIndication }),
    integrity,
    coverage,
    modification,
    docmdp,
    trusted,
    level,
    signer: signer?.subject ?? null,
    time,
    claimedTime,
    reason,
    location,
    warnings: [...new Set([...problems, ...warnings])],
  };
}
