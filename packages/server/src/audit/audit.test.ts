import { expect } from 'chai';
import { createTestServer } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';
import { readAudit } from './export.js';
import { verifyAudit } from './verify.js';

const contractor = { email: 'yamada@example.jp', code: '4126' };

describe('the audit log', () => {
  let server: TestServer;
  let id: string;
  beforeEach(async () => {
    server = await createTestServer();
    ({ id } = await server.send());
    await signAs(server, contractor);
  });
  afterEach(() => server.stop());
  const tables = () => server.services.store.tables;
  const problem = () => verifyAudit(server.services, tables(), id);
  const lines = () => readAudit(server.services, tables(), id);

  it('tells who did what, when, from where and with what', async () => {
    expect(await problem()).to.equal(undefined);
    const log = await lines();
    expect(log.map(({ type }) => type)).to.deep.equal(['created', 'sent', 'mailed', 'opened', 'served', 'consented', 'signed']);
    expect(log.find(({ type }) => type === 'opened')).to.have.nested.property('personal.address', '192.0.2.7');
    expect(log.find(({ type }) => type === 'sent')?.data).to.have.property('keyId').that.matches(/^[0-9a-f]{8}$/u);
  });

  it('holds no address and no word of a person in its chain, and stays whole when they are erased', async () => {
    const signer = await openSigner(server, { email: 'hanako@example.jp' });
    await signer.call('POST', `/v1/sessions/${signer.sessionId}/decline`, { json: { reason: '金額が違います' } });
    const dump = JSON.stringify([await tables().audit.find({}), await tables().auditValues.find({}).then((rows) => rows.map(({ sealed }) => Buffer.from(sealed).toString('latin1')))]);
    expect(dump).to.not.include('192.0.2.7').and.not.include('金額');
    expect((await lines()).find(({ type }) => type === 'declined')?.personal).to.include({ reason: '金額が違います', address: '192.0.2.7' });
    await tables().auditValues.delete({ envelopeId: id });
    expect(await problem()).to.equal(undefined);
    expect((await lines()).find(({ type }) => type === 'declined')?.personal).to.deep.equal({});
  });

  it('shows an edited row, also one whose hash was made anew', async () => {
    const [row] = await tables().audit.find({ envelopeId: id, seq: 2 });
    await tables().audit.update({ envelopeId: id, seq: 2 }, { data: '{}' });
    expect(await problem()).to.deep.equal({ envelopeId: id, seq: 2, what: 'edited' });
    await tables().audit.update({ envelopeId: id, seq: 2 }, { data: row?.data ?? '', at: (row?.at ?? 0) - 86_400_000 });
    expect(await problem()).to.include({ what: 'edited' });
  });

  it('shows rows that are gone in the middle, and a tail that was cut off, even with its old head', async () => {
    const rows = await tables().audit.find({ envelopeId: id }, { orderBy: 'seq' });
    const [head = { seq: 0 }] = await tables().auditHeads.find({ envelopeId: id });
    const last = rows.at(-1);
    const before = rows.at(-2);
    await tables().audit.delete({ envelopeId: id, seq: last?.seq ?? 0 });
    expect(await problem()).to.deep.equal({ envelopeId: id, seq: last?.seq, what: 'cut' });
    await tables().auditHeads.update({ envelopeId: id }, { seq: before?.seq ?? 0, hash: before?.hash ?? '', mac: before?.mac ?? '' });
    expect(await problem()).to.include({ what: 'edited', seq: 0 });
    await tables().auditHeads.update({ envelopeId: id }, head);
    await tables().audit.delete({ envelopeId: id, seq: 3 });
    expect(await problem()).to.deep.equal({ envelopeId: id, seq: 3, what: 'missing' });
    for (const row of rows) await tables().audit.delete({ envelopeId: id, seq: row.seq });
    expect(await problem()).to.include({ what: 'cut' });
    await tables().auditHeads.delete({ envelopeId: id });
    expect(await problem()).to.include({ what: 'missing' });
  });

  it('shows a personal value that was swapped for another', async () => {
    const values = await tables().auditValues.find({ envelopeId: id }, { orderBy: 'seq' });
    await tables().auditValues.update({ envelopeId: id, seq: values[0]?.seq ?? 0 }, { sealed: values[1]?.sealed ?? new Uint8Array() });
    expect(await problem()).to.include({ what: 'value' });
  });

  it('shows a signature of the operator that no row tells of', async () => {
    const [document] = await tables().documents.find({ envelopeId: id });
    const [revision] = await tables().revisions.find({ documentId: document?.id ?? '', kind: 'signature' });
    if (!revision) throw new Error('There is no signature.');
    await tables().revisions.insert({ ...revision, number: 9, sha256: 'f'.repeat(64) });
    expect(await problem()).to.deep.equal({ envelopeId: id, seq: 0, what: 'unlogged' });
  });
});
