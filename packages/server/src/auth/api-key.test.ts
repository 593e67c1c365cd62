import { expect } from 'chai';
import { openSqlite } from '../node/open-sqlite.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { createTestServer, onePage, origin, problemOf } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createApiKey, rotateApiKey } from './api-key.js';
import { everything, scopes } from './grants.js';
import type { Scope } from './grants.js';

function onStore(name: string, open: () => Promise<Store>): void {
  describe(`API keys: ${name}`, () => {
    let server: TestServer;
    let address: string;
    beforeEach(async () => {
      address = '192.0.2.7';
      server = await createTestServer({ store: await open(), clientAddress: () => address });
    });
    afterEach(() => server.stop());
    const statusOf = async (key: string, path = '/v1/envelopes') => (await server.asSender('GET', path, undefined, key)).status;

    it('open what their scopes name, and nothing else', async () => {
      const { id, documents, recipients } = await server.send();
      const [{ id: documentId, sha256 } = { id: '', sha256: '' }] = documents;
      const recipientId = recipients[0]?.id ?? '';
      const calls: readonly [Scope, string, string, unknown?][] = [
        ['documents:write', 'POST', '/v1/documents?name=x', await onePage()],
        ['envelopes:read', 'GET', '/v1/envelopes'],
        ['envelopes:read', 'GET', `/v1/envelopes/${id}`],
        ['envelopes:read', 'GET', `/v1/documents/${documentId}/revisions/${sha256}`],
        ['envelopes:read', 'GET', `/v1/envelopes/${id}/documents/${documentId}/certificate`],
        ['audit:read', 'GET', `/v1/envelopes/${id}/audit`],
        ['webhooks', 'GET', '/v1/webhooks'],
        ['webhooks', 'POST', '/v1/webhooks', { url: 'https://portal.example/hook' }],
        ['webhooks', 'DELETE', '/v1/webhooks/whk_none'],
        ['embed', 'POST', `/v1/envelopes/${id}/recipients/${recipientId}/embed-tokens`, { origin: 'https://portal.example' }],
        ['envelopes:write', 'POST', '/v1/envelopes', {}],
        ['envelopes:write', 'POST', `/v1/envelopes/${id}/send`],
        ['envelopes:write', 'POST', `/v1/envelopes/${id}/remind`],
        ['envelopes:write', 'POST', `/v1/envelopes/${id}/recipients/${recipientId}/unlock`],
        ['envelopes:write', 'POST', `/v1/envelopes/${id}/recipients/${recipientId}/resend`],
        ['envelopes:write', 'POST', `/v1/envelopes/${id}/void`, { reason: 'x' }],
      ];
      for (const [needed, method, path, body] of calls) {
        const others = scopes.filter((scope) => scope !== needed);
        const lacking = await server.asSender(method, path, body, await createApiKey(server.services, 'city', { ...everything, scopes: others }));
        expect(await problemOf(lacking), `${method} ${path}`).to.include({ status: 403, code: 'scope_missing' }).and.have.property('detail').that.includes(needed);
      }
      for (const [needed, method, path, body] of calls) {
        const having = await server.asSender(method, path, body, await createApiKey(server.services, 'city', { ...everything, scopes: [needed] }));
        expect([401, 403], `${method} ${path}`).to.not.include(having.status);
      }
    });

    it('are good only from their networks, mapped IPv6 included, and say nothing else elsewhere', async () => {
      const key = await createApiKey(server.services, 'city', { ...everything, networks: ['10.20.0.0/16', '2001:db8::/32', '192.0.2.99'] });
      for (const [from, status] of [['10.20.3.4', 200], ['::ffff:10.20.3.4', 200], ['2001:db8:1::1', 200], ['192.0.2.99', 200], ['10.21.0.1', 401], ['2001:db9::1', 401], ['192.0.2.98', 401], ['', 401], ['unknown', 401]] as const) {
        address = from;
        expect(await statusOf(key), from).to.equal(status);
      }
      const refused = await problemOf(await server.asSender('GET', '/v1/envelopes', undefined, key));
      expect(refused).to.deep.equal(await problemOf(await server.asSender('GET', '/v1/envelopes', undefined, `ska_00000000_${'x'.repeat(43)}`)));
    });

    it('make embed tokens for their origins only', async () => {
      const { id, recipients } = await server.send();
      const embed = async (key: string, page: string) => (await server.asSender('POST', `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/embed-tokens`, { origin: page }, key)).status;
      const key = await createApiKey(server.services, 'city', { ...everything, origins: ['https://portal.example'] });
      expect(await embed(key, 'https://portal.example')).to.equal(201);
      for (const page of ['https://portal.example.evil.example', 'https://other.example', 'https://portal.example:8443', origin]) expect(await embed(key, page), page).to.equal(403);
      expect(await embed(await createApiKey(server.services, 'city', { ...everything, origins: [] }), 'https://portal.example')).to.equal(403);
    });

    it('end on their day, and hand over with an overlap when they are rotated', async () => {
      const day = 86_400_000;
      const key = await createApiKey(server.services, 'city', { ...everything, scopes: ['envelopes:read'], expiresAt: server.services.now() + 3 * day });
      expect(await statusOf(key)).to.equal(200);
      const renewed = (await rotateApiKey(server.services, { id: key.split('_')[1] ?? '', overlapMs: day })) ?? '';
      expect([await statusOf(key), await statusOf(renewed), await statusOf(renewed, '/v1/webhooks')]).to.deep.equal([200, 200, 403]);
      server.pass(day);
      expect([await statusOf(key), await statusOf(renewed)]).to.deep.equal([401, 200]);
      const short = await createApiKey(server.services, 'city', { ...everything, expiresAt: server.services.now() + day });
      await rotateApiKey(server.services, { id: short.split('_')[1] ?? '', overlapMs: 9 * day });
      server.pass(day);
      expect(await statusOf(short)).to.equal(401);
    });

    it('remember to the minute when they were used last', async () => {
      const key = await createApiKey(server.services, 'city');
      const used = async () => (await server.services.store.tables.apiKeys.find({ id: key.split('_')[1] ?? '' }))[0]?.lastUsedAt;
      expect(await used()).to.equal(null);
      await statusOf(key);
      const first = await used();
      await statusOf(key);
      expect(await used()).to.equal(first);
      server.pass(61_000);
      await statusOf(key);
      expect(await used()).to.be.greaterThan(first ?? Infinity);
    });
  });
}

onStore('memory', () => Promise.resolve(createMemoryStore()));
onStore('SQLite', () => openSqlite(':memory:'));
