import type { EnvelopePage } from '@sky-sign/protocol';
import { expect } from 'chai';
import { createApiKey } from '../auth/api-key.js';
import { openSqlite } from '../node/open-sqlite.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { createTestServer, ok, onePage, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';

const contracts = [
  { title: '市道１号線 舗装工事', controlNumber: '契-2026-001', transaction: { date: '2026-04-01', counterparty: '株式会社ヤマダ建設', amount: 1_200_000 } },
  { title: '庁舎清掃業務', controlNumber: '契-2026-002', transaction: { date: '2026-04-30', counterparty: '青葉ｸﾘｰﾝ', amount: 350_000 } },
  { title: '市道2号線 測量 100%', controlNumber: '契-2026-010', transaction: { date: '2026-06-15', counterparty: '株式会社やまだ建設', amount: 480_000 } },
  { title: 'ABC System', controlNumber: '', transaction: { amount: 0 } },
  { title: '秘密保持契約', controlNumber: 'NDA-1' },
] as const;

function onStore(name: string, open: () => Promise<Store>): void {
  describe(`search of envelopes: ${name}`, () => {
    let server: TestServer;
    before(async () => {
      server = await createTestServer({ store: await open() });
      for (const contract of contracts) {
        const { id } = await server.upload(await onePage());
        await ok(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id }], recipients: [{ name: 'x', email: 'x@example.jp' }], ...contract, send: false }));
        server.pass(1);
      }
    });
    after(() => server.stop());
    const search = async (query: Record<string, string>, apiKey?: string) =>
      ok<EnvelopePage>(await server.asSender('GET', `/v1/envelopes?${String(new URLSearchParams(query))}`, undefined, apiKey));
    const found = async (query: Record<string, string>) => (await search(query)).envelopes.map(({ title }) => contracts.findIndex((each) => each.title === title)).join('');

    it('lists everything, newest first, with what it is known by', async () => {
      expect(await found({})).to.equal('43210');
      const { envelopes } = await search({ controlNumber: '契-2026-001' });
      expect(envelopes[0]).to.deep.include({ title: contracts[0].title, status: 'draft', controlNumber: '契-2026-001', transaction: contracts[0].transaction });
      expect((await search({ text: '秘密' })).envelopes[0]).to.not.have.property('transaction');
    });

    it('finds by date range, counterparty, amount range, any two of them, and all at once', async () => {
      expect(await found({ dateFrom: '2026-04-30' })).to.equal('21');
      expect(await found({ dateTo: '2026-04-30' })).to.equal('10');
      expect(await found({ dateFrom: '2026-04-02', dateTo: '2026-06-14' })).to.equal('1');
      expect(await found({ amountFrom: '350000', amountTo: '480000' })).to.equal('21');
      expect(await found({ amountTo: '0' })).to.equal('3');
      expect(await found({ counterparty: '建設' })).to.equal('20');
      expect(await found({ counterparty: '建設', dateFrom: '2026-05-01' })).to.equal('2');
      expect(await found({ dateFrom: '2026-04-01', dateTo: '2026-04-30', amountFrom: '1000000' })).to.equal('0');
      expect(await found({ counterparty: '建設', amountTo: '500000' })).to.equal('2');
      expect(await found({ counterparty: 'やまだ', dateFrom: '2026-04-01', dateTo: '2026-04-01', amountFrom: '1200000', amountTo: '1200000' })).to.equal('0');
      expect(await found({ counterparty: '建設', amountFrom: '9999999' })).to.equal('');
    });

    it('finds text in any width, capitals or kana, and takes no character for a wildcard', async () => {
      expect(await found({ text: '市道1号線' })).to.equal('0');
      expect(await found({ text: 'ａｂｃ　ｓｙｓ' })).to.equal('3');
      expect(await found({ counterparty: 'クリーン' })).to.equal('1');
      expect(await found({ counterparty: 'ﾔﾏﾀﾞ' })).to.equal('20');
      expect(await found({ text: '100%' })).to.equal('2');
      expect(await found({ text: '%' })).to.equal('2');
      for (const none of ['_', "' or 1=1 --", '市道%線']) expect(await found({ text: none }), none).to.equal('');
    });

    it('gives every envelope once, page by page, whatever comes in between', async () => {
      const titles: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search({ limit: '2', ...(cursor !== undefined && { cursor }) });
        titles.push(...page.envelopes.map(({ title }) => title));
        cursor = page.next;
        if (titles.length === 2) {
          const { id } = await server.upload(await onePage());
          await ok(await server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, title: 'later', documents: [{ id }], send: false }));
        }
      } while (cursor !== undefined);
      expect(titles).to.deep.equal(contracts.map(({ title }) => title as string).reverse());
    });

    it('finds by state, and knows which deadlines have passed without anybody looking', async () => {
      const { id } = await server.send({ title: 'overdue', deadline: new Date(server.services.now() + 60_000).toISOString() });
      expect((await search({ status: 'sent' })).envelopes.map((each) => each.id)).to.deep.equal([id]);
      server.pass(61_000);
      expect((await search({ status: 'sent' })).envelopes).to.deep.equal([]);
      expect((await search({ status: 'expired' })).envelopes.map((each) => each.id)).to.deep.equal([id]);
    });

    it("never shows another tenant's envelopes, not by a cursor either, and refuses what it does not understand", async () => {
      const stranger = await createApiKey(server.services, 'another city');
      const { next = '' } = await search({ limit: '1' });
      expect((await search({}, stranger)).envelopes).to.deep.equal([]);
      expect((await search({ cursor: next }, stranger)).envelopes).to.deep.equal([]);
      const refused: Record<string, string>[] = [{ dateFrom: '1.4.2026' }, { amountTo: '10 yen' }, { status: 'lost' }, { cursor: 'x' }, { limit: '0' }, { limit: '101' }, { tenant: 'city' }];
      for (const query of refused) {
        const answer = await server.asSender('GET', `/v1/envelopes?${String(new URLSearchParams(query))}`);
        expect(await problemOf(answer), JSON.stringify(query)).to.include({ status: 400, code: 'request_invalid' });
      }
      expect((await server.asSender('GET', '/v1/envelopes', undefined, 'ska_x')).status).to.equal(401);
    });
  });
}

onStore('memory', () => Promise.resolve(createMemoryStore()));
onStore('SQLite', () => openSqlite(':memory:'));
