import { canonicalJson, sealsDigestInput, valuesDigestInput } from '@sky-sign/protocol';
import type { CompletionRequest, CompletionResult, ConsentRecord, FieldValue, OpenedSession, Seal, SessionIntro, SigningSession } from '@sky-sign/protocol';
import { base64url, exportJWK, FlattenedSign, generateKeyPair, SignJWT } from 'jose';
import { sha256, sha256Hex, utf8 } from '../bytes.js';
import { ok, origin } from './test-server.js';
import type { TestServer } from './test-server.js';

/** A server in this process or in another one. */
export interface Reached {
  readonly app: { request(request: Request): Response | Promise<Response> };
}

export interface Ask {
  readonly json?: unknown;
  /** Instead of `json`: the body as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Claims of the proof that are to differ from the right ones. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `undefined` sends no Origin header. */
  readonly origin?: string | undefined;
  readonly key?: CryptoKeyPair;
}

/** A person's browser: a key, a session, a token. Every call makes its proof as a client would. */
export interface TestSigner {
  readonly keys: CryptoKeyPair;
  token: string;
  session: SigningSession;
  sessionId: string;
  call(method: string, path: string, ask?: Ask): Promise<Response>;
  start(linkToken: string): Promise<SessionIntro>;
  enter(accessCode: string): Promise<SigningSession>;
  /** Fetches every document whole, as a page must before consent. */
  read(): Promise<void>;
  request(values?: readonly FieldValue[], seals?: readonly Seal[], change?: (consent: ConsentRecord) => ConsentRecord): Promise<CompletionRequest>;
  complete(request?: CompletionRequest, idempotencyKey?: string): Promise<Response>;
}

export async function createSigner(server: Reached, from: string = origin): Promise<TestSigner> {
  const keys = await generateKeyPair('ES256', { extractable: true });
  let nonce = '';
  const signer: TestSigner = {
    keys,
    token: '',
    sessionId: '',
    session: undefined as unknown as SigningSession,
    async call(method, path, ask = {}) {
      const send = async (): Promise<Response> => {
        const token = signer.token === '' || ask.headers?.['Authorization'] !== undefined ? undefined : signer.token;
        const proof = await createProof(ask.key ?? keys, { method, path, nonce, token, claims: ask.claims ?? {} });
        const headers = new Headers({ DPoP: proof, ...(token !== undefined && { Authorization: `DPoP ${token}` }), 'Content-Type': 'application/json', ...ask.headers });
        const sends = 'origin' in ask ? ask.origin : from;
        if (sends !== undefined) headers.set('Origin', sends);
        const body = method === 'GET' || method === 'HEAD' ? {} : { body: ask.text ?? JSON.stringify(ask.json ?? {}) };
        return server.app.request(new Request(origin + path, { method, headers, ...body }));
      };
      let response = await send();
      nonce = response.headers.get('DPoP-Nonce') ?? nonce;
      if (response.status === 401 && ask.claims === undefined && (response.headers.get('WWW-Authenticate') ?? '').includes('use_dpop_nonce')) response = await send();
      nonce = response.headers.get('DPoP-Nonce') ?? nonce;
      return response;
    },
    async start(linkToken) {
      const intro = await ok<SessionIntro>(await signer.call('POST', '/v1/sessions', { json: { linkToken } }));
      signer.sessionId = intro.sessionId;
      return intro;
    },
    async enter(accessCode) {
      const opened = await ok<OpenedSession>(await signer.call('POST', `/v1/sessions/${signer.sessionId}/access-code`, { json: { accessCode } }));
      signer.token = opened.token;
      signer.session = opened.session;
      return opened.session;
    },
    async read() {
      for (const { id, sha256: hash } of signer.session.documents) {
        const response = await signer.call('GET', `/v1/documents/${id}/revisions/${hash}`);
        if (!response.ok) throw new Error(await response.text());
        await response.arrayBuffer();
      }
    },
    async request(values = fillAll(signer.session), seals = sealAll(signer.session), change = (consent) => consent) {
      const { session } = signer;
      const consent = change({
        v: 1,
        envelopeId: session.envelope.id,
        recipientId: session.recipient.id,
        sessionId: session.sessionId,
        act: session.recipient.role === 'approver' ? 'approve' : 'sign',
        documents: session.documents.map(({ id, revision, sha256: hash, length }) => ({ id, revision, sha256: hash, length })),
        valuesSha256: await sha256Hex(crypto, valuesDigestInput(values)),
        sealsSha256: await sha256Hex(crypto, sealsDigestInput(seals)),
        consentText: { id: session.consent.id, sha256: session.consent.sha256, locale: session.consent.locale },
        clientTime: new Date().toISOString(),
      });
      const jws = await new FlattenedSign(canonicalJson(consent)).setProtectedHeader({ alg: 'ES256' }).sign(keys.privateKey);
      return { consent, consentSignature: `${jws.protected ?? ''}..${jws.signature}`, values: [...values], seals: [...seals] };
    },
    async complete(request, idempotencyKey = globalThis.crypto.randomUUID()) {
      const json = request ?? (await signer.request());
      return signer.call('POST', `/v1/sessions/${signer.sessionId}/completion`, { json, headers: { 'Idempotency-Key': idempotencyKey } });
    },
  };
  return signer;
}

/** Opens a link, enters the code, loads the documents. */
export async function openSigner(server: TestServer, { email, code = '' }: { email: string; code?: string }): Promise<TestSigner> {
  const signer = await createSigner(server);
  await signer.start(await server.link(email));
  await signer.enter(code);
  await signer.read();
  return signer;
}

/** Completes as one person, and expects it to be signed at once. */
export async function signAs(server: TestServer, person: { email: string; code?: string }): Promise<TestSigner> {
  const signer = await openSigner(server, person);
  const result = await ok<CompletionResult>(await signer.complete());
  if (result.status !== 'signed') throw new Error('It was not signed at once.');
  signer.session = result.session;
  return signer;
}

export function fillAll({ fields }: SigningSession): FieldValue[] {
  return fields.flatMap(({ id, kind, required, input, options = [], maxLength }): FieldValue[] => {
    if (kind === 'signature' || !required) return [];
    const text = [...(input === 'number' ? '1234567890' : '株式会社髙﨑 𠮷田㈱')].slice(0, maxLength).join('');
    const values = { checkbox: true, date: '2026-11-21', text, radio: options[0]?.value ?? '', choice: options[0]?.value ?? '' } as const;
    return [{ fieldId: id, value: values[kind] }];
  });
}

export function sealAll({ fields }: SigningSession): Seal[] {
  return fields.filter(({ kind }) => kind === 'signature').map(({ id }) => ({ fieldId: id, kind: 'text', png: redSquare, widthMm: 21, heightMm: 21 }));
}

/** 2 × 2 pixels, half transparent red. */
const redSquare = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGO4pqBwFYQZYAwAOnQGGbEfyXUAAAAASUVORK5CYII=';

interface ProofInput {
  readonly method: string;
  readonly path: string;
  readonly nonce: string;
  readonly token: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
}

export async function createProof(keys: CryptoKeyPair, { method, path, nonce, token, claims }: ProofInput): Promise<string> {
  const { kty, crv, x, y } = await exportJWK(keys.publicKey);
  const payload = {
    jti: globalThis.crypto.randomUUID(),
    htm: method,
    htu: new URL(path, origin).origin + new URL(path, origin).pathname,
    iat: Math.floor(Date.now() / 1000),
    ...(nonce !== '' && { nonce }),
    ...(token !== undefined && { ath: base64url.encode(await sha256(crypto, utf8(token))) }),
    ...claims,
  };
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty: kty ?? '', crv: crv ?? '', x: x ?? '', y: y ?? '' } }).sign(keys.privateKey);
}
