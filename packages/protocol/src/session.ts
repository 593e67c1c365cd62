import * as v from 'valibot';
import { consentRecord, sha256Hex } from './consent.js';
import { senderContact } from './errors.js';
import { field, fieldValue, othersField, seal } from './fields.js';
import { line, words } from './words.js';

export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];

/** `POST /v1/sessions`, with a DPoP proof by the key that the session will have. */
export const sessionStart = v.object({ linkToken: v.pipe(v.string(), v.minLength(20), v.maxLength(200)) });
export type SessionStart = v.InferOutput<typeof sessionStart>;

/** `POST …/resume`; the token, where there is one, has to be of the same person's request as the session. */
export const sessionResume = v.partial(sessionStart);
export type SessionResume = v.InferOutput<typeof sessionResume>;

/** What is told before the access code: nothing about the envelope. */
export const sessionIntro = v.object({
  sessionId: v.string(),
  protocolVersion: v.number(),
  sender: senderContact,
  /** What a person quotes on the telephone; says nothing about the envelope. */
  reference: v.string(),
  locale: v.picklist(locales),
  accessCodeRequired: v.boolean(),
  /** The sender's own words on where to find the code; plain text, may be empty. */
  accessCodeHint: v.string(),
  triesLeft: v.number(),
});
export type SessionIntro = v.InferOutput<typeof sessionIntro>;

/** `POST …/access-code`; an empty code where none is asked. */
export const accessCodeEntry = v.object({ accessCode: v.pipe(v.string(), v.maxLength(40)) });
export type AccessCodeEntry = v.InferOutput<typeof accessCodeEntry>;

/** 署名者, 確認者 (reads and approves, signs nothing), 受領者 (has no turn, gets the documents when all is done). */
export const recipientRoles = ['signer', 'approver', 'copy'] as const;
export type RecipientRole = (typeof recipientRoles)[number];

/** `signed`: did what was asked, so an approver has approved. Who gets a copy stays `waiting`. */
export const recipientStatuses = ['waiting', 'active', 'sealing', 'signed', 'declined', 'delegated'] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

export const envelopeStatuses = ['draft', 'sent', 'in_progress', 'completed', 'declined', 'voided', 'expired'] as const;
export type EnvelopeStatus = (typeof envelopeStatuses)[number];

/** One line of 署名の進行状況. */
export const recipientProgress = v.object({
  id: v.string(),
  name: v.string(),
  organization: v.string(),
  /** Absent: a signer. */
  role: v.optional(v.picklist(recipientRoles)),
  order: v.number(),
  status: v.picklist(recipientStatuses),
  /** When the status was reached; ISO 8601. */
  at: v.optional(v.string()),
  you: v.optional(v.boolean()),
});
export type RecipientProgress = v.InferOutput<typeof recipientProgress>;

export const progress = v.object({ status: v.picklist(envelopeStatuses), recipients: v.array(recipientProgress) });
export type Progress = v.InferOutput<typeof progress>;

/** A document at the revision that is to be displayed: immutable bytes under its hash. */
export const sessionDocument = v.object({
  id: v.string(),
  name: v.string(),
  /** Names of the files inside it; they are part of what is signed. Absent where there are none. */
  attachments: v.optional(v.array(v.string())),
  revision: v.number(),
  sha256: sha256Hex,
  /** Bytes. */
  length: v.number(),
  pages: v.number(),
  mustView: v.boolean(),
});
export type SessionDocument = v.InferOutput<typeof sessionDocument>;

export const draft = v.object({ values: v.array(fieldValue), seals: v.array(seal) });
export type Draft = v.InferOutput<typeof draft>;

/** Everything a recipient may know, at once: no second round of questions after the access code. */
export const signingSession = v.object({
  sessionId: v.string(),
  envelope: v.object({
    id: v.string(),
    title: v.string(),
    controlNumber: v.string(),
    message: v.string(),
    status: v.picklist(envelopeStatuses),
    /** ISO 8601. */
    deadline: v.optional(v.string()),
  }),
  sender: senderContact,
  recipient: v.object({
    id: v.string(),
    name: v.string(),
    organization: v.string(),
    email: v.string(),
    locale: v.picklist(locales),
    /** Absent: a signer. */
    role: v.optional(v.picklist(recipientRoles)),
    status: v.picklist(recipientStatuses),
    mayDelegate: v.boolean(),
    mayDecline: v.boolean(),
    /** Once the person has signed or approved: whether that was done in this very session, or in another window. */
    actedHere: v.optional(v.boolean()),
  }),
  documents: v.array(sessionDocument),
  fields: v.array(field),
  othersFields: v.array(othersField),
  recipients: v.array(recipientProgress),
  consent: v.object({ id: v.string(), text: v.string(), sha256: sha256Hex, locale: v.picklist(locales) }),
  limits: v.object({
    sealBytes: v.number(),
    /** Milliseconds without a call after which the session ends. */
    idleMs: v.optional(v.number()),
  }),
  draft: v.optional(v.object({ ...draft.entries, savedAt: v.string() })),
});
export type SigningSession = v.InferOutput<typeof signingSession>;

/** A short-lived bearer token, bound to the session's key (RFC 9449). */
export const sessionToken = v.object({
  token: v.string(),
  /** ISO 8601. */
  tokenExpiresAt: v.string(),
});
export type SessionToken = v.InferOutput<typeof sessionToken>;

/** The answer to the right access code, and to a resume. */
export const openedSession = v.object({ ...sessionToken.entries, session: signingSession });
export type OpenedSession = v.InferOutput<typeof openedSession>;

export const draftSaved = v.object({ savedAt: v.string() });

/** `POST …/completion`: everything at once. */
export const completionRequest = v.object({
  consent: consentRecord,
  /** Detached JWS (RFC 7515, appendix F; ES256) over the canonical JSON of `consent`, by the session's key. */
  consentSignature: v.string(),
  values: v.array(fieldValue),
  seals: v.array(seal),
});
export type CompletionRequest = v.InferOutput<typeof completionRequest>;

/** 200 with `signed` (or approved, by an approver); 202 with `sealing` where the act is accepted and the signature follows. */
export const completionResult = v.object({ status: v.picklist(['signed', 'sealing']), session: signingSession });
export type CompletionResult = v.InferOutput<typeof completionResult>;

export const declineRequest = v.object({ reason: v.pipe(words(1000), v.trim(), v.minLength(1)) });
export const delegationRequest = v.object({
  name: v.pipe(line(100), v.minLength(1)),
  email: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254)),
});
export const sessionEvent = v.object({ type: v.picklist(['viewed', 'downloaded']), documentId: v.string() });
export type SessionEvent = v.InferOutput<typeof sessionEvent>;
