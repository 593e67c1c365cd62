import * as v from 'valibot';
import { sha256Hex } from './consent.js';

/** One line of an envelope's log: a hash chain, exported as JSON Lines. */
export const auditLine = v.object({
  envelopeId: v.string(),
  /** 1, 2, 3 … without a gap. */
  seq: v.number(),
  /** ISO 8601. */
  at: v.string(),
  type: v.string(),
  /** Facts; of personal values only salted digests. */
  data: v.record(v.string(), v.unknown()),
  /** In words, where they were not erased. */
  personal: v.record(v.string(), v.string()),
  /** Hash of the line before; empty in the first one. */
  prev: v.string(),
  hash: sha256Hex,
});
export type AuditLine = v.InferOutput<typeof auditLine>;
