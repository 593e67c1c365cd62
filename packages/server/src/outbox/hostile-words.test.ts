import type { DownloadPage, EnvelopeView } from '@sky-sign/protocol';
import { expect } from 'chai';
import { composeMail } from './compose-mail.js';
import { mailTemplates } from './enqueue.js';
import type { MailJob } from './enqueue.js';
import { pageRoutes } from '../node/page-routes.js';
import { createTestServer, ok, onePage, origin, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, fillAll } from '../testing/test-signer.js';
import { runDue } from './run.js';

/** What breaks out of text, attributes, comments, scripts; what turns the direction of text is refused before. */
const evil = `"><img src=x onerror=alert(1)><script>1</script>'--></title>`;

describe('HTML in every string that people type', () => {
  let server: TestServer;
  let envelope: EnvelopeView;
  before(async () => {
    server = await createTestServer();
    const { id } = await server.upload(await onePage(), `見積${evil}`);
    const input = {
      ...smallEnvelope,
      title: `契約${evil}`,
      controlNumber: `令8${evil}`,
      message: `ご確認ください\n${evil}`,
      sender: { name: `青葉市${evil}`, email: 'city@example.jp', contact: `022${evil}` },
      transaction: { counterparty: `山田建設${evil}` },
      documents: [{ id, name: `契約書${evil}` }],
      recipients: smallEnvelope.recipients.slice(0, 1).map((each) => ({
        ...each,
        name: `山田${evil}`,
        organization: `株式会社${evil}`,
        accessCodeHint: `4桁${evil}`,
        fields: each.fields.map((field) => ({ ...field, label: evil.slice(0, 60) })),
      })),
    };
    envelope = await ok<EnvelopeView>(await server.asSender('POST', '/v1/envelopes', input));
    await runDue(server.services);
  });
  after(() => server.stop());

  it('becomes no markup in any mail, and no second line of a subject', async () => {
    const { tables } = server.services.store;
    const recipientId = envelope.recipients[0]?.id ?? '';
    for (const template of mailTemplates) {
      const job: MailJob = { template, envelopeId: envelope.id, recipientId, about: template === 'embeddedAct' ? 'https://portal.example' : recipientId };
      await tables.recipients.update({ id: recipientId }, { lockedAt: template.startsWith('locked') ? 1 : null });
      const mail = await server.services.store.transaction((inside) => composeMail(server.services, inside, { id: 'job_1', job }));
      if (!mail) throw new Error(`There is no mail ${template}.`);
      const tags = new Set([...mail.html.matchAll(/<\/?([a-z!-]+)/giu)].map(([, tag]) => tag));
      for (const tag of tags) expect(tag, template).to.be.oneOf(['!doctype', 'html', 'head', 'meta', 'body', 'div', 'p', 'br', 'a']);
      expect(mail.html.match(/ on[a-z]+=[^&]*"/iu), template).to.equal(null);
      expect(`${mail.subject}${mail.text}`, template).to.not.match(/\u202e/u);
      expect(mail.subject, template).to.not.match(/[\r\n\u2028\u2029]/u);
      if (mail.subject.includes('契約')) expect(mail.subject, template).to.include('<script>');
    }
    await tables.recipients.update({ id: recipientId }, { lockedAt: null });
  });

  it('becomes no markup in the development outbox', async () => {
    const page = await (await pageRoutes(server.services, { assets: [], outbox: true }).request('/outbox')).text();
    expect(page).to.include('&lt;script&gt;');
    expect(page).to.not.match(/<script|<img|onerror=alert\(1\)>/u);
  });

  it('comes as JSON to pages, and goes through to a certified contract and a file with a name', async () => {
    const signer = await createSigner(server);
    await signer.start(await server.link('yamada@example.jp'));
    await signer.enter('4126');
    await signer.read();
    const values = fillAll(signer.session).map((each) => (typeof each.value === 'string' && each.value.startsWith('株') ? { ...each, value: '<b>"所在地"</b> & \'x\'' } : each));
    expect((await signer.complete(await signer.request(values))).status).to.equal(200);
    await runDue(server.services);
    expect((await server.services.store.tables.outbox.find({ doneAt: null })).length).to.equal(0);
    expect((await server.services.store.tables.certificates.find({})).length).to.equal(1);
    const token = await server.link('yamada@example.jp', 'download');
    const answer = await server.app.request(new Request(`${origin}/v1/downloads`, { method: 'POST', body: JSON.stringify({ token }), headers: { Origin: origin, 'Content-Type': 'application/json' } }));
    expect(answer.headers.get('Content-Type')).to.match(/^application\/json/u);
    expect(answer.headers.get('X-Content-Type-Options')).to.equal('nosniff');
    const page = await ok<DownloadPage>(answer);
    const file = await server.app.request(origin + (page.documents[0]?.path ?? ''));
    expect(file.headers.get('Content-Disposition')).to.match(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w%.~!-]+$/u);
    expect(file.headers.get('Content-Security-Policy')).to.equal("default-src 'none'; sandbox");
  });
});
