import type { WebhookPayload } from '@sky-sign/protocol';
import { appendAudit } from '../audit/append.js';
import { own, toBase64, utf8 } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import type { WebhookJob } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';

const timeoutMs = 10_000;
export const secretBytes = 32;

/** Tells a receiver what happened; throws where it does not answer 2xx. One that answers 410 is not called any more. */
export async function callWebhook(services: Services, jobId: string, { webhookId, envelopeId, event, at, recipientId }: WebhookJob): Promise<void> {
  const { tables } = services.store;
  const [webhook] = await tables.webhooks.find({ id: webhookId, disabledAt: null });
  const [envelope] = await tables.envelopes.find({ id: envelopeId });
  if (!webhook || !envelope) return;
  const { number, controlNumber } = envelope;
  const payload: WebhookPayload = { type: event, timestamp: new Date(at).toISOString(), data: { envelopeId, number, controlNumber, ...(recipientId !== undefined && { recipientId }) } };
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(services.now() / 1000));
  const secret = await services.keys.open(`webhook/${webhookId}`, webhook.sealed);
  const headers = { 'Content-Type': 'application/json', 'webhook-id': jobId, 'webhook-timestamp': timestamp, 'webhook-signature': await signatureOf(services.crypto, secret, `${jobId}.${timestamp}.${body}`) };
  const response = await services.egress(webhook.url, { method: 'POST', headers, body, redirect: 'error', credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  if (response.status === 410) {
    await tables.webhooks.update({ id: webhookId }, { disabledAt: services.now() });
    return;
  }
  if (!response.ok) throw new Error(`The receiver ${webhookId} answers ${String(response.status)}.`);
  await services.store.transaction((inside) => appendAudit(services, inside, { envelopeId, type: 'webhook_called', data: { webhookId, event, status: response.status } }));
}

/** What was called in vain for days is kept as a dead letter, and the log says so. */
export async function giveUpWebhook(services: Services, tables: Tables, { webhookId, envelopeId, event }: WebhookJob): Promise<void> {
  await appendAudit(services, tables, { envelopeId, type: 'webhook_failed', data: { webhookId, event } });
}

/** HMAC-SHA-256 over `id.timestamp.body`, as Standard Webhooks 1.0 has it. */
async function signatureOf(crypto: Crypto, secret: Bytes, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', own(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))))}`;
}
