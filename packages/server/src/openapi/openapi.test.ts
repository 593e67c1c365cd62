import type { EnvelopeView, UploadedDocument, WebhookCreated } from '@sky-sign/protocol';
import { errorStatus } from '@sky-sign/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import * as v from 'valibot';
import { runDue } from '../outbox/run.js';
import { applicationForm } from '../testing/form-pdf.js';
import { createTestServer, ok, origin } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, signAs } from '../testing/test-signer.js';
import { openApiDocument } from './document.js';
import { examples, ids } from './examples.js';
import { operations, senderOperations } from './operations.js';
import type { Operation } from './operations.js';

type Json = Record<string, unknown>;
interface Media {
  readonly schema: Json;
  readonly example?: unknown;
  readonly examples?: Record<string, { value: { code: keyof typeof errorStatus; status: number } }>;
}
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Json; readonly example?: unknown }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly content?: Record<string, Media> }>;
}

const document = JSON.parse(JSON.stringify(openApiDocument(origin))) as { readonly paths: Record<string, Record<string, Described>>; readonly components: { readonly schemas: Json } };
const ajv = new Ajv2020({ strict: false, validateFormats: false });
/** A schema of the document on its own, with what it refers to. */
const check = (schema: Json, value: unknown): string => {
  const alone = JSON.parse(JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/')) as Json;
  const validate = ajv.compile(alone);
  return validate(value) ? '' : ajv.errorsText(validate.errors);
};
const described = ({ path, method }: Operation): Described => {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is not described.`);
  return found;
};

describe('the OpenAPI document', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());

  it('has every route that is there, and none that is not', () => {
    const registered = server.app.routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*')).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/gu, '{$1}')}`);
    const told = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect([...new Set(told)].sort()).to.deep.equal([...new Set(registered)].sort());
    expect(new Set(operations.map(({ id }) => id)).size).to.equal(operations.length);
  });

  it('is served as it is, and says how to read it', async () => {
    const response = await server.app.request('/openapi.json');
    expect(await response.json()).to.deep.equal(document);
    expect(response.headers.get('Content-Type')).to.equal('application/json');
  });

  it('has examples that its own schemas, and the ones that the server checks with, accept', () => {
    let checked = 0;
    for (const operation of operations) {
      const { parameters = [], requestBody, responses } = described(operation);
      for (const { name, in: place, schema, example, required } of parameters) {
        if (required || example !== undefined) expect(check(schema, example), `${operation.id} ${place} ${name}`).to.equal('');
      }
      for (const name of operation.path.match(/(?<=\{)\w+/gu) ?? []) expect(parameters.map((each) => each.name), operation.id).to.include(name);
      const media = [...Object.values(requestBody?.content ?? {}), ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content))];
      for (const { schema, example, examples: several = {} } of media) {
        if (example !== undefined) expect(check(schema, example), `${operation.id} ${JSON.stringify(example).slice(0, 60)}`).to.equal('');
        for (const [code, { value }] of Object.entries(several)) {
          expect(check(schema, value), `${operation.id} ${code}`).to.equal('');
          expect(value.status).to.equal(errorStatus[value.code]);
        }
        checked += 1;
      }
      for (const body of [operation.request, ...Object.values(operation.responses)]) {
        if (typeof body === 'object' && 'schema' in body) expect(v.is(body.schema, body.example), operation.id).to.equal(true);
      }
      if (operation.query) expect(v.is(operation.query.schema, operation.query.example), operation.id).to.equal(true);
    }
    expect(checked).to.be.greaterThan(100);
  });

  it('refuses what its schemas refuse: they are no empty words', () => {
    const body = described(operations.find(({ id }) => id === 'createEnvelope') as Operation).requestBody?.content['application/json'] as Media;
    const { title: _, ...untitled } = examples.envelopeInput;
    for (const wrong of [untitled, { ...examples.envelopeInput, recipients: [] }, { ...examples.envelopeInput, recipients: [{ name: 'x', email: 'x@example.jp', role: 'boss' }] }, { ...examples.envelopeInput, title: 7 }]) {
      expect(check(body.schema, wrong), JSON.stringify(wrong).slice(0, 60)).to.not.equal('');
    }
    const answer = described(operations.find(({ id }) => id === 'getEnvelope') as Operation).responses['200']?.content?.['application/json'] as Media;
    expect(check(answer.schema, { ...examples.view, status: 'lost' })).to.not.equal('');
  });

  describe('whose examples of senders are sent as they stand', () => {
    /** Example ids → ids that are there, after what has to be so before the call. */
    const before: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
      createEnvelope: async () => ({ [ids.document]: (await server.upload(await applicationForm())).id }),
      searchEnvelopes: async () => made({ send: true }),
      sendEnvelope: async () => made({ send: false }),
      unlockRecipient: async () => {
        const all = await made({ send: true });
        const person = await createSigner(server);
        await person.start(await server.link('yamada@yamada-kensetsu.example'));
        for (let i = 0; i < 5; i += 1) await person.call('POST', `/v1/sessions/${person.sessionId}/access-code`, { json: { accessCode: '111999' } });
        return all;
      },
      fetchCertificate: async () => {
        const all = await made({ send: true });
        await signAs(server, { email: 'yamada@yamada-kensetsu.example', code: '739152' });
        await signAs(server, { email: 'hanako@aoba.example' });
        await runDue(server.services);
        return all;
      },
      deleteWebhook: async () => ({ [ids.webhook]: (await ok<WebhookCreated>(await server.asSender('POST', '/v1/webhooks', examples.webhookInput))).id }),
      listWebhooks: async () => {
        await server.asSender('POST', '/v1/webhooks', examples.webhookInput);
        return {};
      },
    };
    const made = async ({ send }: { send: boolean }): Promise<Record<string, string>> => {
      const { id } = await ok<UploadedDocument>(await server.asSender('POST', '/v1/documents?name=x', await applicationForm()));
      const view = await ok<EnvelopeView>(await server.asSender('POST', '/v1/envelopes', { ...examples.envelopeInput, documents: [{ id }], send }));
      return { [ids.envelope]: view.id, [ids.document]: id, [ids.recipient]: view.recipients[0]?.id ?? '' };
    };

    for (const operation of senderOperations) {
      it(operation.id, async () => {
        const needs = operation.params ? () => made({ send: true }) : () => Promise.resolve({});
        const real: Record<string, string> = await (before[operation.id] ?? needs)();
        const swap = (text: string): string => Object.entries(real).reduce((all, [from, to]) => all.replaceAll(from, to), text);
        const path = operation.path.replace(/\{(\w+)\}/gu, (_whole, name: string) => swap(operation.params?.[name] ?? ''));
        const query = operation.query ? `?${String(new URLSearchParams(operation.query.example))}` : '';
        const body = operation.request && ('example' in operation.request ? (JSON.parse(swap(JSON.stringify(operation.request.example))) as unknown) : await applicationForm());
        const response = await server.asSender(operation.method.toUpperCase(), path + query, body);
        const told = described(operation).responses[String(response.status)];
        const text = await response.text();
        expect(Object.keys(operation.responses), text).to.include(String(response.status));
        const [type, media] = Object.entries(told?.content ?? {})[0] ?? [];
        if (type === undefined || !media) {
          expect(text).to.equal('');
          return;
        }
        expect(response.headers.get('Content-Type')?.split(';')[0]).to.equal(type);
        if (type === 'application/pdf') expect(text.startsWith('%PDF-')).to.equal(true);
        else if (type === 'application/jsonl') for (const line of text.trimEnd().split('\n')) expect(check(media.schema, JSON.parse(line)), line).to.equal('');
        else expect(check(media.schema, JSON.parse(text)), text).to.equal('');
      });
    }
  });
});
