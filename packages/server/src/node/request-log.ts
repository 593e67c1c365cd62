import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';

/** One line a request: what, how it ended, how many bytes. Nothing of headers, queries or bodies; tickets are cut out. */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const begin = performance.now();
    await next();
    const length = c.res.headers.get('Content-Length');
    log.info({ method: c.req.method, path: withoutSecrets(c.req.path), status: c.res.status, ...(length !== null && { bytes: Number(length) }), ms: Math.round(performance.now() - begin) }, 'request');
  };
}

/** Cuts everything out of a path that looks like one of our tokens. */
export const withoutSecrets = (path: string): string => path.replace(/sk[a-z]_[^/]+/gu, '…');

/** What the log keeps of an error. Errors of libraries carry whole requests with their headers: nothing but this is written. */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return { type: name, message, stack, ...(typeof code === 'string' && { code }), ...(cause instanceof Error && { cause: errorForLog(cause) }) };
}
