import { bytesSource, validatePdf, webCryptoHash } from '@sky-sign/pades';
import type { DownloadPage, EnvelopeView } from '@sky-sign/protocol';
import { expect } from 'chai';
import { verifyAudit } from '../audit/verify.js';
import { readAudit } from '../audit/export.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, origin } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { signAs } from '../testing/test-signer.js';
import { readFacts } from './facts.js';

describe('the contract certificate', () => {
  let server: TestServer;
  let envelope: EnvelopeView;
  before(async () => {
    server = await createTestServer();
    const { id } = await server.send({ controlNumber: '令8-契-0123' });
    await signAs(server, { email: 'yamada@example.jp', code: '4126' });
    await signAs(server, { email: 'hanako@example.jp' });
    await runDue(server.services);
    envelope = await ok<EnvelopeView>(await server.asSender('GET', `/v1/envelopes/${id}`));
  });
  after(() => server.stop());

  const documentId = () => envelope.documents[0]?.id ?? '';
  const certificate = async (tenantKey?: string) => server.asSender('GET', `/v1/envelopes/${envelope.id}/documents/${documentId()}/certificate`, undefined, tenantKey);

  it('is a signed PDF of its own, at B-LTA, once for each document', async () => {
    const bytes = new Uint8Array(await (await certificate()).arrayBuffer());
    expect(envelope.documents[0]?.certificate).to.include({ length: bytes.length });
    const report = await validatePdf(bytesSource(bytes), { anchors: [server.root], hash: webCryptoHash(crypto), crypto });
    expect(report.ok).to.equal(true);
    expect(report.signatures.map(({ kind, level }) => [kind, level])).to.deep.equal([['signature', 'B-LTA'], ['timestamp', null]]);
    await runDue(server.services);
    expect(await server.services.store.tables.certificates.find({})).to.have.length(1);
    expect((await readAudit(server.services, server.services.store.tables, envelope.id)).filter(({ type }) => type === 'certificate')).to.have.length(1);
    expect(await verifyAudit(server.services, server.services.store.tables, envelope.id)).to.equal(undefined);
  });

  it('says who agreed to which bytes, from where, and how they were recognised', async () => {
    const { tables } = server.services.store;
    const [row] = await tables.envelopes.find({ id: envelope.id });
    const [document] = await tables.documents.find({ envelopeId: envelope.id });
    if (!row || !document) throw new Error('There is no envelope.');
    const facts = await readFacts(server.services, { envelope: row, document });
    expect(facts).to.deep.include({ controlNumber: '令8-契-0123', creator: { name: '青葉市', email: 'city@example.jp' } });
    expect(facts.document).to.include({ sha256: envelope.documents[0]?.sha256, certificateId: envelope.documents[0]?.certificateId, pages: 1 });
    expect(facts.operations.map(({ name, address, means }) => [name, address, means.via, means.code])).to.deep.equal([
      ['山田 太郎', '192.0.2.7', 'hosted', true],
      ['契約 花子', '192.0.2.7', 'hosted', false],
    ]);
    const [made] = (await readAudit(server.services, tables, envelope.id)).filter(({ type }) => type === 'certificate');
    const log = await readAudit(server.services, tables, envelope.id);
    const { seq, hash } = made?.data['head'] as { seq: number; hash: string };
    expect(log.find((line) => line.seq === seq)?.hash).to.equal(hash);
  });

  it('is handed out with the documents, without an account, under a Japanese name', async () => {
    const token = await server.link('yamada@example.jp', 'download');
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    const page = await ok<DownloadPage>(await server.app.request(new Request(`${origin}/v1/downloads`, { method: 'POST', body: JSON.stringify({ token }), headers })));
    const file = await server.app.request(origin + (page.documents[0]?.certificate?.path ?? ''));
    expect(file.headers.get('Content-Disposition')).to.include(encodeURIComponent('契約締結証明書 契約書'));
    expect((await file.arrayBuffer()).byteLength).to.equal(page.documents[0]?.certificate?.length);
    const log = await readAudit(server.services, server.services.store.tables, envelope.id);
    expect(log.at(-1)).to.deep.include({ type: 'downloaded' });
    expect(log.at(-1)?.data).to.include({ what: 'certificate' });
  });

  it('is nobody else’s to read, and neither is the log', async () => {
    const { createApiKey } = await import('../auth/api-key.js');
    const stranger = await createApiKey(server.services, 'another city');
    expect((await certificate(stranger)).status).to.equal(404);
    expect((await server.asSender('GET', `/v1/envelopes/${envelope.id}/audit`, undefined, stranger)).status).to.equal(404);
    const lines = (await (await server.asSender('GET', `/v1/envelopes/${envelope.id}/audit`)).text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).to.deep.equal(lines.map((_, i) => i + 1));
  });
});
