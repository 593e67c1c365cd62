import { expect } from 'chai';
import { codeOf } from '../testing/envelope.js';
import { fetchTransport, type FetchTransportOptions } from './fetch-transport.js';

interface Seen {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

/** A transport whose server answers as told, one answer after the other. */
function transport(answers: readonly (() => Response | Promise<Response>)[], options: FetchTransportOptions = {}) {
  const seen: Seen[] = [];
  const fetch = async (url: URL | RequestInfo, init?: RequestInit) => {
    seen.push({ url: String(url), init });
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    if (!answer) throw new TypeError('nobody answers');
    return answer();
  };
  return { seen, ...fetchTransport({ pause: 1, fetch, ...options }) };
}

const good = () => new Response(Uint8Array.of(1, 2, 3));

describe('fetchTransport', () => {
  it('asks over http and https only, and no address that is not allowed', async () => {
    const { seen, crl } = transport([good], { allow: ({ hostname }) => hostname !== 'internal.example' });
    for (const url of ['ldap://ca.example/crl', 'file:///etc/passwd', 'data:,x', 'nonsense', 'http://internal.example/crl']) expect(await codeOf(crl(url)), url).to.equal('transport_failed');
    expect(seen).to.have.length(0);
    expect([...(await crl('https://ca.example/crl'))]).to.deep.equal([1, 2, 3]);
  });

  it('stops at answers that are too long, without reading to their end', async () => {
    let given = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            given += 1 << 16;
            controller.enqueue(new Uint8Array(1 << 16));
          },
        }),
      );
    const { ocsp } = transport([endless]);
    expect(await codeOf(ocsp('http://ca.example/ocsp', new Uint8Array()))).to.equal('transport_failed');
    expect(given).to.be.lessThan(1 << 20);
  });

  it('gives up on a server that does not answer in time', async () => {
    const silent = (_: unknown, init?: RequestInit) => new Promise<Response>((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
    const { crl } = fetchTransport({ fetch: silent as typeof globalThis.fetch, timeout: 20, retries: 0 });
    expect(await codeOf(crl('http://ca.example/crl'))).to.equal('transport_failed');
  });

  it('tries again where the server fails, not where it refuses', async () => {
    const busy = () => new Response(null, { status: 503 });
    const first = transport([busy, busy, good]);
    expect(await first.crl('http://ca.example/crl')).to.have.length(3);
    const second = transport([busy], { retries: 1 });
    expect(await codeOf(second.crl('http://ca.example/crl'))).to.equal('transport_failed');
    expect(second.seen).to.have.length(2);
    const third = transport([() => new Response(null, { status: 404 })]);
    expect(await codeOf(third.crl('http://ca.example/crl'))).to.equal('transport_failed');
    expect(third.seen).to.have.length(1);
  });

  it('brings credentials and headers to the timestamp authority', async () => {
    const { seen, timestamp } = transport([good], { tsa: { url: 'https://tsa.example/', credentials: { username: '山田', password: 'pass:word' }, headers: { 'x-client': '7' } } });
    await timestamp(Uint8Array.of(9));
    const { init } = seen[0] ?? {};
    expect(init).to.include({ method: 'POST', redirect: 'manual', credentials: 'omit' });
    expect(init?.headers).to.deep.include({ 'content-type': 'application/timestamp-query', 'x-client': '7', authorization: `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode('山田:pass:word')))}` });
    expect(await codeOf(fetchTransport().timestamp(new Uint8Array()))).to.equal('transport_failed');
  });

  it('follows no redirect, and does not ask again where it would not help', async () => {
    const refusals = {
      redirect: () => new Response(null, { status: 302, headers: { location: 'http://internal.example/' } }),
      opaque: () => Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }),
      unauthorized: () => new Response(null, { status: 401 }),
      broken: () => new Response(null, { status: 500 }),
      page: () => new Response('<html>please log in', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      problem: () => new Response('{}', { headers: { 'content-type': 'application/problem+json' } }),
    };
    for (const [why, answer] of Object.entries(refusals)) {
      const { seen, timestamp } = transport([answer, good], { tsa: { url: 'https://tsa.example/' } });
      expect(await codeOf(timestamp(Uint8Array.of(1))), why).to.equal('transport_failed');
      expect(seen, why).to.have.length(1);
    }
  });

  it('asks again after a broken connection, and waits as long as the server asks for', async () => {
    const broken = () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) }));
    expect(await transport([broken, good]).crl('http://ca.example/crl')).to.have.length(3);
    const silent = transport([broken], { retries: 0 });
    const message = await silent.crl('http://ca.example/crl').catch((error: Error) => error.message);
    expect(message).to.contain('ECONNRESET');
    const busy = () => new Response(null, { status: 429, headers: { 'retry-after': '1' } });
    const start = Date.now();
    await transport([busy, good], { timeout: 60 }).crl('http://ca.example/crl');
    expect(Date.now() - start).to.be.within(55, 900);
  });

  it('gives up on an answer that never ends in time', async () => {
    const dripping = (_: unknown, init?: RequestInit) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(Uint8Array.of(1));
            init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
          },
        }),
      );
    const { ocsp } = fetchTransport({ fetch: (async (url: unknown, init?: RequestInit) => dripping(url, init)) as typeof globalThis.fetch, timeout: 20, retries: 0 });
    expect(await codeOf(ocsp('http://ca.example/ocsp', new Uint8Array()))).to.equal('transport_failed');
  });

  it('never shows a password that stands in an address', async () => {
    const { seen, timestamp } = transport([good], { tsa: { url: 'https://me:hidden@tsa.example/' } });
    const error: unknown = await timestamp(new Uint8Array()).catch((cause: unknown) => cause);
    expect(error).to.have.property('code', 'transport_failed');
    expect(String(error)).to.not.contain('hidden');
    expect(seen).to.have.length(0);
  });

  it('takes lists and certificates in PEM for what they are', async () => {
    const pem = (label: string) => () => new Response(`-----BEGIN ${label}-----\r\nAQID\r\nBA==\r\n-----END ${label}-----\r\n`);
    const { crl, certificate } = transport([pem('X509 CRL'), pem('CERTIFICATE'), pem('PKCS7')]);
    for (const answer of [await crl('http://ca.example/crl'), await certificate('http://ca.example/ca'), await certificate('http://ca.example/ca.p7c')]) expect([...answer]).to.deep.equal([1, 2, 3, 4]);
  });
});
