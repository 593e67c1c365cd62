import { envelopeSearchQuery, routes } from '@sky-sign/protocol';
import { Hono } from 'hono';
import { authenticateSender } from '../auth/api-key.js';
import { clientOf } from '../http/client.js';
import type { Services } from '../services.js';
import { readQuery } from './read-query.js';
import { searchEnvelopes } from './search-envelopes.js';

/** Lists for host back ends. */
export function searchRoutes(services: Services): Hono {
  const app = new Hono();
  app.get(routes.envelopes, async (c) => {
    const { tenant } = await authenticateSender(services, c.req.raw, { client: clientOf(services, c), scope: 'envelopes:read' });
    c.header('Cache-Control', 'private, no-store');
    return c.json(await searchEnvelopes(services, { tenant, search: readQuery(c.req.query(), envelopeSearchQuery) }));
  });
  return app;
}
