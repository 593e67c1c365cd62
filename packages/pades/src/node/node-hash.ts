import { createHash } from 'node:crypto';
import type { Hash } from '../hash.js';

/** A `Hash` on Node's own incremental digests: any size in constant memory. */
export const nodeHash: Hash = async (algorithm, chunks) => {
  const digest = createHash(algorithm.replace('-', '').toLowerCase());
  for await (const chunk of chunks) digest.update(chunk);
  return new Uint8Array(digest.digest());
};
