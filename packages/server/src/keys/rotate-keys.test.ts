import { bytesSource, validatePdf, webCryptoHash } from '@sky-sign/pades';
import { expect } from 'chai';
import { verifyAudit } from '../audit/verify.js';
import { hashSource, openRevision } from '../blobs/revisions.js';
import { openPersonal } from '../audit/personal.js';
import { openSource } from '../blobs/source.js';
import { runDue } from '../outbox/run.js';
import { createMemoryStore } from '../store/memory-store.js';
import { createTestServer, smallEnvelope } from '../testing/test-server.js';
import { signAs } from '../testing/test-signer.js';
import { importMasterKey, openKeyRing } from './key-ring.js';
import { rotateKeys } from './rotate-keys.js';

describe('rotation of keys under load', () => {
  it('loses nothing that is written before, meanwhile or after, and the old master key opens nothing any more', async function () {
    this.timeout(60_000);
    const store = createMemoryStore();
    const [old, next] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    const server = await createTestServer({ store, masterKey: old });
    const masters = { masterKey: await importMasterKey(crypto, old), newMasterKey: await importMasterKey(crypto, next) };
    const life = async (i: number): Promise<string> => {
      const recipients = smallEnvelope.recipients.map((each) => ({ ...each, email: `${String(i)}-${each.email}` }));
      const { id } = await server.send({ recipients });
      await signAs(server, { email: `${String(i)}-yamada@example.jp`, code: '4126' });
      await signAs(server, { email: `${String(i)}-hanako@example.jp` });
      return id;
    };
    const first = await life(0);
    const during = Promise.all([life(1), life(2), life(3)]);
    await rotateKeys({ crypto, store, ...masters });
    // The running server does not know the new keys; a second rotation comes on top of the first.
    await rotateKeys({ crypto, store, masterKey: masters.newMasterKey, newMasterKey: masters.newMasterKey });
    const ids = [first, ...(await during)];
    await runDue(server.services);

    const refused: unknown = await openKeyRing({ crypto, store, masterKey: masters.masterKey }).catch((error: unknown) => error);
    expect(refused).to.have.property('message').that.includes('master key');
    const keys = await openKeyRing({ crypto, store, masterKey: masters.newMasterKey });
    expect(keys.newest('audit')).to.not.equal(server.services.keys.newest('audit'));
    const needs = { crypto, keys, store, hash: webCryptoHash(crypto) };
    for (const id of ids) {
      expect(await verifyAudit(needs, store.tables, id)).to.equal(undefined);
      for (const { id: documentId, revision: number } of await store.tables.documents.find({ envelopeId: id })) {
        const source = await openRevision(needs, { documentId, number });
        const [revision] = await store.tables.revisions.find({ documentId, number });
        expect(await hashSource(needs, source)).to.equal(revision?.sha256);
        const bytes = await source.read(0, source.length);
        expect((await validatePdf(bytesSource(bytes), { anchors: [server.root], hash: needs.hash, crypto })).ok).to.equal(true);
        const [certificate] = await store.tables.certificates.find({ documentId });
        expect((await openSource(needs, [certificate?.segmentId ?? ''])).length).to.equal(certificate?.length);
      }
      const [values] = await store.tables.auditValues.find({ envelopeId: id });
      const [row] = values ? await store.tables.audit.find({ envelopeId: id, seq: values.seq }) : [];
      if (!values || !row) throw new Error('Nothing personal was logged.');
      expect(await openPersonal(needs, values, (JSON.parse(row.data) as { personal: Record<string, string> }).personal)).to.have.property('address', '192.0.2.7');
    }

    // A code that was hashed with the old pepper is still the code, for a server that begins with the new keys.
    const restarted = await createTestServer({ store, masterKey: next });
    await restarted.send();
    await signAs(restarted, { email: 'yamada@example.jp', code: '4126' });
    await server.stop();
  });
});
