import { PadesError } from '../errors.js';

/** Counts signatures of certificates and answers that were checked in vain: a file may bring thousands that fit nothing. */
export interface Failures {
  /** Throws `limit_exceeded` where there were too many. */
  count(): void;
}

const MOST = 2_000;

export function createFailures(): Failures {
  let failed = 0;
  return {
    count() {
      if (++failed > MOST) throw new PadesError('limit_exceeded', `more than ${MOST} certificates and answers that fit nothing`);
    },
  };
}
