import type { DownloadPage, EnvelopeInput } from '@sky-sign/protocol';
import { validatePdf } from '@sky-sign/pades';
import { expect } from 'chai';
import { readAudit } from '../audit/export.js';
import { verifyAudit } from '../audit/verify.js';
import { openRevision } from '../blobs/revisions.js';
import { openSqlite } from '../node/open-sqlite.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { createTestServer, ok, onePage, origin, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';

type Recipient = EnvelopeInput['recipients'][number];

const signer = (order: number, filled = false): Recipient => ({
  name: '山田 太郎',
  email: 'signer@example.jp',
  order,
  fields: [{ document: 0, page: 1, kind: 'signature', rect: [400, 600, 70, 70] }, ...(filled ? [{ document: 0, page: 1, kind: 'text' as const, rect: [72, 600, 220, 22] as [number, number, number, number] }] : [])],
});
const approver = (order: number): Recipient => ({ name: '課長 一郎', email: 'approver@example.jp', role: 'approver', order, accessCode: '739152' });
const copy: Recipient = { name: '経理 次郎', email: 'copy@example.jp', role: 'copy' };
const approving = { email: 'approver@example.jp', code: '739152' };
const signing = { email: 'signer@example.jp' };

function onStore(name: string, open: () => Promise<Store>): void {
  describe(`approvers and copies: ${name}`, () => {
    let server: TestServer;
    beforeEach(async () => {
      server = await createTestServer({ store: await open() });
    });
    afterEach(() => server.stop());

    const stateOf = async (id: string) => {
      const { tables } = server.services.store;
      const [envelope] = await tables.envelopes.find({ id });
      const [document] = await tables.documents.find({ envelopeId: id });
      const source = await openRevision(server.services, { documentId: document?.id ?? '', number: document?.revision ?? 0 });
      const { signatures } = await validatePdf(source, { anchors: [server.root], hash: server.services.hash, crypto });
      return { status: envelope?.status, revision: document?.revision, levels: signatures.filter(({ kind }) => kind === 'signature').map(({ level }) => level) };
    };
    const typesOf = async (id: string) => (await readAudit(server.services, server.services.store.tables, id)).map(({ type }) => type);

    it('close the file with the last signature and the envelope with the last approval', async () => {
      const { id } = await server.send({ recipients: [signer(1), approver(2), copy] });
      await signAs(server, signing);
      expect(await stateOf(id)).to.deep.equal({ status: 'in_progress', revision: 2, levels: ['B-LTA'] });

      const { session } = await signAs(server, approving);
      expect(session.recipient).to.include({ role: 'approver', status: 'signed' });
      expect(await stateOf(id)).to.deep.equal({ status: 'completed', revision: 2, levels: ['B-LTA'] });
      await runDue(server.services);
      expect(await typesOf(id)).to.include.members(['approved', 'completed', 'certificate']);
      expect(await verifyAudit(server.services, server.services.store.tables, id)).to.equal(undefined);

      const page = await ok<DownloadPage>(
        await server.app.request(new Request(`${origin}/v1/downloads`, { method: 'POST', body: JSON.stringify({ token: await server.link('copy@example.jp', 'download') }), headers: { Origin: origin } })),
      );
      expect(page.recipients.map(({ role, status, you }) => [role, status, you])).to.deep.equal([['signer', 'signed', undefined], ['approver', 'signed', undefined], ['copy', 'waiting', true]]);
      const mails = (await listMails(server.services)).map(({ to, subject }) => `${to} ${subject}`);
      expect(mails.filter((mail) => mail.startsWith('copy@'))).to.deep.equal(['copy@example.jp 電子署名完了のお知らせ']);
      expect(mails).to.include('approver@example.jp 青葉市 様より「工事請負契約」への確認依頼が届いています');
    });

    it('come before signers, too, and change not a byte', async () => {
      const { id } = await server.send({ recipients: [approver(1), signer(2)] });
      const before = await stateOf(id);
      await signAs(server, approving);
      expect(await stateOf(id)).to.deep.equal({ ...before, status: 'in_progress' });
      await signAs(server, signing);
      expect(await stateOf(id)).to.deep.equal({ status: 'completed', revision: 2, levels: ['B-LTA'] });
      expect((await typesOf(id)).filter((type) => ['consented', 'approved', 'signed', 'completed'].includes(type))).to.deep.equal(['consented', 'approved', 'consented', 'signed', 'completed']);
    });

    it('act in the same turn as signers, whoever comes first', async () => {
      for (const first of [signing, approving]) {
        const { id } = await server.send({ recipients: [signer(1), approver(1)] });
        const people = first === signing ? [signing, approving] : [approving, signing];
        for (const person of people) await signAs(server, person);
        expect(await stateOf(id)).to.deep.equal({ status: 'completed', revision: 2, levels: ['B-LTA'] });
      }
    });

    it('approve what they have seen: another signature is fine, other values are shown first', async () => {
      await server.send({ recipients: [signer(1), approver(1)] });
      const calm = await openSigner(server, approving);
      await signAs(server, signing);
      expect((await calm.complete()).status).to.equal(200);
      await server.send({ recipients: [signer(1, true), approver(1)] });
      const surprised = await openSigner(server, approving);
      await signAs(server, signing);
      expect(await problemOf(await surprised.complete())).to.include({ status: 409, code: 'document_changed' });
    });

    it('approve once, whatever is sent again, and sign nothing by that', async () => {
      const { id } = await server.send({ recipients: [approver(1), signer(2)] });
      const person = await openSigner(server, approving);
      const request = await person.request();
      const answers = await Promise.all([person.complete(request, 'same-key'), person.complete(request, 'same-key'), person.complete(request, 'other-key')]);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
      expect((await typesOf(id)).filter((type) => type === 'approved')).to.have.length(1);
      expect(await server.services.store.tables.outbox.find({ kind: 'seal' })).to.deep.equal([]);
    });

    it('consent to what their role does, and to nothing else', async () => {
      await server.send({ recipients: [approver(1), signer(1)] });
      for (const [person, act] of [[approving, 'sign'], [signing, 'approve']] as const) {
        const someone = await openSigner(server, person);
        const request = await someone.request(undefined, undefined, (consent) => ({ ...consent, act }));
        expect(await problemOf(await someone.complete(request)), act).to.include({ status: 422, code: 'consent_invalid' });
      }
    });

    it('end the envelope by declining', async () => {
      const { id } = await server.send({ recipients: [signer(1), approver(2)] });
      await signAs(server, signing);
      const person = await openSigner(server, approving);
      expect((await person.call('POST', `/v1/sessions/${person.sessionId}/decline`, { json: { reason: '金額が違います' } })).status).to.equal(204);
      expect((await stateOf(id)).status).to.equal('declined');
    });

    it('are refused where nobody signs, with fields, and a copy with a code or a page to sign on', async () => {
      const { id: documentId } = await server.upload(await onePage());
      const create = (recipients: Recipient[]) => server.asSender('POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id: documentId }], recipients });
      const fields = signer(1).fields ?? [];
      for (const recipients of [[approver(1)], [copy], [signer(1), { ...approver(1), fields }], [signer(1), { ...copy, fields }], [signer(1), { ...copy, accessCode: '739152' }]]) {
        expect(await problemOf(await create(recipients)), JSON.stringify(recipients)).to.include({ status: 400, code: 'request_invalid' });
      }
      const { id, recipients } = await server.send({ recipients: [signer(1), copy] });
      const receiver = recipients.find(({ role }) => role === 'copy');
      expect(await problemOf(await server.asSender('POST', `/v1/envelopes/${id}/recipients/${receiver?.id ?? ''}/embed-tokens`, { origin: 'https://portal.example' }))).to.include({ code: 'envelope_state' });
      await signAs(server, signing);
      expect((await stateOf(id)).status).to.equal('completed');
    });
  });
}

onStore('memory', () => Promise.resolve(createMemoryStore()));
onStore('SQLite', () => openSqlite(':memory:'));
