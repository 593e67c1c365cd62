import { Hono } from 'hono';
import { downloadRoutes } from './downloads/routes.js';
import { cors } from './http/cors.js';
import { openApiRoutes } from './openapi/routes.js';
import { notFound, problemResponse, ServerError } from './problem.js';
import { searchRoutes } from './search/routes.js';
import { senderRoutes } from './sender/routes.js';
import type { Services } from './services.js';
import { webhookRoutes } from './webhooks/routes.js';
import { signingRoutes } from './signing/routes.js';

/** The reference server: `app.fetch(request)` answers every call of the protocol, in Node and in a browser. */
export function createApp(services: Services): Hono {
  const app = new Hono();
  app.use('/v1/*', async (c, next) => {
    await next();
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    c.res.headers.set('Referrer-Policy', 'no-referrer');
  });
  app.use('/v1/*', cors(services));
  app.route('/v1', downloadRoutes(services));
  app.route('/v1', signingRoutes(services));
  app.route('/', searchRoutes(services));
  app.route('/', senderRoutes(services));
  app.route('/', webhookRoutes(services));
  app.route('/', openApiRoutes(services));
  app.notFound(() => problemResponse(notFound()));
  app.onError(answerError(services));
  return app;
}

/** Refusals as they are; of everything else the caller learns nothing and the log the rest. */
export function answerError({ log }: Pick<Services, 'log'>): (error: Error) => Response {
  return (error) => {
    if (error instanceof ServerError) return problemResponse(error);
    log({ level: 'error', event: 'request_failed', error });
    return problemResponse(new ServerError('internal_error', 'Something went wrong on the server; it was written down.'));
  };
}
