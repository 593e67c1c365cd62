import type { PathFound } from './existence.js';
import type { Indication, Revocation, SubIndication } from './report.js';

export interface Facts {
  readonly integrity: boolean;
  readonly path: PathFound;
  readonly hasSigner: boolean;
  readonly revocation: Revocation;
  /** It covers no whole state of the file, or what came later is not allowed: what is shown is not what was signed. */
  readonly overtaken: boolean;
  /** Stable codes. */
  readonly problems: readonly string[];
}

export interface Conclusion {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

/** Codes by what they mean in the words of ETSI EN 319 102-1; the first that fits is said. */
const HASHES = ['message_digest', 'timestamp_imprint', 'timestamp_message_digest'];
const VALUES = ['signature_value', 'timestamp_signature_value'];
const ALGORITHMS = ['hash_not_accepted', 'timestamp_hash_not_accepted'];
const failed = (subIndication: SubIndication): Conclusion => ({ indication: 'TOTAL-FAILED', subIndication });
const open = (subIndication: SubIndication): Conclusion => ({ indication: 'INDETERMINATE', subIndication });

/** One conclusion from facts that stay apart in the report (ETSI EN 319 102-1, 5.1.3). */
export function conclude({ integrity, path, hasSigner, revocation, overtaken, problems }: Facts): Conclusion {
  const has = (codes: readonly string[]) => problems.some((problem) => codes.includes(problem));
  if (!integrity) {
    if (has(HASHES)) return failed('HASH_FAILURE');
    if (has(VALUES)) return failed('SIG_CRYPTO_FAILURE');
    if (has(['signer_certificate_missing'])) return open('NO_SIGNING_CERTIFICATE_FOUND');
    if (has(ALGORITHMS)) return open('CRYPTO_CONSTRAINTS_FAILURE');
    return failed('FORMAT_FAILURE');
  }
  if (overtaken) return failed('FORMAT_FAILURE');
  if (!hasSigner) return open('NO_SIGNING_CERTIFICATE_FOUND');
  if (has(ALGORITHMS)) return open('CRYPTO_CONSTRAINTS_FAILURE');
  if (path === 'none') return open('NO_CERTIFICATE_CHAIN_FOUND');
  if (revocation === 'revoked') return open('REVOKED_NO_POE');
  if (path === 'out_of_bounds') return open('OUT_OF_BOUNDS_NO_POE');
  if (has(['key_usage'])) return open('CHAIN_CONSTRAINTS_FAILURE');
  if (has(['revocation_unavailable'])) return open('TRY_LATER');
  return problems.length > 0 ? open('SIG_CONSTRAINTS_FAILURE') : { indication: 'TOTAL-PASSED', subIndication: null };
}
