import type { HashAlgorithm } from '../hash.js';

/** A key and its certificate; keys do not cross `Crypto` implementations, so each comes with its own. */
export interface Signer {
  readonly crypto: Crypto;
  readonly key: CryptoKey;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, the issuer first; goes into the signature. */
  readonly chain: readonly Uint8Array[];
  readonly hash?: HashAlgorithm;
}
