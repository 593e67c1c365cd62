import canonicalize from 'canonicalize';
import * as v from 'valibot';
import type { FieldValue, Seal } from './fields.js';

export const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

/** What a person agreed to, hashed and signed by the session's key before the server signs anything. */
export const consentRecord = v.object({
  v: v.literal(1),
  envelopeId: v.string(),
  recipientId: v.string(),
  sessionId: v.string(),
  /** What an approver does is `approve`: no signature of theirs goes into the documents. */
  act: v.picklist(['sign', 'approve']),
  /** What was displayed: hashes that the client computed over the bytes that it showed. */
  documents: v.array(v.object({ id: v.string(), revision: v.pipe(v.number(), v.integer()), sha256: sha256Hex, length: v.pipe(v.number(), v.integer()) })),
  valuesSha256: sha256Hex,
  sealsSha256: sha256Hex,
  consentText: v.object({ id: v.string(), sha256: sha256Hex, locale: v.string() }),
  clientTime: v.pipe(v.string(), v.isoTimestamp()),
});
export type ConsentRecord = v.InferOutput<typeof consentRecord>;

/** Canonical JSON (RFC 8785) as UTF-8 bytes; what is hashed and signed. */
export function canonicalJson(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('canonicalJson: the value has no JSON form');
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** The bytes whose SHA-256 is `valuesSha256`; order does not matter. */
export function valuesDigestInput(values: readonly FieldValue[]): Uint8Array<ArrayBuffer> {
  return canonicalJson(values.map(({ fieldId, value }) => ({ fieldId, value })).sort(byFieldId));
}

/** The bytes whose SHA-256 is `sealsSha256`; order does not matter. */
export function sealsDigestInput(seals: readonly Seal[]): Uint8Array<ArrayBuffer> {
  return canonicalJson(
    seals
      .map((seal) => {
        const { fieldId, kind, widthMm, heightMm } = seal;
        return { fieldId, kind, widthMm, heightMm, ...(seal.kind === 'handwriting' ? { curves: seal.curves } : { png: seal.png }) };
      })
      .sort(byFieldId),
  );
}

function byFieldId(a: { fieldId: string }, b: { fieldId: string }): number {
  return a.fieldId < b.fieldId ? -1 : a.fieldId > b.fieldId ? 1 : 0;
}
