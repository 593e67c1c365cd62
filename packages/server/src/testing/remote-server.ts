import type { EnvelopeInput, EnvelopeView, UploadedDocument } from '@sky-sign/protocol';
import { ok, origin } from './test-server.js';
import type { Reached } from './test-signer.js';

/** A server behind a socket. It has to be told that it is reached under `origin`: proofs and links name that. */
export interface RemoteServer extends Reached {
  upload(pdf: Uint8Array): Promise<UploadedDocument>;
  create(input: EnvelopeInput): Promise<EnvelopeView>;
  asSender(method: string, path: string, body?: unknown): Promise<Response>;
  /** The newest signing link that was mailed to this address, where there is one yet. */
  link(email: string): Promise<string | undefined>;
}

/** After `signal` nothing is asked any more. */
export function reach(url: string, apiKey: string, signal?: AbortSignal): RemoteServer {
  const ask = async (request: Request): Promise<Response> => {
    signal?.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    const body = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: await request.arrayBuffer() };
    return fetch(url + pathname + search, { method: request.method, headers: request.headers, ...body });
  };
  const remote: RemoteServer = {
    app: { request: ask },
    asSender: (method, path, body) =>
      ask(
        new Request(origin + path, {
          method,
          headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': body instanceof Uint8Array ? 'application/pdf' : 'application/json' },
          ...(body !== undefined && { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
        }),
      ),
    upload: async (pdf) => ok(await remote.asSender('POST', `/v1/documents?name=${encodeURIComponent('契約書')}`, pdf)),
    create: async (input) => ok(await remote.asSender('POST', '/v1/envelopes', input)),
    async link(email) {
      signal?.throwIfAborted();
      const page = await (await fetch(`${url}/outbox`)).text();
      const mails = page.split('<article').filter((mail) => mail.includes(`宛先 ${email}`) && mail.includes('/sign#'));
      return /\/sign#(skl_[\w-]+)/u.exec(mails.at(-1) ?? '')?.[1];
    },
  };
  return remote;
}
