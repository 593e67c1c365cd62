import { webhookEvents, webhookInput } from '@sky-sign/protocol';
import type { WebhookCreated, WebhookView } from '@sky-sign/protocol';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { authenticateSender } from '../auth/api-key.js';
import { toBase64 } from '../bytes.js';
import { clientOf } from '../http/client.js';
import { readJson } from '../http/read-json.js';
import { newId } from '../ids.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson, toJson } from '../store/rows.js';
import type { WebhookRow } from '../store/rows.js';
import { secretBytes } from './call-webhook.js';

const mostWebhooks = 20;

/** Receivers of a tenant. */
export function webhookRoutes(services: Services): Hono {
  const app = new Hono();
  const { tables } = services.store;
  const tenantOf = async (c: Context): Promise<string> => (await authenticateSender(services, c.req.raw, { client: clientOf(services, c), scope: 'webhooks' })).tenant;

  app.post('/v1/webhooks', async (c) => {
    const tenant = await tenantOf(c);
    const { url, events = [...webhookEvents] } = await readJson(c.req.raw, webhookInput);
    checkUrl(services, url);
    if ((await tables.webhooks.find({ tenant })).length >= mostWebhooks) throw new ServerError('request_invalid', `There are ${String(mostWebhooks)} webhooks already: delete one.`);
    const id = newId(services.crypto, 'whk');
    const secret = services.crypto.getRandomValues(new Uint8Array(secretBytes));
    const row: WebhookRow = { id, tenant, url, events: toJson(events), sealed: await services.keys.seal(`webhook/${id}`, secret), createdAt: services.now(), disabledAt: null };
    await tables.webhooks.insert(row);
    return c.json({ ...viewOf(row), secret: `whsec_${toBase64(secret)}` } satisfies WebhookCreated, 201, { 'Cache-Control': 'no-store' });
  });

  app.get('/v1/webhooks', async (c) => {
    const tenant = await tenantOf(c);
    return c.json({ webhooks: (await tables.webhooks.find({ tenant }, { orderBy: 'createdAt' })).map(viewOf) });
  });

  app.delete('/v1/webhooks/:id', async (c) => {
    const tenant = await tenantOf(c);
    if ((await tables.webhooks.delete({ id: c.req.param('id'), tenant })) === 0) throw notFound();
    return c.body(null, 204);
  });
  return app;
}

function viewOf({ id, url, events, createdAt, disabledAt }: WebhookRow): WebhookView {
  return { id, url, events: [...fromJson(events)], createdAt: new Date(createdAt).toISOString(), ...(disabledAt !== null && { disabledAt: new Date(disabledAt).toISOString() }) };
}

/** https, or http where this server itself is reached so: in development. */
function checkUrl({ publicOrigins }: Services, text: string): void {
  const { protocol, username, password } = new URL(text);
  const plain = publicOrigins[0].startsWith('http:');
  if (protocol !== 'https:' && !(plain && protocol === 'http:')) throw new ServerError('request_invalid', 'url: must begin with https://.');
  if (username !== '' || password !== '') throw new ServerError('request_invalid', 'url: must hold no user and password.');
}
