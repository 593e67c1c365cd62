import { errorStatus } from '@sky-sign/protocol';
import type { Problem } from '@sky-sign/protocol';
import { expect } from 'chai';
import { createTestServer, onePage, origin } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { mutate, pick, randomOf } from '../testing/mutate.js';
import { openSigner } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';
import { openApiDocument } from './document.js';
import { ids } from './examples.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly security: readonly Record<string, unknown>[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: unknown }[];
  readonly example: unknown;
  readonly answers: readonly string[];
}

/** `SKY_SIGN_FUZZ_ROUNDS=20000 SKY_SIGN_FUZZ_SEED=7` goes further. */
const rounds = Number(process.env['SKY_SIGN_FUZZ_ROUNDS'] ?? 600);
const seed = Number(process.env['SKY_SIGN_FUZZ_SEED'] ?? 20_261_122);
const slowestMs = 5_000;
/** After so many requests there is a new envelope and a new session: the old ones were declined, voided, locked. */
const lifeOfWorld = 40;
/** And a new server, since the memory store copies what it holds for each transaction. */
const lifeOfServer = 400;

const operations = readOperations();

interface World {
  readonly signer: TestSigner;
  /** Example ids and the ones that are there. */
  readonly real: Readonly<Record<string, string>>;
}

describe(`whatever is sent to the routes of the OpenAPI document (seed ${String(seed)})`, () => {
  let server: TestServer;
  let failures: unknown[];
  const startServer = () => createTestServer({ log: ({ event, error }) => event === 'request_failed' && failures.push(error) });
  before(async () => {
    failures = [];
    server = await startServer();
  });
  after(() => server.stop());

  async function createWorld(): Promise<World> {
    const document = await server.upload(await onePage());
    const { id, recipients } = await server.send({ recipients: [{ name: '山田 太郎', email: 'fuzz@example.jp', mayDelegate: true, fields: [{ document: 0, page: 1, kind: 'text', rect: [72, 600, 220, 22] }] }] });
    const signer = await openSigner(server, { email: 'fuzz@example.jp' });
    const [shown] = signer.session.documents;
    const real = { [ids.envelope]: id, [ids.recipient]: recipients[0]?.id ?? '', [ids.session]: signer.sessionId, [ids.document]: shown?.id ?? document.id, [ids.sha256]: shown?.sha256 ?? '' };
    return { signer, real };
  }

  it(`is answered as documented, never by a failure, never slowly: ${String(rounds)} requests`, async function () {
    this.timeout(rounds * 400 + 60_000);
    const random = randomOf(seed);
    let world = await createWorld();
    const seen = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      if (round % lifeOfServer === lifeOfServer - 1) {
        await server.stop();
        server = await startServer();
      }
      if (round % lifeOfWorld === lifeOfWorld - 1) world = await createWorld();
      const operation = pick(random, operations);
      const sent = compose(operation, world, random);
      const began = performance.now();
      const response = await send(server, world, { operation, sent, random });
      const what = `round ${String(round)}: ${operation.method} ${sent.path} ${sent.body?.slice(0, 300) ?? ''} → ${String(response.status)}`;
      const text = await response.text();
      expect(performance.now() - began, `${what} took`).to.be.lessThan(slowestMs);
      expect(operation.answers, what).to.include(String(response.status));
      expect(response.status, `${what} ${text.slice(0, 200)} ${String(failures.at(-1))}`).to.not.equal(500);
      if (response.status >= 400) checkProblem(response, text, what);
      seen.set(operation.path, (seen.get(operation.path) ?? 0) + 1);
    }
    expect(failures).to.deep.equal([]);
    expect(seen.size).to.equal(new Set(operations.map(({ path }) => path)).size);
  });
});

function checkProblem(response: Response, text: string, what: string): void {
  expect(response.headers.get('Content-Type'), what).to.equal('application/problem+json');
  const problem = JSON.parse(text) as Problem;
  expect(problem.code in errorStatus, `${what} ${text}`).to.equal(true);
  expect(problem.status, what).to.equal(response.status);
}

interface Sent {
  readonly path: string;
  readonly body?: string;
}

/** The documented example, with ids that are there, and then wrong in up to three places. */
function compose(operation: Operation, { real }: World, random: () => number): Sent {
  const known = (value: unknown): unknown => JSON.parse(Object.entries(real).reduce((text, [example, id]) => text.replaceAll(example, id), JSON.stringify(value))) as unknown;
  const wrong = (value: unknown): string => String(mutate(value, random));
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: place, example } of operation.parameters) {
    const value = random() < 0.25 ? wrong(example ?? '') : String(known(example ?? ''));
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(toWellFormed(value)) || '%20');
    else if (place === 'query' && random() < 0.8) query.append(name, toWellFormed(value));
  }
  const whole = `${path}${query.size === 0 ? '' : `?${query.toString()}`}`;
  if (operation.example === undefined) return { path: whole };
  let body = known(operation.example);
  for (let times = Math.floor(random() * 4); times > 0; times -= 1) body = mutate(body, random);
  const text = JSON.stringify(body) ?? '';
  const broken = random();
  if (broken < 0.04) return { path: whole, body: text.slice(0, text.length / 2) };
  if (broken < 0.08) return { path: whole, body: '['.repeat(50_000) };
  return { path: whole, body: text };
}

/** With the credentials that the operation wants; now and then with none, or with somebody else's. */
async function send(server: TestServer, { signer }: World, { operation, sent, random }: { operation: Operation; sent: Sent; random: () => number }): Promise<Response> {
  const luck = random();
  const wants = Object.keys(operation.security[0] ?? {});
  const body = sent.body === undefined || operation.method === 'GET' ? {} : { body: sent.body };
  if (wants.includes('proof') && luck > 0.1) {
    return signer.call(operation.method, sent.path, { ...(sent.body !== undefined && { text: sent.body }), headers: { 'Idempotency-Key': 'fuzz' } });
  }
  const key = luck < 0.05 ? '' : luck < 0.1 ? 'ska_00000000_nobody' : server.apiKey;
  const headers = { 'Content-Type': operation.path === '/v1/documents' ? 'application/pdf' : 'application/json', ...(wants.includes('apiKey') && { Authorization: `Bearer ${key}` }), ...(wants.length === 0 && { Origin: origin }) };
  return server.app.request(new Request(origin + sent.path, { method: operation.method, headers, ...body }));
}

function toWellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

function readOperations(): Operation[] {
  const { paths } = JSON.parse(JSON.stringify(openApiDocument(origin))) as { paths: Record<string, Record<string, Record<string, never>>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const { security = [], parameters = [], requestBody, responses } = described as unknown as { security?: Operation['security']; parameters?: Operation['parameters']; requestBody?: { content: Record<string, { example?: unknown }> }; responses: Record<string, unknown> };
      const [media] = Object.values(requestBody?.content ?? {});
      return { method: method.toUpperCase(), path, security, parameters, example: media ? (media.example ?? 'no example') : undefined, answers: Object.keys(responses) };
    }),
  );
}
