import { routes, type WebhookCreated, type WebhookInput, type WebhookView } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Names an address that is called when something happens. The secret in the answer checks the calls; it is told only now. */
export async function createWebhook(sender: Sender, webhook: WebhookInput): Promise<WebhookCreated> {
  return asSender('Making the webhook', () => sender.http.post(routes.webhooks.slice(1), { json: webhook }).json<WebhookCreated>());
}

/** The addresses that are called, oldest first, without their secrets. */
export async function listWebhooks(sender: Sender): Promise<WebhookView[]> {
  return asSender('Listing webhooks', async () => (await sender.http.get(routes.webhooks.slice(1)).json<{ webhooks: WebhookView[] }>()).webhooks);
}

/** An address is not called any more, not for what has happened either. */
export async function deleteWebhook(sender: Sender, { webhookId }: { webhookId: string }): Promise<void> {
  await asSender('Deleting the webhook', () => sender.http.delete(routes.webhook(webhookId).slice(1)));
}
