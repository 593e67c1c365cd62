import { isSkySignError, SkySignError } from '@sky-sign/client';

/** Whatever was thrown, as an error with a code. */
export function asError(error: unknown): SkySignError {
  if (isSkySignError(error)) return error;
  return new SkySignError('answer_invalid', error instanceof Error ? error.message : String(error), { cause: error });
}

/** A part of the element did not come; most browsers ask for it again at the next need. */
export function notLoaded(error: unknown): SkySignError {
  return new SkySignError('network_failed', 'A part of the element could not be loaded; try again.', { cause: error });
}
