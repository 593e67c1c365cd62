import type { Certificate } from '../cms/certificate.js';
import type { Failures } from '../cms/failures.js';
import { PadesError } from '../errors.js';

/** Whether a certificate still held, and when that has to be known for. */
export interface StatusQuestion {
  readonly crypto: Crypto;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** An answer that ended before this time says nothing. */
  readonly since: Date;
  /** Where given, an answer that was made before this time says too little. */
  readonly madeSince?: Date;
  /** The present: answers do not come from the future. */
  readonly now: Date;
  readonly failures?: Failures | undefined;
}

/** What an authority says, checked; its bytes go into the file as they are. */
export interface StatusAnswer {
  readonly kind: 'ocsp' | 'crl';
  readonly der: Uint8Array;
  /** Undefined where the certificate is good. */
  readonly revokedAt: Date | undefined;
  /** Who signed it, where it is not the issuer itself. */
  readonly delegate: Certificate | undefined;
}

export interface Window {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** How far the clocks of authorities may be from ours. */
const CLOCK_TOLERANCE = 5 * 60_000;
/** Without a nextUpdate there is always something newer. */
const UNBOUNDED = 3_600_000;

export function checkWindow({ thisUpdate, nextUpdate }: Window, { since, madeSince, now }: StatusQuestion): void {
  const end = nextUpdate?.getTime() ?? thisUpdate.getTime() + UNBOUNDED;
  if (thisUpdate.getTime() > now.getTime() + CLOCK_TOLERANCE) throw unusable(`it is from the future, ${thisUpdate.toISOString()}`);
  if (madeSince && thisUpdate < madeSince) throw unusable(`it is from ${thisUpdate.toISOString()}, too early`);
  if (end < since.getTime() - CLOCK_TOLERANCE) throw unusable(`it ended at ${new Date(end).toISOString()}`);
}

export const unusable = (why: string, cause?: unknown): PadesError => new PadesError('revocation_unavailable', `an answer on the status of a certificate is not usable: ${why}`, cause);
