import * as v from 'valibot';

/**
 * Every error code that the server answers, with its HTTP status. The list is closed: a new code comes with a heading in
 * `docs/errors.md`.
 */
export const errorStatus = {
  request_invalid: 400,
  dpop_invalid: 401,
  use_dpop_nonce: 401,
  session_invalid: 401,
  session_superseded: 401,
  api_key_invalid: 401,
  access_code_wrong: 403,
  origin_not_allowed: 403,
  scope_missing: 403,
  not_found: 404,
  link_unknown: 404,
  link_ended: 410,
  not_your_turn: 409,
  document_changed: 409,
  envelope_state: 409,
  unlock_limit: 409,
  document_too_large: 413,
  range_not_satisfiable: 416,
  idempotency_mismatch: 422,
  field_invalid: 422,
  seal_invalid: 422,
  consent_invalid: 422,
  access_code_weak: 422,
  anchor_not_found: 422,
  document_not_pdf: 422,
  document_encrypted: 422,
  document_xfa: 422,
  document_broken: 422,
  document_active_content: 422,
  document_ambiguous: 422,
  document_hidden_content: 422,
  document_attachments: 422,
  document_too_complex: 422,
  document_infected: 422,
  document_locked: 422,
  document_signature_broken: 422,
  access_code_locked: 423,
  rate_limited: 429,
  internal_error: 500,
  service_unavailable: 503,
} as const satisfies Record<string, number>;

/** A code of the closed list of errors that the server answers. */
export type ErrorCode = keyof typeof errorStatus;

export const errorCodes = Object.keys(errorStatus) as readonly ErrorCode[];

/** Why a link opens nothing any more. */
export const endedStates = ['signed', 'completed', 'declined', 'voided', 'expired', 'replaced'] as const;
export type EndedState = (typeof endedStates)[number];

export const senderContact = v.object({
  name: v.string(),
  /** Whom to ask: a telephone number, an address, opening hours; plain text. */
  contact: v.string(),
});
export type SenderContact = v.InferOutput<typeof senderContact>;

/** What is wrong with one field; `reason` is a code of `field-rules.ts`. */
export const fieldProblem = v.object({ fieldId: v.string(), reason: v.string() });
export type FieldProblem = v.InferOutput<typeof fieldProblem>;

/** The wire form of every error: problem details (RFC 9457) with a `code`. */
export const problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
  detail: v.optional(v.string()),
  /** `document_…`: what exactly was found in the upload, as `docs/errors.md` lists it. */
  reason: v.optional(v.string()),
  /** `access_code_wrong`: how many more wrong codes are allowed. */
  triesLeft: v.optional(v.number()),
  /** `link_ended`, `access_code_locked`: whom to ask. */
  sender: v.optional(senderContact),
  /** `link_ended`: why. */
  state: v.optional(v.picklist(endedStates)),
  /** `field_invalid`, `seal_invalid`: which. */
  fields: v.optional(v.array(fieldProblem)),
  /** `document_changed`: the documents whose current revision is not the displayed one. */
  documents: v.optional(v.array(v.string())),
});
export type Problem = v.InferOutput<typeof problem>;

export const problemContentType = 'application/problem+json';
