import type { Context, MiddlewareHandler } from 'hono';
import type { Services } from '../services.js';

const exposed = 'Accept-Ranges, Content-Range, Content-Length, Content-Disposition, ETag, DPoP-Nonce, WWW-Authenticate, Retry-After';
const allowedHeaders = 'Authorization, DPoP, Content-Type, Idempotency-Key, Range, If-Range, If-None-Match';

/**
 * A preflight carries no token, so it is answered for every origin that some tenant embeds from; the request itself is
 * decided by its session. No cookies, no credentials.
 */
export function cors(services: Services): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    const known = origin !== undefined && (services.publicOrigins.includes(origin) || (await services.store.tables.origins.find({ origin })).length > 0);
    if (c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') !== undefined) return preflight(c, known ? origin : undefined);
    await next();
    c.res.headers.append('Vary', 'Origin');
    if (!known) return;
    c.res.headers.set('Access-Control-Allow-Origin', origin);
    c.res.headers.set('Access-Control-Expose-Headers', exposed);
  };
}

function preflight(c: Context, origin: string | undefined): Response {
  c.header('Vary', 'Origin');
  if (origin !== undefined) {
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Allow-Methods', 'GET, POST, PUT');
    c.header('Access-Control-Allow-Headers', allowedHeaders);
    c.header('Access-Control-Max-Age', '600');
  }
  return c.body(null, 204);
}
