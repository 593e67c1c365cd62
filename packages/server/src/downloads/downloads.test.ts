import type { DownloadPage } from '@sky-sign/protocol';
import { expect } from 'chai';
import { createTestServer, ok, origin, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { signAs } from '../testing/test-signer.js';

describe('downloads', () => {
  let server: TestServer;
  let token: string;
  before(async () => {
    server = await createTestServer();
    await server.send({ recipients: smallEnvelope.recipients.map((each) => ({ ...each, locale: each.email === 'hanako@example.jp' ? 'en' : 'ja' })) });
    await signAs(server, { email: 'yamada@example.jp', code: '4126' });
    await signAs(server, { email: 'hanako@example.jp' });
    token = await server.link('yamada@example.jp', 'download');
  });
  after(() => server.stop());
  const open = (given: string) =>
    server.app.request(new Request(`${origin}/v1/downloads`, { method: 'POST', body: JSON.stringify({ token: given }), headers: { Origin: origin, 'Content-Type': 'application/json' } }));

  it('finds nothing for an unknown token, one of another kind, or a ticket that is too old', async () => {
    expect(await problemOf(await open(`skd_${'x'.repeat(43)}`))).to.include({ status: 404, code: 'not_found' });
    expect(await problemOf(await open(`skl_${'x'.repeat(43)}`))).to.include({ status: 404, code: 'not_found' });
    const page = await ok<DownloadPage>(await open(token));
    server.pass(61_000);
    expect((await server.app.request(origin + (page.documents[0]?.path ?? ''))).status).to.equal(404);
  });

  it('says in which language its reader was written to', async () => {
    expect((await open(token)).headers.get('Content-Language')).to.equal('ja');
    expect((await open(await server.link('hanako@example.jp', 'download'))).headers.get('Content-Language')).to.equal('en');
    expect((await open(await server.link('city@example.jp', 'download'))).headers.get('Content-Language')).to.equal('ja');
  });

  it('gives each file under its name for a minute, fourteen days long', async () => {
    const page = await ok<DownloadPage>(await open(token));
    expect(page).to.include({ daysLeft: 14 });
    const file = await server.app.request(origin + (page.documents[0]?.path ?? ''));
    expect(file.headers.get('Content-Disposition')).to.equal(`attachment; filename="___.pdf"; filename*=UTF-8''${encodeURIComponent('契約書')}.pdf`);
    expect((await file.arrayBuffer()).byteLength).to.equal(page.documents[0]?.length);
    server.pass(14 * 86_400_000);
    expect(await problemOf(await open(token))).to.include({ status: 404 });
  });
});
