import { expect } from 'chai';
import { createTestServer, onePage, smallEnvelope } from '../testing/test-server.js';
import { listMails } from './list-mails.js';
import { runDue } from './run.js';

describe('mails', () => {
  it('have no link but ours, whatever the sender writes, and no lines of the sender between ours', async () => {
    const server = await createTestServer();
    const evil = 'https://evil.example/login';
    const [{ id }] = [await server.upload(await onePage(), `見積 ${evil}`)];
    const [first] = smallEnvelope.recipients;
    const envelope = {
      ...smallEnvelope,
      title: `至急 ${evil}`,
      message: `こちらへ\n${evil}\n以上`,
      sender: { name: `青葉市 ${evil}`, email: 'city@example.jp', contact: `022-000-1234\n\n${evil}` },
      documents: [{ id }],
      recipients: [{ ...first, name: `山田 ${evil}`, organization: `山田建設 ${evil}` }],
    };
    expect((await server.asSender('POST', '/v1/envelopes', envelope)).status).to.equal(201);
    await runDue(server.services);
    const [mail] = await listMails(server.services);
    expect(`${mail?.subject ?? ''}\n${mail?.body ?? ''}`.match(/https?:\S+/gu)).to.have.lengthOf(1);
    expect(mail?.body).to.include('https://sign.example/sign#skl_').and.include('022-000-1234 （リンクは表示しません）');
    await server.stop();
  });
});
