import type { TimestampFunction } from '../cms/timestamp.js';
import { PadesError } from '../errors.js';
import { joinBytes, ownBytes } from '../hash.js';
import type { DownloadFunction, OcspFunction } from '../revocation/find-status.js';

export interface FetchTransportOptions {
  /** The timestamp authority; absent, `timestamp` throws. */
  readonly tsa?: TsaAccess;
  /** Milliseconds for one attempt; 10,000 by default. */
  readonly timeout?: number;
  /** Further attempts where the network or the server fails; 2 by default. */
  readonly retries?: number;
  /** Milliseconds before the first further attempt; doubled each time; 250 by default. */
  readonly pause?: number;
  /** Decides on each address, which comes out of a certificate: refuse internal ones here. */
  readonly allow?: (url: URL) => boolean;
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
    crl: (url) => ask(url, { limit: LIMITS.crl }, options),
    certificate: (url) => ask(url, { limit: LIMITS.certificate }, options),
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
  const { retries = 2, pause = 250, allow = () => true } = options;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw failed(address, 'only http and https are asked');
  if (!question.ours && !allow(url)) throw failed(address, 'this address is not allowed');
  for (let attempt = 0; ; attempt++) {
    const outcome = await askOnce(url, question, options);
    if (outcome instanceof Uint8Array) return outcome;
    if (!outcome.again || attempt >= retries) throw failed(address, outcome.why, outcome.cause);
    await new Promise((resolve) => setTimeout(resolve, pause * 2 ** attempt));
  }
}

interface Failure {
  readonly why: string;
  /** Whether another attempt may help. */
  readonly again: boolean;
  readonly cause?: unknown;
}

async function askOnce(url: URL, { limit, post, headers }: Question, { timeout = 10_000, fetch = globalThis.fetch }: FetchTransportOptions): Promise<Uint8Array | Failure> {
  try {
    const response = await fetch(url, {
      method: post ? 'POST' : 'GET',
      headers: { ...(post && { 'content-type': post.type }), ...headers },
      ...(post && { body: ownBytes(post.body) }),
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.timeout(timeout),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { why: `it answers ${response.status}`, again: response.status >= 500 || response.status === 429 };
    }
    return (await readUpTo(response, limit)) ?? { why: `the answer is longer than ${limit} bytes`, again: false };
  } catch (cause) {
    return { why: cause instanceof Error ? cause.message : 'it does not answer', again: true, cause };
  }
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
