import { delay, http, HttpResponse } from 'msw';
import type { HttpHandler } from 'msw';
import { createMockServer } from './mock-server.js';
import type { MockOptions, MockServer, SeededEnvelope } from './mock-server.js';
import { faultOf } from './scenarios.js';
import type { SeedName } from './seed/index.js';

export interface Mocks {
  /** For `setupWorker(...handlers)` or a story's `parameters.msw`. */
  readonly handlers: HttpHandler[];
  /** The server behind them; made at the first use. */
  server(): Promise<MockServer>;
  /** Uploads and sends the envelope of that name (by default that of the demo), and tells its link and code. */
  seed(name?: SeedName): Promise<SeededEnvelope>;
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
    switch (faultOf(mock.scenario, request)) {
      case 'offline':
        return HttpResponse.error();
      case 'error':
        return new Response(null, { status: 503, headers: { 'Retry-After': '1' } });
      case 'hanging':
        await delay('infinite');
        break;
      case 'slow':
        await delay(slowMs);
        break;
      case 'none':
        break;
    }
    return mock.fetch(request);
  });
  return { handlers: [handler], server, seed: async (name) => (await server()).seed(name) };
}
