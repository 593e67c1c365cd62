import * as v from 'valibot';

/** What a host hears of. */
export const webhookEvents = [
  'envelope.sent',
  'recipient.opened',
  'recipient.signed',
  'recipient.approved',
  'recipient.delegated',
  'recipient.locked',
  'recipient.undeliverable',
  'envelope.completed',
  'envelope.certified',
  'envelope.declined',
  'envelope.voided',
  'envelope.expired',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** `POST /v1/webhooks`. */
export const webhookInput = v.object({
  url: v.pipe(v.string(), v.url(), v.maxLength(500)),
  /** All of them where it is absent. */
  events: v.optional(v.pipe(v.array(v.picklist(webhookEvents)), v.minLength(1))),
});
export type WebhookInput = v.InferInput<typeof webhookInput>;

export const webhookView = v.object({ id: v.string(), url: v.string(), events: v.array(v.picklist(webhookEvents)), createdAt: v.string(), /** ISO 8601: the receiver answered 410. */ disabledAt: v.optional(v.string()) });
export type WebhookView = v.InferOutput<typeof webhookView>;

/** `GET /v1/webhooks`, oldest first. */
export const webhookList = v.object({ webhooks: v.array(webhookView) });

/** The answer to making one: the secret (`whsec_…`) is told only now. */
export const webhookCreated = v.object({ ...webhookView.entries, secret: v.string() });
export type WebhookCreated = v.InferOutput<typeof webhookCreated>;

/**
 * The body of a call, signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`). It names what
 * happened and nobody: ask for the rest with the API key. Calls may come twice (same `webhook-id`) and out of order.
 */
export const webhookPayload = v.object({
  type: v.picklist(webhookEvents),
  /** ISO 8601. */
  timestamp: v.string(),
  data: v.object({ envelopeId: v.string(), number: v.string(), controlNumber: v.string(), recipientId: v.optional(v.string()) }),
});
export type WebhookPayload = v.InferOutput<typeof webhookPayload>;
