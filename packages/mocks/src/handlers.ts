import { delay, http, HttpResponse } from 'msw';
import type { HttpHandler } from 'msw';
import { createMockServer } from './mock-server.js';
import type { MockOptions, MockServer, SeededEnvelope } from './mock-server.js';

export interface Mocks {
  /** For `setupWorker(...handlers)` or a story's `parameters.msw`. */
  readonly handlers: HttpHandler[];
  /** The server behind them; made at the first use. */
  server(): Promise<MockServer>;
  /** Uploads and sends the demo envelope, and tells its link and code. */
  seed(): Promise<SeededEnvelope>;
}

const slowMs = 1500;

/** One handler that passes every call of the protocol to a server of its own in the page: the mock is the server. */
export function createMockHandlers(options: MockOptions = {}): Mocks {
  const here = typeof location === 'undefined' ? 'http://localhost' : location.origin;
  const origin = options.server === undefined ? here : new URL(options.server).origin;
  let made: Promise<MockServer> | undefined;
  const server = (): Promise<MockServer> => (made ??= createMockServer(options));
  const handler = http.all(`${origin}/v1/*`, async ({ request }) => {
    const mock = await server();
    if (mock.scenario === 'offline') return HttpResponse.error();
    if (mock.scenario === 'error') return new Response(null, { status: 503, headers: { 'Retry-After': '1' } });
    if (mock.scenario === 'slow') await delay(slowMs);
    return mock.fetch(request);
  });
  return { handlers: [handler], server, seed: async () => (await server()).seed() };
}
