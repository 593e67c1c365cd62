import { expect } from 'chai';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, onePage, problemOf, smallEnvelope } from '../testing/test-server.js';
import { createSigner, openSigner } from '../testing/test-signer.js';

describe('access codes', () => {
  it('verifies five of two hundred wrong codes at once, then answers right and wrong alike, and mails both sides once', async () => {
    let derived = 0;
    const subtle = new Proxy(crypto.subtle, {
      get(target, name) {
        if (name === 'deriveBits') derived += 1;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const counting = { subtle, getRandomValues: crypto.getRandomValues.bind(crypto), randomUUID: crypto.randomUUID.bind(crypto) } as Crypto;
    const server = await createTestServer({ crypto: counting });
    const { id } = await server.send();
    const person = await createSigner(server);
    const link = await server.link('yamada@example.jp');
    await person.start(link);
    derived = 0;
    const enter = (accessCode: string) => person.call('POST', `/v1/sessions/${person.sessionId}/access-code`, { json: { accessCode } });
    const answers = await Promise.all(Array.from({ length: 200 }, async (_, i) => problemOf(await enter(String(5000 + i)))));
    expect(derived).to.equal(5);
    expect(answers.filter(({ code }) => code === 'access_code_wrong').map(({ triesLeft }) => triesLeft).sort()).to.deep.equal([1, 2, 3, 4]);
    expect(answers.filter(({ code }) => code === 'access_code_locked').length).to.equal(196);

    const { status: _, ...right } = await problemOf(await enter('4126'));
    const { status: __, ...wrong } = await problemOf(await enter('9999'));
    expect(right).to.deep.equal(wrong);
    expect(right).to.deep.include({ code: 'access_code_locked', sender: { name: '青葉市', contact: '022-000-1234' } });
    expect(await problemOf(await (await createSigner(server)).call('POST', '/v1/sessions', { json: { linkToken: link } }))).to.include({ status: 423 });

    await runDue(server.services);
    const told = (await listMails(server.services)).filter(({ subject }) => subject.includes('受付を停止'));
    expect(told.map(({ to }) => to).sort()).to.deep.equal(['city@example.jp', 'yamada@example.jp']);
    expect((await server.services.store.tables.audit.find({ envelopeId: id, type: 'access_code_wrong' })).length).to.equal(5);
    await server.stop();
  });

  it('counts wrong codes down, and forgets them after the right one', async () => {
    const server = await createTestServer();
    await server.send();
    const person = await createSigner(server);
    await person.start(await server.link('yamada@example.jp'));
    const enter = (accessCode: string) => person.call('POST', `/v1/sessions/${person.sessionId}/access-code`, { json: { accessCode } });
    for (const triesLeft of [4, 3, 2, 1]) expect(await problemOf(await enter('7351'))).to.include({ status: 403, code: 'access_code_wrong', triesLeft });
    await person.enter('４１２６');
    const again = await createSigner(server);
    expect((await again.start(await server.link('yamada@example.jp'))).triesLeft).to.equal(5);
    await server.stop();
  });

  it('ends open sessions when it locks', async () => {
    const server = await createTestServer();
    await server.send();
    const inside = await openSigner(server, { email: 'yamada@example.jp', code: '4126' });
    const guesser = await createSigner(server);
    await guesser.start(await server.link('yamada@example.jp'));
    for (let i = 0; i < 5; i += 1) await guesser.call('POST', `/v1/sessions/${guesser.sessionId}/access-code`, { json: { accessCode: '7351' } });
    expect(await problemOf(await inside.call('GET', `/v1/sessions/${inside.sessionId}`))).to.include({ status: 423, code: 'access_code_locked' });
    await server.stop();
  });

  it('refuses the codes that everybody tries first, and warns of short ones', async () => {
    const server = await createTestServer();
    const [first, second] = smallEnvelope.recipients;
    for (const accessCode of ['0000', '1234', '9876', '７８９０', '12', 'password']) {
      const { id } = await server.upload(await onePage());
      const body = { ...smallEnvelope, documents: [{ id }], recipients: [{ ...first, accessCode }, second] };
      expect(await problemOf(await server.asSender('POST', '/v1/envelopes', body)), accessCode).to.include({ status: 422, code: 'access_code_weak' });
    }
    expect((await server.send()).warnings).to.deep.equal([{ code: 'access_code_weak', recipient: 0 }]);
    await server.stop();
  });
});
