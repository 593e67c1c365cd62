import * as v from 'valibot';
import { envelopeStatuses } from './session.js';

const words = v.pipe(v.string(), v.trim(), v.maxLength(200));
const day = v.pipe(v.string(), v.isoDate());
const amount = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/u), v.transform(Number));

/** `GET /v1/envelopes?…`: whatever is given must all hold. What the 電子帳簿保存法 wants found: date range, counterparty, amount range. */
export const envelopeSearchQuery = v.strictObject({
  /** In the title. Width, capitals and the kind of kana do not matter; the same holds for the next two. */
  text: v.optional(words),
  controlNumber: v.optional(words),
  counterparty: v.optional(words),
  /** Of the transaction, both ends included. */
  dateFrom: v.optional(day),
  dateTo: v.optional(day),
  amountFrom: v.optional(amount),
  amountTo: v.optional(amount),
  status: v.optional(v.picklist(envelopeStatuses)),
  /** `next` of the page before. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Up to 100; 50 where it is absent. */
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}$/u), v.transform(Number), v.minValue(1), v.maxValue(100))),
});
export type EnvelopeSearch = v.InferOutput<typeof envelopeSearchQuery>;

export const envelopeSummary = v.object({
  id: v.string(),
  title: v.string(),
  number: v.string(),
  status: v.picklist(envelopeStatuses),
  controlNumber: v.string(),
  transaction: v.optional(v.object({ date: v.optional(v.string()), counterparty: v.optional(v.string()), amount: v.optional(v.number()) })),
  createdAt: v.string(),
});
export type EnvelopeSummary = v.InferOutput<typeof envelopeSummary>;

/** Newest first; `next` is there where more follow. */
export const envelopePage = v.object({ envelopes: v.array(envelopeSummary), next: v.optional(v.string()) });
export type EnvelopePage = v.InferOutput<typeof envelopePage>;
