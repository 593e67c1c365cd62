import { PadesError } from '../errors.js';

/** Counts signatures of certificates and answers that were checked in vain: a file may bring thousands that fit nothing. */
export interface Failures {
  /** One more; throws `limit_exceeded` where these are too many. */
  count(): void;
  /** Throws `limit_exceeded` where there were too many. */
  check(): void;
}

const MOST = 2_000;

export function createFailures(): Failures {
  let failed = 0;
  const check = () => {
    if (failed > MOST) throw new PadesError('limit_exceeded', `more than ${MOST} certificates and answers that fit nothing`);
  };
  return {
    count() {
      failed++;
      check();
    },
    check,
  };
}
