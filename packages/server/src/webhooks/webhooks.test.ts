import type { WebhookCreated, WebhookPayload } from '@sky-sign/protocol';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { createApiKey } from '../auth/api-key.js';
import { readAudit } from '../audit/export.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, problemOf } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { signAs } from '../testing/test-signer.js';

interface Call {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

describe('webhooks', () => {
  let server: TestServer;
  let calls: Call[];
  let status: number;
  beforeEach(async () => {
    calls = [];
    status = 204;
    server = await createTestServer({
      egress: async (input, init) => {
        const request = new Request(input, init);
        calls.push({ url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() });
        return new Response(null, { status });
      },
    });
  });
  afterEach(() => server.stop());
  const register = async (input: Record<string, unknown> = {}) => ok<WebhookCreated>(await server.asSender('POST', '/v1/webhooks', { url: 'https://portal.example/hooks', ...input }));
  const types = () => calls.map(({ body }) => (JSON.parse(body) as WebhookPayload).type);
  const single = { recipients: [{ name: 'x', email: 'a@example.jp', fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] }] };

  it('tell what happened, signed so that a stock library believes it, and name nobody', async () => {
    const { secret } = await register();
    const { id, number } = await server.send(single);
    await signAs(server, { email: 'a@example.jp' });
    await runDue(server.services);
    expect([...types()].sort()).to.deep.equal(['envelope.certified', 'envelope.completed', 'envelope.sent', 'recipient.opened', 'recipient.signed']);
    for (const { headers, body } of calls) {
      const payload = new Webhook(secret).verify(body, headers) as WebhookPayload;
      expect(payload.data).to.include({ envelopeId: id, number });
      expect(body).to.not.include('a@example.jp');
      expect(() => new Webhook(secret).verify(`${body} `, headers)).to.throw();
    }
    const log = await readAudit(server.services, server.services.store.tables, id);
    expect(log.filter(({ type }) => type === 'webhook_called')).to.have.length(5);
  });

  it('are called again under the same id until they answer, and kept as dead letters in the end', async () => {
    await register({ events: ['envelope.sent'] });
    status = 500;
    const { id } = await server.send(single);
    for (let i = 0; i < 30; i += 1) {
      await runDue(server.services);
      server.pass(7 * 3_600_000);
    }
    expect(calls.length).to.equal(22);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    const [dead] = await server.services.store.tables.outbox.find({ kind: 'webhook' });
    expect(dead?.failedAt).to.be.a('number');
    expect((await readAudit(server.services, server.services.store.tables, id)).map(({ type }) => type)).to.include('webhook_failed');
  });

  it('that say they are gone are not called any more', async () => {
    const { id: webhookId } = await register();
    status = 410;
    await server.send(single);
    await runDue(server.services);
    await server.send(single);
    await runDue(server.services);
    expect(calls.length).to.equal(1);
    const { webhooks } = await ok<{ webhooks: { id: string; disabledAt?: string }[] }>(await server.asSender('GET', '/v1/webhooks'));
    expect(webhooks).to.have.length(1);
    expect(webhooks[0]).to.include({ id: webhookId }).and.have.property('disabledAt');
  });

  it('have addresses that begin with https, hold no password, and belong to one tenant', async () => {
    for (const url of ['http://portal.example/', 'https://user:pw@portal.example/', 'ftp://portal.example/']) {
      expect(await problemOf(await server.asSender('POST', '/v1/webhooks', { url })), url).to.include({ status: 400, code: 'request_invalid' });
    }
    const { id, secret } = await register();
    const stranger = await createApiKey(server.services, 'another city');
    expect((await server.asSender('DELETE', `/v1/webhooks/${id}`, undefined, stranger)).status).to.equal(404);
    expect(await ok<{ webhooks: [] }>(await server.asSender('GET', '/v1/webhooks', undefined, stranger))).to.deep.equal({ webhooks: [] });
    const dump = JSON.stringify(await server.services.store.tables.webhooks.find({}), (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    expect(dump).to.not.include(Buffer.from(secret.slice(6), 'base64').toString('latin1'));
    expect((await server.asSender('DELETE', `/v1/webhooks/${id}`)).status).to.equal(204);
  });
});
