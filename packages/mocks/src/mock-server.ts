import type { EnvelopeInput, EnvelopeView } from '@sky-sign/protocol';
import { createApiKey, createApp, createDevelopmentServices, listMails } from '@sky-sign/server';
import type { SentMail, Services } from '@sky-sign/server';
import type { MockScenario } from './scenarios.js';
import { makeSeeds } from './seed/index.js';
import type { SeedName } from './seed/index.js';

export interface MockOptions {
  /** Origin that the mock server answers under; the page's own where it is absent. */
  readonly server?: string;
  /** Origin of the page that calls; the page's own where it is absent. MSW does not tell it, so it is set here. */
  readonly page?: string;
  /** Where the Japanese font is fetched from, when it is needed first. */
  readonly fontUrl?: string;
  /** What goes wrong; see `mockScenarios`. */
  readonly scenario?: MockScenario;
  /** For tests: another clock, shorter patience, other limits, an address for the callers. */
  readonly services?: Partial<Pick<Services, 'now' | 'patienceMs' | 'limits' | 'log' | 'clientAddress'>>;
}

/** An envelope that was sent, with what its people would have in their mail. */
export interface SeededEnvelope {
  readonly envelope: EnvelopeView;
  /** Of the first recipient; empty where none is asked. */
  readonly accessCode: string;
  /** Link token of the first recipient, as after `/sign#`. */
  readonly linkToken: string;
}

/** The whole server on a memory store, in the page or the test that made it. */
export interface MockServer {
  readonly origin: string;
  scenario: MockScenario;
  /** How far the server's clock is ahead of the real one, in milliseconds; behind, where negative. */
  aheadMs: number;
  /** DER of the authority that its signatures lead to. */
  readonly root: Uint8Array;
  fetch(request: Request): Promise<Response>;
  /** Uploads and sends the envelope of that name, by default that of the demo; `change` has the last word on what is sent. */
  seed(name?: SeedName, change?: (input: EnvelopeInput) => EnvelopeInput): Promise<SeededEnvelope>;
  /** Calls the sender's side: path and JSON (or a PDF), with an API key. */
  asSender(path: string, body?: unknown): Promise<Response>;
  /** The mails that were "sent", newest first. */
  mails(): Promise<SentMail[]>;
  /** The newest link token mailed to an address, in a mail that is not among those of `before`; waits until there is one. */
  linkToken(email: string, page?: 'sign' | 'download', before?: ReadonlySet<string>): Promise<string>;
  /** A fresh embed token for `page`. */
  embedToken(envelopeId: string, recipientId: string): Promise<string>;
  stop(): Promise<void>;
}

/** Makes a server of its own; needs nothing but WebCrypto and, for text, a font. */
export async function createMockServer({ server, page, fontUrl = '/assets/fonts/NotoSansJP-Regular.ttf', scenario = 'normal', services: given = {} }: MockOptions = {}): Promise<MockServer> {
  const here = typeof location === 'undefined' ? 'http://localhost' : location.origin;
  const origin = server === undefined ? here : new URL(server).origin;
  let font: Promise<Uint8Array> | undefined;
  const loadFont = (): Promise<Uint8Array> => (font ??= fetchBytes(new URL(fontUrl, here)));
  const clock = { aheadMs: 0 };
  const { services, root, stop } = await createDevelopmentServices({
    crypto,
    publicOrigins: [origin],
    font: loadFont,
    now: () => Date.now() + clock.aheadMs,
    aroundTimestamp: (stamp) => (request) => (mock.scenario === 'tsa-down' ? Promise.reject(new Error('The timestamp authority is down.')) : stamp(request)),
    ...given,
  });
  const app = createApp(services);
  const apiKey = await createApiKey(services, 'demo');
  const pageOrigin = page === undefined ? here : new URL(page).origin;
  const seeds = makeSeeds(loadFont);

  const mock: MockServer = {
    origin,
    scenario,
    get aheadMs() {
      return clock.aheadMs;
    },
    set aheadMs(ms) {
      clock.aheadMs = ms;
    },
    root,
    fetch: (request) => Promise.resolve(app.fetch(asBrowser(request, pageOrigin))),
    async asSender(path, body) {
      const isPdf = body instanceof Uint8Array;
      const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': isPdf ? 'application/pdf' : 'application/json' };
      const payload = isPdf ? new Uint8Array(body) : JSON.stringify(body ?? {});
      return app.fetch(new Request(new URL(path, origin), body === undefined && !path.endsWith('/send') ? { headers } : { method: 'POST', headers, body: payload }));
    },
    async seed(name = 'contract', change = (input) => input) {
      const seed = seeds[name];
      const ids: string[] = [];
      for (const { name: file, bytes, attachments } of await seed.documents()) {
        const path = `/v1/documents?name=${encodeURIComponent(file)}${attachments ? '&allowAttachments=true' : ''}`;
        ids.push((await json<{ id: string }>(await mock.asSender(path, bytes))).id);
      }
      const input = change(seed.envelope(ids));
      const before = new Set((await listMails(services)).map(({ id }) => id));
      const envelope = await json<EnvelopeView>(await mock.asSender('/v1/envelopes', input));
      const [first] = input.recipients;
      return { envelope, accessCode: first?.accessCode ?? '', linkToken: await mock.linkToken(first?.email ?? '', 'sign', before) };
    },
    mails: () => listMails(services),
    async linkToken(email, kind = 'sign', before = new Set()) {
      for (let tries = 0; tries < 800; tries += 1) {
        for (const mail of await listMails(services)) {
          if (before.has(mail.id)) continue;
          const [, token] = new RegExp(`/${kind}#(\\S+)`, 'u').exec(mail.body) ?? [];
          if (mail.to === email && token !== undefined) return token;
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`No ${kind} link was mailed to ${email}.`);
    },
    async embedToken(envelopeId, recipientId) {
      const answer = await mock.asSender(`/v1/envelopes/${envelopeId}/recipients/${recipientId}/embed-tokens`, { origin: pageOrigin });
      return (await json<{ token: string }>(answer)).token;
    },
    stop,
  };
  return mock;
}

/**
 * What a browser would have told the server, and service workers do not see. A page may not make a `Request` with these
 * headers, so the real one is shown through a proxy that has them.
 */
function asBrowser(request: Request, page: string): Request {
  const headers = new Headers(request.headers);
  const sameOrigin = new URL(request.url).origin === page;
  headers.set('Sec-Fetch-Site', sameOrigin ? 'same-origin' : 'cross-site');
  if (!sameOrigin || (request.method !== 'GET' && request.method !== 'HEAD')) headers.set('Origin', page);
  return new Proxy(request, {
    get(target, name) {
      if (name === 'headers') return headers;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

async function json<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}

async function fetchBytes(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The font at ${url.href} answered ${String(response.status)}.`);
  return new Uint8Array(await response.arrayBuffer());
}
