// For tests: answers through the `fetch` seam and checks every proof with real cryptography.
import { expect } from 'chai';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly proof: { readonly jti: string; readonly htm: string; readonly htu: string; readonly nonce?: string; readonly ath?: string };
}

export type Answer = Response | Error;

export function fakeServer(answer: (seen: Seen) => Answer | Promise<Answer>): { fetch: typeof fetch; seen: Seen[] } {
  const seen: Seen[] = [];
  const fakeFetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const one: Seen = {
      method: request.method,
      path: new URL(request.url).pathname,
      headers: request.headers,
      body: await request.text(),
      proof: await openProof(request.headers.get('dpop') ?? ''),
    };
    seen.push(one);
    const result = await answer(one);
    if (result instanceof Error) throw result;
    return result;
  };
  return { fetch: fakeFetch, seen };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function problem(code: string, status: number, extra: object = {}, headers: Record<string, string> = {}): Response {
  return json({ type: 'about:blank', title: code, status, code, ...extra }, status, headers);
}

async function openProof(jws: string): Promise<Seen['proof']> {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const { jwk, alg, typ } = decode(header) as { jwk: JsonWebKey; alg: string; typ: string };
  expect([alg, typ]).to.deep.equal(['ES256', 'dpop+jwt']);
  expect(jwk).not.to.have.property('d');
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const holds = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes(signature), new TextEncoder().encode(`${header}.${payload}`));
  expect(holds, 'the proof verifies').to.equal(true);
  return decode(payload) as Seen['proof'];
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

function decode(part: string): unknown {
  return JSON.parse(new TextDecoder().decode(bytes(part)));
}
