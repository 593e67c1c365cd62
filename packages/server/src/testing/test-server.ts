import type { EnvelopeInput, EnvelopeView, UploadedDocument } from '@sky-sign/protocol';
import { createTestPki } from '@sky-sign/testkit';
import type { TestPki } from '@sky-sign/testkit';
import type { Hono } from 'hono';
import { PDFDocument } from 'pdf-lib';
import { createApp } from '../app.js';
import { createApiKey } from '../auth/api-key.js';
import { createDevelopmentServices, developmentAuthority } from '../development/create-development-services.js';
import type { DevelopmentOptions } from '../development/create-development-services.js';
import { japaneseFont } from '../node/japanese-font.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import type { Services } from '../services.js';

export const origin = 'https://sign.example';
const font = japaneseFont();
let sharedPki: Promise<TestPki> | undefined;

export interface TestServer {
  readonly services: Services;
  readonly app: Hono;
  readonly root: Uint8Array;
  readonly apiKey: string;
  /** Moves the clock on. */
  pass(ms: number): void;
  /** A call of the sender's back end. */
  asSender(method: string, path: string, body?: unknown, apiKey?: string): Promise<Response>;
  upload(pdf: Uint8Array, name?: string): Promise<UploadedDocument>;
  /** Uploads one page a document, creates and sends. */
  send(input?: Partial<EnvelopeInput>, documents?: readonly Uint8Array[]): Promise<EnvelopeView>;
  /** Works the outbox off, then gives the newest link token in a mail to this address. */
  link(email: string, page?: 'sign' | 'download'): Promise<string>;
  stop(): Promise<void>;
}

/** The app on a memory store (or another), with a clock that only moves when it is told to, and no worker of its own. */
export async function createTestServer(options: Partial<DevelopmentOptions> = {}): Promise<TestServer> {
  let skipped = 0;
  const pki = await (sharedPki ??= createTestPki({ crypto, organization: 'Test', baseUrl: developmentAuthority }));
  const { services, root, stop } = await createDevelopmentServices({
    crypto,
    pki,
    publicOrigins: [origin],
    font,
    now: () => Date.now() + skipped,
    worker: false,
    clientAddress: () => '192.0.2.7',
    ...options,
  });
  const app = createApp(services);
  const apiKey = await createApiKey(services, 'city');
  const server: TestServer = {
    services,
    app,
    root,
    apiKey,
    pass: (ms) => {
      skipped += ms;
    },
    async asSender(method, path, body, key = apiKey) {
      const isPdf = body instanceof Uint8Array;
      const payload = body === undefined ? {} : { body: isPdf ? new Uint8Array(body) : JSON.stringify(body) };
      return app.request(new Request(origin + path, { method, headers: { Authorization: `Bearer ${key}`, 'Content-Type': isPdf ? 'application/pdf' : 'application/json' }, ...payload }));
    },
    upload: async (pdf, name = '契約書') => ok(await server.asSender('POST', `/v1/documents?name=${encodeURIComponent(name)}`, pdf)),
    async send(input = {}, documents) {
      const pdfs = documents ?? [await onePage()];
      const ids = [];
      for (const pdf of pdfs) ids.push({ id: (await server.upload(pdf)).id });
      return ok(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: ids, ...input }));
    },
    async link(email, page = 'sign') {
      await runDue(services);
      const mail = (await listMails(services)).find(({ to, body }) => to === email && body.includes(`/${page}#`));
      const token = new RegExp(`/${page}#(\\S+)`, 'u').exec(mail?.body ?? '')?.[1];
      if (token === undefined) throw new Error(`No ${page} link was mailed to ${email}.`);
      return token;
    },
    stop,
  };
  return server;
}

export async function ok<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Checks a refusal: status, media type, code. */
export async function problemOf(response: Response): Promise<{ status: number; code: string } & Record<string, unknown>> {
  const body = (await response.json()) as { code: string };
  if (response.headers.get('Content-Type') !== 'application/problem+json') throw new Error(`No problem+json: ${JSON.stringify(body)}`);
  return { ...body, status: response.status };
}

export async function onePage(text = 'Contract'): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText(text, { x: 72, y: 760, size: 14 });
  return document.save();
}

/** A contractor with one field of each kind and a code, then the city with a seal. */
export const smallEnvelope = {
  title: '工事請負契約',
  sender: { name: '青葉市', email: 'city@example.jp', contact: '022-000-1234' },
  documents: [],
  recipients: [
    {
      name: '山田 太郎',
      organization: '株式会社山田建設',
      email: 'yamada@example.jp',
      accessCode: '4126',
      accessCodeHint: '申出書の4桁',
      order: 1,
      fields: [
        { document: 0, page: 1, kind: 'signature', rect: [400, 600, 70, 70] },
        { document: 0, page: 1, kind: 'text', rect: [72, 600, 220, 22], label: '所在地' },
        { document: 0, page: 1, kind: 'checkbox', rect: [72, 560, 14, 14], label: '確認' },
        { document: 0, page: 1, kind: 'date', rect: [72, 520, 160, 22], label: '契約日' },
        { document: 0, page: 1, kind: 'text', rect: [72, 440, 300, 60], label: '備考', required: false, multiline: true },
      ],
    },
    { name: '契約 花子', organization: '青葉市', email: 'hanako@example.jp', order: 2, fields: [{ document: 0, page: 1, kind: 'signature', rect: [400, 300, 70, 70] }] },
  ],
  send: true,
} satisfies EnvelopeInput;
