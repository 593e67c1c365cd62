import * as v from 'valibot';
import { sha256Hex } from './consent.js';
import { fieldOption, fieldPlacement } from './fields.js';
import { envelopeStatuses, locales, recipientProgress, recipientRoles } from './session.js';
import { line, words } from './words.js';

/** The answer to an upload (`POST /v1/documents?name=…`, the body is the PDF itself; `&sanitize=true`, `&allowAttachments=true`). */
export const uploadedDocument = v.object({
  id: v.string(),
  name: v.string(),
  length: v.number(),
  sha256: sha256Hex,
  pages: v.number(),
  /** What the sender should know: `repaired`, `signed`, `trailing_bytes`, `several_revisions` … */
  flags: v.array(v.string()),
  /** SHA-256 of the upload as it came; `sha256` is another where it was repaired or sanitised. */
  originalSha256: sha256Hex,
  /** Names of files inside the PDF, which are listed to the people who sign. */
  attachments: v.array(v.string()),
});
export type UploadedDocument = v.InferOutput<typeof uploadedDocument>;

/** A place beside a text that stands in the document: `dx`, `dy` from the lower left corner of the text to that of the field, in page points. */
export const fieldAnchor = v.object({
  /** Found whatever its width (full or half) and white space, also where the file writes it in pieces. */
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  /** 1 is the first from the top of the first page (of `page`, where that is given) in the order of the file's text. */
  occurrence: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 1),
  dx: v.optional(v.pipe(v.number(), v.finite()), 0),
  dy: v.optional(v.pipe(v.number(), v.finite()), 0),
  width: v.pipe(v.number(), v.finite(), v.minValue(1)),
  height: v.pipe(v.number(), v.finite(), v.minValue(1)),
});
export type FieldAnchor = v.InferOutput<typeof fieldAnchor>;

/** `document` is the index in the envelope's documents; the place is `page` and `rect`, an `anchor`, or an empty field of the PDF's own form. */
export const fieldInput = v.pipe(
  v.object({
    ...fieldPlacement.entries,
    document: v.pipe(v.number(), v.integer(), v.minValue(0)),
    page: v.optional(fieldPlacement.entries.page),
    rect: v.optional(fieldPlacement.entries.rect),
    anchor: v.optional(fieldAnchor),
    /** Full name of an empty field of the PDF; `kind` is what it is there: `text` (or `date`), `checkbox`, `radio` or `choice`. A combo box into which one may write can be `text`, too. */
    pdfField: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(500))),
    /** Of a `radio` or `choice` field: words for some of its values, instead of those in the PDF. */
    options: v.optional(v.array(v.object({ value: fieldOption.entries.value, label: v.pipe(words(200), v.minLength(1)) }))),
  }),
  v.check((placed) => hasOnePlace(placed), 'needs page and rect, an anchor, or a pdfField'),
  v.check(({ kind, pdfField }) => pdfField !== undefined || (kind !== 'radio' && kind !== 'choice'), 'radio and choice fields are fields of the PDF: needs a pdfField'),
  v.check(({ kind, options }) => options === undefined || kind === 'radio' || kind === 'choice', 'only radio and choice fields have options'),
);

function hasOnePlace({ page, rect, anchor, pdfField }: { page?: unknown; rect?: unknown; anchor?: unknown; pdfField?: unknown }): boolean {
  if (pdfField !== undefined) return page === undefined && rect === undefined && anchor === undefined;
  return anchor === undefined ? page !== undefined && rect !== undefined : rect === undefined;
}

export type FieldInput = v.InferOutput<typeof fieldInput>;

export const recipientInput = v.object({
  name: v.pipe(line(100), v.minLength(1)),
  organization: v.optional(line(100), ''),
  email: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254)),
  /** Approvers read and approve, without fields; a copy is only sent when all is done. An envelope needs a signer. */
  role: v.optional(v.picklist(recipientRoles), 'signer'),
  /** Recipients with the same number sign in parallel. */
  order: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  locale: v.optional(v.picklist(locales), 'ja'),
  /** Up to 40 characters; never mailed. Absent: no code is asked. */
  accessCode: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(40))),
  accessCodeHint: v.optional(words(400), ''),
  mayDelegate: v.optional(v.boolean(), false),
  fields: v.optional(v.array(fieldInput), []),
});
export type RecipientInput = v.InferInput<typeof recipientInput>;

/** `POST /v1/envelopes`. */
export const envelopeInput = v.object({
  title: v.pipe(line(200), v.minLength(1)),
  controlNumber: v.optional(line(100), ''),
  message: v.optional(words(2000), ''),
  /** ISO 8601; 30 days from now where it is absent. */
  deadline: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  sender: v.object({ name: v.pipe(line(100), v.minLength(1)), email: v.pipe(v.string(), v.email()), contact: v.optional(words(400), '') }),
  /** What the 電子帳簿保存法 wants searchable. */
  transaction: v.optional(
    v.object({
      date: v.optional(v.pipe(v.string(), v.isoDate())),
      counterparty: v.optional(line(200)),
      amount: v.optional(v.pipe(v.number(), v.integer())),
    }),
  ),
  documents: v.pipe(
    v.array(v.object({ id: v.string(), name: v.optional(v.pipe(line(200), v.minLength(1))), mustView: v.optional(v.boolean(), false) })),
    v.minLength(1),
    v.maxLength(100),
  ),
  recipients: v.pipe(v.array(recipientInput), v.minLength(1), v.maxLength(50)),
  /** Send at once. */
  send: v.optional(v.boolean(), false),
});
export type EnvelopeInput = v.InferInput<typeof envelopeInput>;

export const envelopeView = v.object({
  id: v.string(),
  title: v.string(),
  /** 封筒番号: what people quote. */
  number: v.string(),
  status: v.picklist(envelopeStatuses),
  documents: v.array(v.object({ id: v.string(), name: v.string(), certificateId: v.string(), revision: v.number(), sha256: sha256Hex, length: v.number(), certificate: v.optional(v.object({ sha256: sha256Hex, length: v.number() })) })),
  recipients: v.array(v.object({ ...recipientProgress.entries, email: v.string(), /** ISO 8601: when mails to this address were given up. */ undeliverableAt: v.optional(v.string()), /** ISO 8601: since when too many wrong codes keep it shut. */ lockedAt: v.optional(v.string()), /** How many more times it may be unlocked. */ unlocksLeft: v.optional(v.number()) })),
  warnings: v.array(v.object({ code: v.string(), recipient: v.optional(v.number()) })),
});
export type EnvelopeView = v.InferOutput<typeof envelopeView>;

export const embedTokenInput = v.object({
  /** Exact origin of the page that embeds the element: `https://portal.example`. */
  origin: v.pipe(v.string(), v.url()),
});
export const embedToken = v.object({ token: v.string(), expiresAt: v.string() });
export type EmbedToken = v.InferOutput<typeof embedToken>;

export const voidRequest = v.object({ reason: v.pipe(words(1000), v.trim(), v.minLength(1)) });
