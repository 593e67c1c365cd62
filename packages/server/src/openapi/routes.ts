import { Hono } from 'hono';
import type { Services } from '../services.js';
import { openApiDocument } from './document.js';

/** `/openapi.json`: made once, the same for everybody. */
export function openApiRoutes({ publicOrigins }: Pick<Services, 'publicOrigins'>): Hono {
  const app = new Hono();
  let text: string | undefined;
  app.get('/openapi.json', (c) => c.body((text ??= JSON.stringify(openApiDocument(publicOrigins[0]))), 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' }));
  return app;
}
