import type { TimestampFunction } from '../cms/timestamp.js';
import { PadesError } from '../errors.js';
import { joinBytes, ownBytes } from '../hash.js';
import type { DownloadFunction, OcspFunction } from '../revocation/find-status.js';

export interface FetchTransportOptions {
  /** The timestamp authority; absent, `timestamp` throws. */
  readonly tsa?: TsaAccess;
  /** Milliseconds for one attempt; 10,000 by default. */
  readonly timeout?: number;
  /** Further attempts after a timeout, a broken connection, or "not now" (429, 502, 503, 504); 2 by default. */
  readonly retries?: number;
  /** Milliseconds before the first further attempt; doubled each time; 250 by default. A server's Retry-After counts where it is longer, up to `timeout`. */
  readonly pause?: number;
  /** Decides on each address, which comes out of a certificate: refuse internal ones here. */
  readonly allow?: (url: URL) => boolean;
  /** The global one by default. An authority that wants a client certificate gets a `fetch` of one's own, in Node one with an undici `Agent({ connect: { cert, key } })` as its dispatcher. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface TsaAccess {
  readonly url: string;
  /** Sent as HTTP basic authentication. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Network {
  readonly timestamp: TimestampFunction;
  readonly ocsp: OcspFunction;
  readonly crl: DownloadFunction;
  readonly certificate: DownloadFunction;
}

const KB = 1 << 10;
/** Lists of large authorities have tens of megabytes. */
const LIMITS = { timestamp: 64 * KB, ocsp: 256 * KB, certificate: 256 * KB, crl: 64 * KB * KB } as const;

/** The engine's network over `fetch`: http(s) only, no redirects, with time and size limits; throws `transport_failed`. */
export function fetchTransport(options: FetchTransportOptions = {}): Network {
  const { tsa } = options;
  return {
    async timestamp(request) {
      if (!tsa) throw new PadesError('transport_failed', 'no timestamp authority is given');
      const { credentials, headers } = tsa;
      const authorization = credentials && { authorization: `Basic ${base64(`${credentials.username}:${credentials.password}`)}` };
      return ask(tsa.url, { limit: LIMITS.timestamp, post: { type: 'application/timestamp-query', body: request }, headers: { ...authorization, ...headers }, ours: true }, options);
    },
    ocsp: (url, request) => ask(url, { limit: LIMITS.ocsp, post: { type: 'application/ocsp-request', body: request } }, options),
    crl: async (url) => unarmored(await ask(url, { limit: LIMITS.crl }, options)),
    certificate: async (url) => unarmored(await ask(url, { limit: LIMITS.certificate }, options)),
  };
}

interface Question {
  readonly limit: number;
  readonly post?: { readonly type: string; readonly body: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
  /** The caller's own address, which `allow` is not asked about. */
  readonly ours?: boolean;
}

async function ask(address: string, question: Question, options: FetchTransportOptions): Promise<Uint8Array> {
  const { retries = 2, pause = 250, timeout = 10_000, allow = () => true } = options;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw failed(address, 'only http and https are asked');
  if (url.username !== '' || url.password !== '') throw failed(url.host, 'credentials do not belong into an address');
  if (!question.ours && !allow(url)) throw failed(address, 'this address is not allowed');
  for (let attempt = 0; ; attempt++) {
    const outcome = await askOnce(url, question, options);
    if (outcome instanceof Uint8Array) return outcome;
    if (!outcome.again || attempt >= retries) throw failed(address, outcome.why, outcome.cause);
    const wait = Math.max(pause * 2 ** attempt, Math.min(outcome.retryAfter ?? 0, timeout));
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

interface Failure {
  readonly why: string;
  /** Whether another attempt may help. */
  readonly again: boolean;
  /** Milliseconds that the server asks for. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

const NOT_NOW: readonly number[] = [429, 502, 503, 504];

async function askOnce(url: URL, { limit, post, headers }: Question, { timeout = 10_000, fetch = globalThis.fetch }: FetchTransportOptions): Promise<Uint8Array | Failure> {
  try {
    const response = await fetch(url, {
      method: post ? 'POST' : 'GET',
      headers: { ...(post && { 'content-type': post.type }), ...headers },
      ...(post && { body: ownBytes(post.body) }),
      redirect: 'manual',
      credentials: 'omit',
      signal: AbortSignal.timeout(timeout),
    });
    const refusal = refusalOf(response);
    if (!refusal) return (await readUpTo(response, limit)) ?? { why: `the answer is longer than ${limit} bytes`, again: false };
    await response.body?.cancel();
    return refusal;
  } catch (cause) {
    return { why: reasonOf(cause), again: true, cause };
  }
}

function refusalOf({ ok, status, type, headers }: Response): Failure | undefined {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return { why: 'it redirects, which is not followed', again: false };
  if (!ok) return { why: `it answers ${status}`, again: NOT_NOW.includes(status), retryAfter: Number(headers.get('retry-after') ?? 0) * 1000 || 0 };
  const content = headers.get('content-type') ?? '';
  // Authorities write many types for their answers, but none of them is a page for people.
  return /^\s*(text\/html|application\/xhtml|application\/([\w.-]+\+)?json)/i.test(content) ? { why: `it answers with ${content}`, again: false } : undefined;
}

/** What went wrong below `fetch`, which itself only says that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  const { cause } = error;
  const detail = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : '';
  return detail === '' ? error.message : `${error.message}: ${detail}`;
}

/** Some authorities publish PEM where RFC 5280 wants DER (4.2.1.13, 4.2.2.1). */
function unarmored(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x2d) return bytes;
  const [, body] = /-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END /.exec(new TextDecoder('latin1').decode(bytes)) ?? [];
  return body === undefined ? bytes : Uint8Array.from(atob(body.replace(/\s/g, '')), (character) => character.charCodeAt(0));
}

/** The body; undefined where it is longer than that, and then no more of it is read. */
async function readUpTo(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    length += step.value.length;
    if (length > limit) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(step.value);
  }
  return joinBytes(parts);
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const failed = (address: string, why: string, cause?: unknown) => new PadesError('transport_failed', `${address} could not be asked: ${why}`, cause);
