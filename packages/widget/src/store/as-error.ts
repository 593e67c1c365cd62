import { isSkySignError, SkySignError } from '@sky-sign/client';

/** Whatever was thrown, as an error with a code. */
export function asError(error: unknown): SkySignError {
  if (isSkySignError(error)) return error;
  return new SkySignError('answer_invalid', error instanceof Error ? error.message : String(error), { cause: error });
}

/** A part of the element did not come. Some browsers ask for it again at the next need, others only after a reload. */
export function notLoaded(error?: unknown): SkySignError {
  return new SkySignError('part_unavailable', 'A part of the element could not be loaded; try again, or reload the page.', { cause: error });
}
