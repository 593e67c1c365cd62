import { errorCodes, errorStatus, problem, problemContentType } from '@sky-sign/protocol';
import type { ErrorCode } from '@sky-sign/protocol';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { operations } from './operations.js';
import type { Auth, Body, Operation } from './operations.js';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 description of every route, made of the schemas that the routes themselves check with. */
export function openApiDocument(server: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return {
    openapi: '3.1.0',
    info: { title: 'sky-sign', version: '1', description: 'Envelopes of PDF documents that people sign. Errors are problem details (RFC 9457) with a `code` of a closed list.', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'API key (`ska_…`) of a back end; refused with an Origin header. Each operation names the scope that it wants in `x-scope`.' },
        session: { type: 'http', scheme: 'dpop', description: 'Token of a session (`sks_…`), bound to its key (RFC 9449), from the origin that the session was opened on.' },
        proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'Proof by the key of the session (RFC 9449), with a nonce of the server.' },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  };
}

function describe({ id, summary, auth, params = {}, query, headers = {}, request, responses, problems }: Operation): Json {
  const codes = [...new Set([...problemsOf(auth), ...problems, 'internal_error' as const])].sort((a, b) => errorCodes.indexOf(a) - errorCodes.indexOf(b));
  const parameters = [
    ...Object.entries(params).map(([name, example]) => ({ name, in: 'path', required: true, schema: { type: 'string' }, example })),
    ...(query ? queryParameters(query) : []),
    ...Object.entries(headers).map(([name, example]) => ({ name, in: 'header', required: true, schema: { type: 'string', maxLength: 200 }, example })),
  ];
  return {
    operationId: id,
    summary,
    security: securityOf(auth),
    ...(typeof auth === 'object' && { 'x-scope': auth.apiKey }),
    ...(parameters.length > 0 && { parameters }),
    ...(request && { requestBody: { required: !request.optional, content: contentOf(request, 'input') } }),
    responses: { ...Object.fromEntries(Object.entries(responses).map(([status, body]) => [status, responseOf(body)])), ...problemResponses(codes) },
  };
}

const securityOf = (auth: Auth): Json[] => {
  if (auth === 'none') return [];
  if (auth === 'proof') return [{ proof: [] }];
  const session = { session: [], proof: [] };
  if (auth === 'session') return [session];
  return auth === 'sessionOrKey' ? [session, { apiKey: [] }] : [{ apiKey: [] }];
};

function problemsOf(auth: Auth): ErrorCode[] {
  const key: ErrorCode[] = ['api_key_invalid', 'scope_missing', 'origin_not_allowed'];
  const proof: ErrorCode[] = ['dpop_invalid', 'use_dpop_nonce', 'origin_not_allowed'];
  const session: ErrorCode[] = [...proof, 'session_invalid', 'session_superseded'];
  if (auth === 'none') return [];
  if (auth === 'proof') return proof;
  if (auth === 'session') return session;
  return auth === 'sessionOrKey' ? [...session, ...key] : key;
}

function queryParameters({ schema, example }: NonNullable<Operation['query']>): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: readonly string[] };
  return Object.entries(properties).map(([name, each]) => ({ name, in: 'query', required: required.includes(name), schema: each, ...(example[name] !== undefined && { example: example[name] }) }));
}

function responseOf(body: Body): Json {
  return { description: body === 'empty' ? 'Nothing to tell' : 'As asked', ...(body !== 'empty' && { content: contentOf(body, 'output') }) };
}

function contentOf(body: Exclude<Body, 'empty'>, mode: 'input' | 'output'): Json {
  if (!('schema' in body)) return { [body.type]: { schema: { type: 'string', contentMediaType: body.type } } };
  return { ['type' in body ? body.type : 'application/json']: { schema: schemaOf(body.schema, mode), example: body.example } };
}

function problemResponses(codes: readonly ErrorCode[]): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => {
      const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: these } } }] };
      const examples = Object.fromEntries(these.map((code) => [code, { value: { type: `urn:sky-sign:problem:${code}`, title: code.replaceAll('_', ' '), status, code } }]));
      return [status, { description: these.join(', '), content: { [problemContentType]: { schema, examples } } }];
    }),
  );
}

/** What only code can check (that a document is there, that a place is on the page) has no form in a schema; the server still does. */
function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode, target: 'draft-2020-12', errorMode: 'ignore' });
  return rest;
}
