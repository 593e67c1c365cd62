import type { TimestampFunction } from '@sky-sign/pades';
import { bodyOf } from '../http/read-json.js';
import { concat, own } from '../bytes.js';

const maxBytes = 64 * 1024;

/** RFC 3161 over HTTP, to the one address that the operator configured: no redirects, a time limit, small answers only. */
export function httpTimestamp(url: string, timeoutMs = 10_000): TimestampFunction {
  return async (request) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/timestamp-query', Accept: 'application/timestamp-reply' },
      body: own(request),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`The timestamp authority answered ${String(response.status)}.`);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of bodyOf(response)) {
      length += part.length;
      if (length > maxBytes) throw new Error('The timestamp authority sent more than 64 KB.');
      parts.push(part);
    }
    return concat(...parts);
  };
}
