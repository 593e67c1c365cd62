import { errorStatus, problemContentType } from '@sky-sign/protocol';
import type { ErrorCode, Problem } from '@sky-sign/protocol';

type Extras = Omit<Partial<Problem>, 'type' | 'title' | 'status' | 'code' | 'detail'>;

/** A refusal that goes to the caller as problem details (RFC 9457). */
export class ServerError extends Error {
  readonly code: ErrorCode;
  readonly extras: Extras;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, detail: string, { headers = {}, cause, ...extras }: Extras & { headers?: Record<string, string>; cause?: unknown } = {}) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'ServerError';
    this.code = code;
    this.extras = extras;
    this.headers = headers;
  }
}

export const notFound = (): ServerError => new ServerError('not_found', 'There is nothing here for these credentials.');

export function problemResponse(error: ServerError): Response {
  const { code, extras, headers, message } = error;
  const body: Problem = {
    type: `urn:sky-sign:problem:${code}`,
    title: code.replaceAll('_', ' '),
    status: errorStatus[code],
    code,
    detail: message,
    ...extras,
  };
  return new Response(JSON.stringify(body), {
    status: errorStatus[code],
    headers: { 'Content-Type': problemContentType, 'Cache-Control': 'no-store', ...headers },
  });
}
