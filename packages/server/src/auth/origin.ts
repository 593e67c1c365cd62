import { ServerError } from '../problem.js';
import type { Services } from '../services.js';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells whether a page of this origin may hold the element: exact, https, or plain http on the own machine. */
export function isPageOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname)));
}

/**
 * The origin that a browser vouches for. Without an Origin header (a plain GET of the own page) only `Sec-Fetch-Site:
 * same-origin` counts, and stands for the server's own origins. It binds browsers, not programs.
 */
export function requestOrigin(request: Request, { publicOrigins }: Pick<Services, 'publicOrigins'>): string {
  const origin = request.headers.get('Origin');
  if (origin !== null) {
    if (!isPageOrigin(origin)) throw refused();
    return origin;
  }
  if (request.headers.get('Sec-Fetch-Site') !== 'same-origin') throw refused();
  return publicOrigins[0];
}

/** Holds a request to the origin that its session was opened from. */
export function checkOrigin(request: Request, services: Pick<Services, 'publicOrigins'>, bound: string): void {
  const origin = requestOrigin(request, services);
  const sameServer = !request.headers.has('Origin') && services.publicOrigins.includes(bound);
  if (origin !== bound && !sameServer) throw refused();
}

export function refused(): ServerError {
  return new ServerError('origin_not_allowed', 'This page may not use these credentials: open it from the place it was made for.');
}
