import type { EndedState, EnvelopeStatus, Field, Locale, PageGeometry, RecipientRole, RecipientStatus, WebhookEvent } from '@sky-sign/protocol';

/** JSON text of a `T`; see `toJson` and `fromJson`. */
export type Json<T> = string & { readonly __holds?: T };
export const toJson = <T>(value: T): Json<T> => JSON.stringify(value);
export const fromJson = <T>(json: Json<T>): T => JSON.parse(json) as T;

/** A purpose key, wrapped under the master key. */
export type KeyRow = { readonly id: string; readonly purpose: string; readonly wrapped: Uint8Array; readonly createdAt: number };
export type ApiKeyRow = {
  readonly id: string;
  readonly tenant: string;
  readonly hash: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  /** `*` for all. */
  readonly scopes: Json<readonly string[]>;
  /** CIDR; none: from anywhere. */
  readonly networks: Json<readonly string[]>;
  /** Pages that may embed; `*` for any. */
  readonly origins: Json<readonly string[]>;
  readonly expiresAt: number | null;
  /** To the minute. */
  readonly lastUsedAt: number | null;
};

/** An origin for which an embed token was once made: preflights from there are answered. */
export type OriginRow = { readonly origin: string };

/** One immutable encrypted blob: an upload, or what one revision appended. */
export type SegmentRow = {
  readonly id: string;
  readonly tenant: string;
  readonly keyId: string;
  readonly wrappedKey: Uint8Array;
  /** Bytes of plain text; 0 while it is being written. */
  readonly length: number;
  readonly createdAt: number;
};
export type ChunkRow = { readonly segmentId: string; readonly idx: number; readonly data: Uint8Array };

export type DocumentRow = {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  /** Geometry of each page, read once at the upload. */
  readonly pages: Json<readonly PageGeometry[]>;
  readonly fieldNames: Json<readonly string[]>;
  readonly flags: Json<readonly string[]>;
  /** Names of the files inside the upload. */
  readonly attachments: Json<readonly string[]>;
  /** Of the upload as it came; revision 0 differs where it was repaired or sanitised. Null for what is older than this column. */
  readonly originalSha256: string | null;
  /** 1 where the upload came with signatures. */
  readonly signed: number;
  readonly createdAt: number;
  readonly envelopeId: string | null;
  readonly position: number;
  readonly mustView: number;
  /** 32 hex digits at the foot of each page; empty where none is stamped. */
  readonly certificateId: string;
  /** Number of the newest revision: what a completion compares and swaps. */
  readonly revision: number;
};

export const revisionKinds = ['upload', 'preparation', 'signature', 'ltv'] as const;
export type RevisionRow = {
  readonly documentId: string;
  readonly number: number;
  readonly kind: (typeof revisionKinds)[number];
  readonly segmentId: string;
  /** Of the whole file up to and with this revision. */
  readonly sha256: string;
  readonly length: number;
  /** Bytes that this revision appended. */
  readonly segmentLength: number;
  /** Whose signing revision it is. */
  readonly recipientId: string | null;
  /** 1 where field values came with it. */
  readonly withValues: number;
  readonly createdAt: number;
};

export type EnvelopeRow = {
  readonly id: string;
  readonly tenant: string;
  /** What people quote on the telephone. */
  readonly number: string;
  readonly title: string;
  readonly controlNumber: string;
  readonly message: string;
  readonly senderName: string;
  readonly senderEmail: string;
  readonly senderContact: string;
  readonly transactionDate: string | null;
  readonly transactionCounterparty: string | null;
  readonly transactionAmount: number | null;
  readonly status: EnvelopeStatus;
  readonly deadline: number;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly completedAt: number | null;
  /** Who may append now: a number that only grows (fencing token), and until when. */
  readonly fence: number;
  readonly leaseUntil: number;
  /** `createdAt` and id: the order of lists, which pages are cut by. */
  readonly listKey: string;
  /** Folded as `fold` does it, for searching. */
  readonly foldedTitle: string;
  readonly foldedControlNumber: string;
  readonly foldedCounterparty: string;
};

/** A field with the name that it has in the PDF. */
export type PreparedField = Field & {
  readonly pdfName: string;
  /** It was in the upload. */
  readonly existing?: boolean;
  /** In the upload it is in pieces, and is rebuilt when the envelope is sent: see `pdfNames`. */
  readonly separate?: boolean;
  /** A text field that is a combo box in the upload. */
  readonly combo?: boolean;
};

export type RecipientRow = {
  readonly id: string;
  readonly tenant: string;
  readonly envelopeId: string;
  readonly position: number;
  readonly role: RecipientRole;
  readonly signingOrder: number;
  readonly name: string;
  readonly organization: string;
  readonly email: string;
  readonly locale: Locale;
  readonly mayDelegate: number;
  readonly status: RecipientStatus;
  readonly statusAt: number;
  readonly fields: Json<readonly PreparedField[]>;
  /** PDF name of the signature field of each document, by document id. */
  readonly signatureFields: Json<Readonly<Record<string, string>>>;
  readonly codeHint: string;
  /** Verifier of the access code; null where none is asked. */
  readonly codeHash: Uint8Array | null;
  readonly codeSalt: Uint8Array | null;
  /** When a mail to this person was given up; null when one arrived after that. */
  readonly undeliverableAt: number | null;
  /** Which pepper. */
  readonly codeKeyId: string | null;
  /** The recipient id that went into the verifier: a delegate inherits the code. */
  readonly codeSubject: string;
  readonly tries: number;
  readonly lockedAt: number | null;
  /** How often the sender opened it again. */
  readonly unlocks: number;
  /** Tenant and mail address, hashed: whom wrong codes are counted for. */
  readonly addressKey: string;
};

/** A wrong access code, for counting. */
export type WrongCodeRow = {
  readonly id: string;
  readonly addressKey: string;
  /** Keyed hash of the network that it came from; empty where that is not known. */
  readonly network: string;
  readonly at: number;
};

export type TokenRow = {
  readonly hash: string;
  readonly kind: 'link' | 'embed' | 'download';
  readonly tenant: string;
  readonly envelopeId: string;
  readonly recipientId: string;
  /** Embed tokens: the only origin that may exchange it. */
  readonly origin: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Embed tokens: thumbprint of the key that exchanged it, and when. */
  readonly usedBy: string | null;
  readonly usedAt: number | null;
  readonly endedState: EndedState | null;
};

export type SessionRow = {
  readonly id: string;
  readonly tenant: string;
  readonly envelopeId: string;
  readonly recipientId: string;
  /** RFC 7638 thumbprint of the session's key, and the key. */
  readonly jkt: string;
  readonly jwk: Json<JsonWebKey>;
  readonly origin: string;
  readonly via: 'hosted' | 'embedded';
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** When the access code was right. */
  readonly openedAt: number | null;
  readonly endedState: EndedState | 'locked' | 'superseded' | null;
};
export type SessionTokenRow = { readonly hash: string; readonly sessionId: string; readonly expiresAt: number };

/** Which bytes of a revision were served to a session, and how many different ones. */
export type DeliveryRow = {
  readonly sessionId: string;
  readonly documentId: string;
  readonly number: number;
  readonly bytes: number;
  /** Start and end (the byte after the last) of each run, in order, none touching the next. */
  readonly ranges: Json<readonly (readonly [number, number])[]>;
};
export type ViewRow = { readonly recipientId: string; readonly documentId: string; readonly at: number };
export type DraftRow = { readonly recipientId: string; readonly sealed: Uint8Array; readonly savedAt: number };

/** An accepted completion: from here on the server finishes it, whatever happens to the person's connection. */
export type ActRow = {
  readonly id: string;
  readonly tenant: string;
  readonly envelopeId: string;
  readonly recipientId: string;
  readonly sessionId: string;
  readonly state: 'sealing' | 'done';
  readonly at: number;
  readonly idempotencyKey: string;
  readonly bodyHash: string;
  readonly consent: string;
  readonly consentSignature: string;
  /** 1 where it sets field values: who signs in parallel must then look again. */
  readonly withValues: number;
  /** As which one of its envelope it was accepted: 0, 1 … */
  readonly position: number;
  /** What is to be set and drawn, encrypted; gone when it is done. */
  readonly sealed: Uint8Array | null;
};

/** What outlives a request; see `outbox/enqueue.ts` for what each kind holds. */
export type JobKind = 'seal' | 'certificate' | 'mail' | 'webhook';

export type OutboxRow = {
  readonly id: string;
  readonly kind: JobKind;
  /** Ids only: never a token, never a value. */
  readonly payload: string;
  readonly dueAt: number;
  readonly leaseUntil: number;
  readonly attempts: number;
  readonly doneAt: number | null;
  /** When it was given up. */
  readonly failedAt: number | null;
  readonly createdAt: number;
};

/** The development outbox: what a mail server would have received. */
export type MailRow = { readonly id: string; readonly toAddress: string; readonly subject: string; readonly sealed: Uint8Array; readonly sentAt: number };

export type TicketRow = { readonly hash: string; readonly documentId: string; readonly number: number; readonly expiresAt: number; readonly recipientId: string; readonly what: 'document' | 'certificate' };

/** The contract certificate of a completed document. */
export type CertificateRow = {
  readonly documentId: string;
  readonly envelopeId: string;
  readonly segmentId: string;
  readonly sha256: string;
  readonly length: number;
  readonly createdAt: number;
};
export type ProofRow = { readonly id: string; readonly expiresAt: number };

/** A receiver of a tenant; its secret is encrypted. */
export type WebhookRow = {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  readonly events: Json<readonly WebhookEvent[]>;
  readonly sealed: Uint8Array;
  readonly createdAt: number;
  /** When it answered that it is gone. */
  readonly disabledAt: number | null;
};

/** Hash-chained: `hash` is over the canonical JSON of everything else, `mac` (`key id.hex`) is keyed. */
export type AuditRow = {
  readonly envelopeId: string;
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  /** Facts, and of personal values only salted digests. */
  readonly data: string;
  readonly prev: string;
  readonly hash: string;
  readonly mac: string;
};
/** Encrypted personal values of one row; erasing them leaves the chain whole. */
export type AuditValueRow = { readonly envelopeId: string; readonly seq: number; readonly sealed: Uint8Array };
/** The newest row of each log: a tail that was cut off is noticed. */
export type AuditHeadRow = { readonly envelopeId: string; readonly seq: number; readonly hash: string; readonly mac: string };
