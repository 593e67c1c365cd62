import { bytesSource, validatePdf, webCryptoHash } from '@sky-sign/pades';
import type { CompletionResult, Draft } from '@sky-sign/protocol';
import { expect } from 'chai';
import { verifyAudit } from '../audit/verify.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { saveDraft } from '../signing/save-draft.js';
import { createTestServer, ok, onePage, problemOf } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, fillAll, openSigner, signAs } from '../testing/test-signer.js';

const contractor = { email: 'yamada@example.jp', code: '4126' };
const city = { email: 'hanako@example.jp' };

describe('completion', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());

  it('refuses a consent signed by another key, over other values, or for another text', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const good = await signer.request();
    const other = await (await openSigner(server, contractor)).request();
    const forged = { ...good, consentSignature: other.consentSignature };
    const swapped = { ...good, values: good.values.map((each) => (typeof each.value === 'string' ? { ...each, value: '別の値' } : each)) };
    const text = await signer.request(undefined, undefined, (consent) => ({ ...consent, consentText: { ...consent.consentText, sha256: '0'.repeat(64) } }));
    for (const bad of [forged, swapped, text]) expect(await problemOf(await signer.complete(bad))).to.include({ status: 422, code: 'consent_invalid' });
  });

  it('refuses documents that were not displayed as they are, or not loaded to the end', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const flipped = await signer.request(undefined, undefined, (consent) => ({ ...consent, documents: consent.documents.map((each) => ({ ...each, sha256: 'f'.repeat(64) })) }));
    expect(await problemOf(await signer.complete(flipped))).to.include({ status: 409, code: 'document_changed' });
    await server.services.store.tables.deliveries.update({ sessionId: signer.sessionId }, { bytes: 10 });
    expect(await problemOf(await signer.complete())).to.include({ status: 409, code: 'document_changed' });
    for (const { id, sha256 } of signer.session.documents) expect((await signer.call('HEAD', `/v1/documents/${id}/revisions/${sha256}`)).status).to.equal(200);
    expect(await problemOf(await signer.complete())).to.include({ status: 409, code: 'document_changed' });
  });

  it('counts bytes that were fetched twice once: half a document is not a document', async () => {
    await server.send();
    const signer = await createSigner(server);
    await signer.start(await server.link(contractor.email));
    await signer.enter(contractor.code);
    const [{ id, sha256, length } = { id: '', sha256: '', length: 0 }] = signer.session.documents;
    const half = length >> 1;
    const fetchRange = async (range: string) => (await signer.call('GET', `/v1/documents/${id}/revisions/${sha256}`, { headers: { Range: `bytes=${range}` } })).arrayBuffer();
    for (let i = 0; i < 4; i += 1) await fetchRange(`0-${String(half - 1)}`);
    expect(await problemOf(await signer.complete())).to.include({ status: 409, code: 'document_changed' });
    await fetchRange(`${String(half + 1)}-`);
    expect(await problemOf(await signer.complete())).to.include({ status: 409, code: 'document_changed' });
    await fetchRange(`${String(half)}-${String(half)}`);
    expect((await signer.complete()).status).to.equal(200);
  });

  it('refuses what is filled in for somebody else', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const [theirs] = await server.services.store.tables.recipients.find({ email: city.email });
    const [field] = JSON.parse(theirs?.fields ?? '[]') as { id: string }[];
    const foreign = { fieldId: field?.id ?? '', value: '代わりに' };
    const refused = await problemOf(await signer.complete(await signer.request([...fillAll(signer.session), foreign])));
    expect(refused).to.deep.include({ status: 422, code: 'field_invalid', fields: [{ fieldId: field?.id, reason: 'unknown_field' }] });
  });

  it('refuses what the field rules refuse, and text that the font cannot draw', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const empty = await problemOf(await signer.complete(await signer.request([])));
    expect(empty).to.include({ status: 422, code: 'field_invalid' });
    const tofu = fillAll(signer.session).map((each) => (typeof each.value === 'string' && each.value.startsWith('株') ? { ...each, value: '工事 🏗' } : each));
    const refused = await problemOf(await signer.complete(await signer.request(tofu)));
    expect(refused).to.include({ code: 'field_invalid' });
    expect(refused['fields']).to.deep.include({ fieldId: signer.session.fields.find(({ label }) => label === '所在地')?.id, reason: 'glyph_missing' });
    const scribble = await signer.request(undefined, [{ fieldId: signer.session.fields.find(({ kind }) => kind === 'signature')?.id ?? '', kind: 'image', png: btoa('<svg/>'), widthMm: 20, heightMm: 20 }]);
    expect(await problemOf(await signer.complete(scribble))).to.include({ code: 'seal_invalid' });
  });

  it('refuses somebody whose turn has not come', async () => {
    const { id, recipients } = await server.send();
    const answer = await ok<{ token: string }>(await server.asSender('POST', `/v1/envelopes/${id}/recipients/${recipients[1]?.id ?? ''}/embed-tokens`, { origin: 'https://portal.example' }));
    const early = await createSigner(server, 'https://portal.example');
    await early.start(answer.token);
    await early.enter('');
    await early.read();
    expect(early.session.recipient.status).to.equal('waiting');
    expect(await problemOf(await early.complete())).to.include({ status: 409, code: 'not_your_turn' });
  });

  it('signs for the contractor, then for the city, and what comes out validates', async () => {
    const { id } = await server.send();
    const first = await signAs(server, contractor);
    expect(first.session.recipient.status).to.equal('signed');
    const second = await signAs(server, city);
    const [document] = second.session.documents;
    const bytes = new Uint8Array(await (await second.call('GET', `/v1/documents/${document?.id ?? ''}/revisions/${document?.sha256 ?? ''}`)).arrayBuffer());
    const report = await validatePdf(bytesSource(bytes), { anchors: [server.root], hash: webCryptoHash(crypto), crypto });
    const signatures = report.signatures.filter(({ kind }) => kind === 'signature');
    expect(signatures.map(({ integrity, trusted, level }) => ({ integrity, trusted, level }))).to.deep.equal(Array.from({ length: 2 }, () => ({ integrity: true, trusted: true, level: 'B-LTA' })));
    expect(report.ok).to.equal(true);
    expect(report.signatures[0]?.reason).to.match(/^山田 太郎 様 yamada@example\.jp が \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+09:00 JST に承認しました$/u);
    expect(await verifyAudit(server.services, server.services.store.tables, id)).to.equal(undefined);
    expect(await server.link('city@example.jp', 'download')).to.match(/^skd_/u);
    expect(await server.link('yamada@example.jp', 'download')).to.match(/^skd_/u);
  });

  it('lets three people sign two documents, in order and in parallel, each of them every document', async () => {
    const place = (document: number, x: number) => ({ document, page: 1, kind: 'signature' as const, rect: [x, 300, 60, 60] as [number, number, number, number] });
    const person = (name: string, order: number, fields: ReturnType<typeof place>[]) => ({ name, email: `${name}@example.jp`, order, fields });
    await server.send(
      { recipients: [person('a', 1, [place(0, 50), place(0, 150), place(1, 50)]), person('b', 2, [place(0, 250)]), person('c', 2, [])] },
      [await onePage('one'), await onePage('two')],
    );
    await signAs(server, { email: 'a@example.jp' });
    const b = await openSigner(server, { email: 'b@example.jp' });
    const c = await openSigner(server, { email: 'c@example.jp' });
    const [first, second] = await Promise.all([b.complete(), c.complete()]);
    expect([first.status, second.status]).to.deep.equal([200, 200]);
    const { documents } = await ok<{ documents: { id: string; sha256: string }[] }>(await c.call('GET', `/v1/sessions/${c.sessionId}`));
    for (const { id, sha256 } of documents) {
      const bytes = new Uint8Array(await (await c.call('GET', `/v1/documents/${id}/revisions/${sha256}`)).arrayBuffer());
      const report = await validatePdf(bytesSource(bytes), { anchors: [server.root], hash: webCryptoHash(crypto), crypto });
      expect(report.ok).to.equal(true);
      expect(report.signatures.map(({ level }) => level).slice(0, 3)).to.deep.equal(['B-LTA', 'B-LTA', 'B-LTA']);
      expect(report.signatures.map(({ kind }) => kind)).to.deep.equal(['signature', 'signature', 'signature', 'timestamp']);
    }
  });

  it('tells the signer by mail of every act on a page of somebody else', async () => {
    const { id, recipients } = await server.send();
    const path = `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/embed-tokens`;
    const { token } = await ok<{ token: string }>(await server.asSender('POST', path, { origin: 'https://portal.example' }));
    const person = await createSigner(server, 'https://portal.example');
    await person.start(token);
    await person.enter('4126');
    await person.read();
    expect((await person.complete()).status).to.equal(200);
    await runDue(server.services);
    const notice = (await listMails(server.services)).find(({ body }) => body.includes('https://portal.example'));
    const signed = await server.services.store.tables.revisions.find({ kind: 'signature' });
    expect(notice?.to).to.equal('yamada@example.jp');
    expect(notice?.body).to.include('心当たりがない場合').and.include(signed[0]?.sha256 ?? '-');
  });

  it('answers the same to a double click, and 422 to another body under the same key while sealing', async () => {
    const held: (() => void)[] = [];
    const slow = await createTestServer({ patienceMs: 300, aroundTimestamp: (stamp) => (request) => new Promise((resolve) => held.push(() => resolve(stamp(request)))) });
    await slow.send();
    const signer = await openSigner(slow, contractor);
    const request = await signer.request();
    const [one, two] = await Promise.all([signer.complete(request, 'same'), signer.complete(request, 'same')]);
    expect([one.status, two.status]).to.deep.equal([202, 202]);
    const other = await signer.request(fillAll(signer.session).map((each) => (typeof each.value === 'string' && each.value.startsWith('株') ? { ...each, value: '別' } : each)));
    expect(await problemOf(await signer.complete(other, 'same'))).to.include({ status: 422, code: 'idempotency_mismatch' });
    while (held.length > 0) held.shift()?.();
    for (;;) {
      const again = await ok<CompletionResult>(await signer.complete(other, 'another'));
      if (again.status === 'signed') break;
    }
    expect((await slow.services.store.tables.revisions.find({ kind: 'signature' })).length).to.equal(1);
    await slow.stop();
  });

  it('keeps a draft until the act, and gives it back on resume', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const draft: Draft = { values: fillAll(signer.session), seals: [] };
    await ok(await signer.call('PUT', `/v1/sessions/${signer.sessionId}/draft`, { json: draft }));
    signer.token = '';
    const resumed = await ok<{ session: typeof signer.session; token: string }>(await signer.call('POST', `/v1/sessions/${signer.sessionId}/resume`));
    expect(resumed.session.draft?.values).to.deep.equal(draft.values);
    const stored = await server.services.store.tables.drafts.find({});
    expect(new TextDecoder().decode(stored[0]?.sealed)).to.not.include('髙');
  });

  it('takes no act after the deadline, even while another one is being finished', async () => {
    const slow = await createTestServer({ patienceMs: 50, aroundTimestamp: () => () => Promise.reject(new Error('down')) });
    const person = (email: string) => ({ name: 'x', email, fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] });
    await slow.send({ deadline: new Date(Date.now() + 4 * 60_000).toISOString(), recipients: [person('a@example.jp'), person('b@example.jp')] });
    const a = await openSigner(slow, { email: 'a@example.jp' });
    const b = await openSigner(slow, { email: 'b@example.jp' });
    expect((await a.complete()).status).to.equal(202);
    slow.pass(4 * 60_000 + 1);
    expect(await problemOf(await b.complete())).to.include({ status: 410, code: 'link_ended', state: 'expired' });
    await slow.stop();
  });

  it('keeps no draft that arrives together with the act', async () => {
    await server.send();
    const signer = await openSigner(server, contractor);
    const { tables } = server.services.store;
    const [session] = await tables.sessions.find({ id: signer.sessionId });
    const [recipient] = await tables.recipients.find({ email: contractor.email });
    const [envelope] = await tables.envelopes.find({});
    if (!session || !recipient || !envelope) throw new Error('There is no caller.');
    expect((await signer.complete()).status).to.equal(200);
    const late: unknown = await saveDraft(server.services, { session, recipient, envelope }, { values: [], seals: [] }).catch((error: unknown) => error);
    expect(late).to.have.property('code', 'not_your_turn');
    expect(await tables.drafts.find({})).to.deep.equal([]);
  });
});

describe('a timestamp authority that hangs', () => {
  it('holds up nobody else: another envelope is signed, and its mails go out', async () => {
    let hang = true;
    let release: (() => void) | undefined;
    const server = await createTestServer({
      worker: true,
      patienceMs: 200,
      aroundTimestamp: (stamp) => (request) => (hang ? new Promise((resolve) => (release = () => resolve(stamp(request)))) : stamp(request)),
    });
    const single = (email: string) => ({ recipients: [{ name: 'x', email, fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] }] });
    await server.send(single('stuck@example.jp'));
    await server.send(single('free@example.jp'));
    const stuck = await openSigner(server, { email: 'stuck@example.jp' });
    expect((await stuck.complete()).status).to.equal(202);
    hang = false;
    // On a busy machine even this takes longer than the patience of the test's server.
    expect((await (await openSigner(server, { email: 'free@example.jp' })).complete()).status).to.be.oneOf([200, 202]);
    const mailed = async (to: string) => (await listMails(server.services)).some((mail) => mail.to === to && mail.subject === '電子署名完了のお知らせ');
    while (!(await mailed('free@example.jp'))) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await mailed('stuck@example.jp')).to.equal(false);
    release?.();
    while (!(await mailed('stuck@example.jp'))) await new Promise((resolve) => setTimeout(resolve, 10));
    await server.stop();
  });
});
