import * as v from 'valibot';
import { sha256Hex } from './consent.js';
import { recipientProgress } from './session.js';

/** `POST /v1/downloads`: the token of the completion mail, never in a path. */
export const downloadStart = v.object({ token: v.pipe(v.string(), v.minLength(20), v.maxLength(200)) });

export const downloadPage = v.object({
  envelope: v.object({ title: v.string(), number: v.string() }),
  sender: v.string(),
  documents: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      sha256: sha256Hex,
      /** Bytes. */
      length: v.number(),
      /** Path with a ticket that is good for 60 s and one file. */
      path: v.string(),
      /** 契約締結証明書; absent while it is being written. */
      certificate: v.optional(v.object({ sha256: sha256Hex, length: v.number(), path: v.string() })),
    }),
  ),
  recipients: v.array(recipientProgress),
  /** ISO 8601. */
  expiresAt: v.string(),
  daysLeft: v.number(),
});
export type DownloadPage = v.InferOutput<typeof downloadPage>;
