import { routes, type OpenedSession, type SessionResume } from '@sky-sign/protocol';
import type { Connection } from './connection.js';
import { sessionIdOf } from './connection.js';
import { createProof } from './dpop.js';
import { SkySignError } from './sky-sign-error.js';
import { translateError } from './translate-error.js';

export interface Call {
  /** For messages: what was tried. */
  readonly what: string;
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly json?: unknown;
  /** A body that must go out byte for byte as it is, as `application/json`. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `token`: bearer token and proof. `proof`: only the proof by the session's key. */
  readonly auth: 'token' | 'proof';
  /** Whether sending twice does no harm, so that a lost connection may be tried again. */
  readonly repeatable: boolean;
  /** Milliseconds; 20,000 where absent. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A renewal this long before the end spares a refused call on slow networks. */
const renewBeforeMs = 30_000;

/** Makes one call: proof, nonce, token renewal, repeats after a lost connection, errors translated. */
export async function call(connection: Connection, request: Call): Promise<Response> {
  let nonceTold = false;
  let renewed = false;
  for (;;) {
    if (request.auth === 'token') await freshToken(connection);
    try {
      return await send(connection, request);
    } catch (error) {
      const failure = await translateError(error, request.what);
      if (failure.code === 'use_dpop_nonce' && !nonceTold) nonceTold = true;
      else if (failure.code === 'session_invalid' && request.auth === 'token' && !renewed) {
        renewed = true;
        connection.token = undefined;
      } else throw failure;
    }
  }
}

/** The same, for an answer that is JSON. The server is ours and checks its own answers, so the shape is taken as promised. */
export async function callJson<T>(connection: Connection, request: Call): Promise<T> {
  const response = await call(connection, request);
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw await translateError(error, request.what);
  }
}

async function send(connection: Connection, request: Call): Promise<Response> {
  const { keys } = connection;
  if (!keys) throw new SkySignError('session_missing', `${request.what}: there is no session yet.`);
  return connection.http(request.path.slice(1), {
    method: request.method,
    headers: { accept: 'application/json', ...(request.body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers },
    ...(request.json === undefined ? {} : { json: request.json }),
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(request.signal ? { signal: request.signal } : {}),
    timeout: request.timeout ?? 20_000,
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    retry: {
      limit: request.repeatable ? 4 : 0,
      methods: [request.method],
      statusCodes: [408, 429, 502, 503, 504],
      afterStatusCodes: [429, 503],
      maxRetryAfter: 10_000,
      backoffLimit: 4_000,
      jitter: true,
      retryOnTimeout: request.repeatable,
    },
    hooks: {
      // Runs before every attempt: a proof is good for one request only.
      beforeRequest: [
        async (outgoing) => {
          const token = request.auth === 'token' ? connection.token?.value : undefined;
          outgoing.headers.set('dpop', await createProof({ keys, method: outgoing.method, url: outgoing.url, nonce: connection.nonce, token }));
          if (token !== undefined) outgoing.headers.set('authorization', `DPoP ${token}`);
        },
      ],
      afterResponse: [
        (_request, _options, response) => {
          connection.nonce = response.headers.get('dpop-nonce') ?? connection.nonce;
        },
      ],
    },
  });
}

async function freshToken(connection: Connection): Promise<void> {
  const { token } = connection;
  if (token && token.expiresAt - Date.now() > renewBeforeMs) return;
  connection.renewal ??= renewToken(connection).finally(() => {
    connection.renewal = undefined;
  });
  await connection.renewal;
}

/** Asks for a new token by proof of the session's key; answers the truth about the session as well. */
export async function renewToken(connection: Connection, json?: SessionResume): Promise<OpenedSession> {
  const opened = await callJson<OpenedSession>(connection, {
    what: 'Resuming the session',
    method: 'post',
    path: routes.resume(sessionIdOf(connection)),
    json,
    auth: 'proof',
    repeatable: true,
  });
  takeToken(connection, opened);
  return opened;
}

/** Keeps the token of an answer. A server whose clock runs behind would make every token look expired: it counts for a minute at least. */
export function takeToken(connection: Connection, opened: OpenedSession): void {
  const expiresAt = Math.max(Date.parse(opened.tokenExpiresAt) || 0, Date.now() + 60_000);
  connection.token = { value: opened.token, expiresAt };
}

