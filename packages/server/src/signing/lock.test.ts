import { expect } from 'chai';
import type { EnvelopeInput, EnvelopeView } from '@sky-sign/protocol';
import { openSqlite } from '../node/open-sqlite.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { add } from '../store/table.js';
import { createTestServer, ok, problemOf } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, openSigner } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';
import { addressKeyOf, countWrong, networkKey } from './wrong-codes.js';

const field = { document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] };
const to = (email: string, more: Partial<EnvelopeInput['recipients'][number]> = {}): EnvelopeInput['recipients'] => [{ name: '山田 太郎', email, accessCode: '739152', fields: [field], ...more }];

function onStore(name: string, open: () => Promise<Store>): void {
  describe(`locked recipients: ${name}`, () => {
    let server: TestServer;
    let address: string;
    beforeEach(async () => {
      address = '192.0.2.7';
      server = await createTestServer({ store: await open(), clientAddress: () => address });
    });
    afterEach(() => server.stop());

    const knock = async (link: string): Promise<TestSigner> => {
      const person = await createSigner(server);
      await person.start(link);
      return person;
    };
    const enter = async (person: TestSigner, accessCode = '999111') => person.call('POST', `/v1/sessions/${person.sessionId}/access-code`, { json: { accessCode } });
    const wrong = async (link: string, times: number): Promise<unknown[]> => {
      const person = await knock(link);
      const codes = [];
      for (let i = 0; i < times; i += 1) codes.push((await problemOf(await enter(person))).code);
      return codes;
    };
    /** As if this had passed since the wrong codes. */
    const age = (ms: number) => server.services.store.tables.wrongCodes.update({}, { at: add(-ms) });
    const earlier = async (times: number, of: { addressKey: string; network: string }) => {
      for (let i = 0; i < times; i += 1) await server.services.store.transaction((tables) => countWrong(server.services, tables, of));
    };
    const sender = (path: string) => server.asSender('POST', path);
    const mailsTo = async (email: string) => {
      await runDue(server.services);
      return (await listMails(server.services)).filter((mail) => mail.to === email).map(({ subject }) => subject);
    };
    const typesOf = async (envelopeId: string) => (await server.services.store.tables.audit.find({ envelopeId }, { orderBy: 'seq' })).map(({ type }) => type);

    it('open again by the sender, three times, each time with a new link and five new tries', async () => {
      const { id, recipients } = await server.send({ recipients: to('a@example.jp') });
      const path = `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/unlock`;
      expect(await problemOf(await sender(path))).to.include({ status: 409, code: 'envelope_state' });
      for (let round = 1; round <= 3; round += 1) {
        const link = await server.link('a@example.jp');
        expect((await wrong(link, 5)).at(-1)).to.equal('access_code_locked');
        await age(25 * 3_600_000);
        const locked = await ok<EnvelopeView>(await server.asSender('GET', `/v1/envelopes/${id}`));
        expect(locked.recipients[0]).to.include({ unlocksLeft: 4 - round }).and.have.property('lockedAt');
        const view = await ok<EnvelopeView>(await sender(path));
        expect(view.recipients[0]).to.not.have.property('lockedAt');
        expect(await problemOf(await (await createSigner(server)).call('POST', '/v1/sessions', { json: { linkToken: link } }))).to.include({ status: 410, state: 'replaced' });
      }
      expect((await openSigner(server, { email: 'a@example.jp', code: '739152' })).session.recipient.status).to.equal('active');
      await wrong(await server.link('a@example.jp'), 5);
      expect(await problemOf(await sender(path))).to.include({ status: 409, code: 'unlock_limit' });
      expect((await typesOf(id)).filter((type) => type === 'unlocked')).to.have.length(3);
    });

    it('are told of even if the server dies while it verifies the last code', async () => {
      const { recipients } = await server.send({ recipients: to('a@example.jp') });
      const link = await server.link('a@example.jp');
      await wrong(link, 4);
      const person = await knock(link);
      const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
      crypto.subtle.deriveBits = () => Promise.reject(new Error('the power went out'));
      try {
        expect((await enter(person)).status).to.equal(500);
      } finally {
        crypto.subtle.deriveBits = derive;
      }
      expect((await server.services.store.tables.recipients.find({ id: recipients[0]?.id ?? '' }))[0]?.lockedAt).to.be.a('number');
      expect(await mailsTo('city@example.jp')).to.deep.equal([]);
      server.pass(61_000);
      expect((await mailsTo('city@example.jp')).join()).to.include('受付を停止');
      expect((await mailsTo('a@example.jp')).join()).to.include('受付を停止');
    });

    it('are not locked where the last try is right, and nobody is mailed', async () => {
      await server.send({ recipients: to('a@example.jp') });
      const link = await server.link('a@example.jp');
      await wrong(link, 4);
      expect((await enter(await knock(link), '739152')).status).to.equal(200);
      server.pass(61_000);
      expect((await mailsTo('a@example.jp')).join()).to.not.include('受付を停止');
      expect((await knock(link)).sessionId).to.not.equal('');
    });

    it('are all that are open for an address after ten wrong codes in a day, of this sender only', async () => {
      const ids: string[] = [];
      const links: string[] = [];
      for (const email of ['B@example.jp', 'b@Example.jp', 'b@example.jp']) {
        ids.push((await server.send({ recipients: to(email), sender: { name: '青葉市', email: `city${String(ids.length)}@example.jp` } })).id);
        links.push(await server.link(email));
      }
      const other = await server.send({ recipients: to('c@example.jp') });
      expect(await wrong(links[0] ?? '', 4)).to.not.include('access_code_locked');
      expect(await wrong(links[1] ?? '', 4)).to.not.include('access_code_locked');
      const inside = await knock(links[0] ?? '');
      expect((await enter(inside, '739152')).status).to.equal(200);
      expect(await wrong(links[2] ?? '', 2)).to.deep.equal(['access_code_wrong', 'access_code_locked']);
      const locked = await server.services.store.tables.recipients.find({});
      expect(locked.filter(({ lockedAt }) => lockedAt !== null).map(({ envelopeId }) => envelopeId).sort()).to.deep.equal([...ids].sort());
      expect(locked.find(({ envelopeId }) => envelopeId === other.id)?.lockedAt).to.equal(null);
      expect((await enter(inside, '739152')).status).to.equal(423);
      await runDue(server.services);
      for (const i of [0, 1, 2]) expect((await mailsTo(`city${String(i)}@example.jp`)).join()).to.include('受付を停止');
      expect(await typesOf(ids[0] ?? '')).to.include('access_code_locked');
    });

    it('are all that are open for an address after thirty wrong codes in thirty days', async () => {
      const addressKey = await addressKeyOf(server.services, { tenant: 'city', email: 'd@example.jp' });
      await earlier(28, { addressKey, network: '' });
      await age(29 * 86_400_000);
      await server.send({ recipients: to('d@example.jp') });
      expect(await wrong(await server.link('d@example.jp'), 2)).to.deep.equal(['access_code_wrong', 'access_code_locked']);
      await server.services.store.tables.wrongCodes.delete({});
      await earlier(29, { addressKey, network: '' });
      await age(31 * 86_400_000);
      await server.send({ recipients: to('d@example.jp') });
      expect(await wrong(await server.link('d@example.jp'), 1)).to.deep.equal(['access_code_wrong']);
    });

    it('are not made by one network beyond thirty wrong codes in ten minutes, while others go on', async () => {
      const links: string[] = [];
      for (let i = 0; i < 2; i += 1) {
        await server.send({ recipients: to(`p${String(i)}@example.jp`) });
        links.push(await server.link(`p${String(i)}@example.jp`));
      }
      await earlier(28, { addressKey: 'somebody', network: await networkKey(server.services, address) });
      for (let i = 0; i < 2; i += 1) expect((await enter(await knock(links[0] ?? ''))).status, String(i)).to.equal(403);
      const person = await knock(links[1] ?? '');
      const refused = await enter(person, '739152');
      expect(Number(refused.headers.get('Retry-After'))).to.be.within(1, 600);
      expect(await problemOf(refused)).to.include({ status: 429, code: 'rate_limited' });
      address = '198.51.100.9';
      expect((await enter(person, '739152')).status).to.equal(200);
      address = '192.0.2.7';
      server.pass(10 * 60_000 + 1);
      expect((await enter(await knock(links[1] ?? ''), '739152')).status).to.equal(200);
      expect(JSON.stringify(await server.services.store.tables.wrongCodes.find({}))).to.not.include('192.0.2').and.not.include('example.jp');
    });

    it('count a household of IPv6 as one network', async () => {
      await server.send({ recipients: to('q@example.jp') });
      const link = await server.link('q@example.jp');
      for (let i = 0; i < 29; i += 1) await earlier(1, { addressKey: 'somebody', network: await networkKey(server.services, `2001:db8:1:2:ffff::${i.toString(16)}`) });
      address = '2001:db8:1:2::1';
      expect((await enter(await knock(link))).status).to.equal(403);
      address = '2001:db8:1:2::2';
      expect((await enter(await knock(link))).status).to.equal(429);
      address = '2001:db8:1:3::2';
      expect((await enter(await knock(link))).status).to.equal(403);
    });

    it('get a new link when it is sent again, and what the old one had opened is dead', async () => {
      const { id, recipients } = await server.send({ recipients: to('a@example.jp') });
      const link = await server.link('a@example.jp');
      const inside = await openSigner(server, { email: 'a@example.jp', code: '739152' });
      await ok(await sender(`/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/resend`));
      expect(await problemOf(await inside.call('GET', `/v1/sessions/${inside.sessionId}`))).to.include({ status: 410, state: 'replaced' });
      expect(await problemOf(await (await createSigner(server)).call('POST', '/v1/sessions', { json: { linkToken: link } }))).to.include({ status: 410, state: 'replaced' });
      const renewed = await server.link('a@example.jp');
      expect(renewed).to.not.equal(link);
      expect((await enter(await knock(renewed), '739152')).status).to.equal(200);
      expect(await typesOf(id)).to.include('resent');
    });

    it('are reminded in words of their own, and earlier links stay good', async () => {
      const { id } = await server.send({ recipients: to('a@example.jp') });
      const link = await server.link('a@example.jp');
      await ok(await sender(`/v1/envelopes/${id}/remind`));
      expect(await mailsTo('a@example.jp')).to.have.length(2).and.include('【リマインド】青葉市 様からの「工事請負契約」の署名依頼をお待ちしています');
      expect(await server.link('a@example.jp')).to.not.equal(link);
      expect((await enter(await knock(link), '739152')).status).to.equal(200);
    });

    it("are nobody else's: another tenant, another envelope and a draft find nothing to open", async () => {
      const { id, recipients } = await server.send({ recipients: to('a@example.jp') });
      const second = await server.send({ recipients: to('b@example.jp') });
      const recipientId = recipients[0]?.id ?? '';
      const { createApiKey } = await import('../auth/api-key.js');
      const stranger = await createApiKey(server.services, 'another city');
      for (const act of ['unlock', 'resend']) {
        expect((await server.asSender('POST', `/v1/envelopes/${id}/recipients/${recipientId}/${act}`, undefined, stranger)).status).to.equal(404);
        expect((await sender(`/v1/envelopes/${second.id}/recipients/${recipientId}/${act}`)).status).to.equal(404);
      }
      const draft = await server.send({ recipients: to('a@example.jp'), send: false });
      expect(await problemOf(await sender(`/v1/envelopes/${draft.id}/recipients/${draft.recipients[0]?.id ?? ''}/resend`))).to.include({ code: 'envelope_state' });
    });
  });
}

onStore('memory', () => Promise.resolve(createMemoryStore()));
onStore('SQLite', () => openSqlite(':memory:'));
