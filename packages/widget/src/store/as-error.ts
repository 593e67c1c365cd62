import { isSkySignError, SkySignError } from '@sky-sign/client';

/** Whatever was thrown, as an error with a code. */
export function asError(error: unknown): SkySignError {
  if (isSkySignError(error)) return error;
  return new SkySignError('answer_invalid', error instanceof Error ? error.message : String(error), { cause: error });
}
