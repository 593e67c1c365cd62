/** Why the engine could not do what it was asked to; the README says what to do about each. */
export type PadesErrorCode =
  | 'not_pdf'
  | 'broken_xref'
  | 'encrypted'
  | 'xfa'
  | 'limit_exceeded'
  | 'active_content'
  | 'field_not_found'
  | 'field_already_signed'
  | 'field_exists'
  | 'field_invalid'
  | 'page_not_found'
  | 'locked'
  | 'placeholder_too_small'
  | 'unsupported_key'
  | 'certificate_mismatch'
  | 'timestamp_refused'
  | 'path_incomplete'
  | 'revocation_unavailable'
  | 'certificate_revoked'
  | 'transport_failed'
  | 'key_unreadable'
  | 'scratch_invalid'
  | 'malformed_signature';

/** Thrown where the engine could not do or could not check something; verdicts are returned, never thrown. */
export class PadesError extends Error {
  readonly code: PadesErrorCode;
  override readonly cause?: unknown;

  constructor(code: PadesErrorCode, message: string, cause?: unknown) {
    super(message);
    this.name = 'PadesError';
    this.code = code;
    if (cause !== undefined) this.cause = cause;
  }
}

export function isPadesError(value: unknown): value is PadesError {
  return value instanceof PadesError;
}
