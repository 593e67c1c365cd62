import type { ErrorCode, Problem } from '@sky-sign/protocol';

/** What can go wrong on this side of the wire; the server's own codes come from the protocol. */
export const clientErrorCodes = [
  'network_failed',
  'timed_out',
  'aborted',
  'answer_invalid',
  'protocol_mismatch',
  'server_mismatch',
  'server_invalid',
  'session_missing',
  'token_unavailable',
  'part_unavailable',
  'bytes_differ',
  'crypto_unavailable',
] as const;
export type ClientErrorCode = (typeof clientErrorCodes)[number];

/** Every code that a `SkySignError` of this package can carry. */
export type SkySignErrorCode = ErrorCode | ClientErrorCode;

const retryableCodes: ReadonlySet<SkySignErrorCode> = new Set([
  'network_failed',
  'timed_out',
  'rate_limited',
  'service_unavailable',
  'internal_error',
  'token_unavailable',
  'part_unavailable',
]);

/** The one error of this package. `retryable` tells whether the same call may succeed later without anything else changing. */
export class SkySignError extends Error {
  override readonly name = 'SkySignError';
  readonly code: SkySignErrorCode;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** The server's own words (RFC 9457), where it said any. */
  readonly problem: Problem | undefined;

  constructor(code: SkySignErrorCode, message: string, details: { status?: number; problem?: Problem; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.problem = details.problem;
    this.retryable = retryableCodes.has(code);
  }
}

/** Whether something that was caught is a `SkySignError`, optionally one of the given codes. Works across copies of this package. */
export function isSkySignError(error: unknown, ...codes: readonly SkySignErrorCode[]): error is SkySignError {
  if (!(error instanceof Error) || error.name !== 'SkySignError') return false;
  return codes.length === 0 || codes.includes((error as SkySignError).code);
}
