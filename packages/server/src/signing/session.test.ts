import type { EnvelopeView, OpenedSession } from '@sky-sign/protocol';
import { expect } from 'chai';
import { generateKeyPair } from 'jose';
import { createApiKey } from '../auth/api-key.js';
import { mintToken } from '../auth/tokens.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, onePage, origin, problemOf, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, openSigner, signAs } from '../testing/test-signer.js';
import type { TestSigner } from '../testing/test-signer.js';

const contractor = { email: 'yamada@example.jp', code: '4126' };
const portal = 'https://portal.example';

async function embedToken(server: TestServer, { id, recipients }: EnvelopeView, from = portal): Promise<string> {
  const path = `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/embed-tokens`;
  return (await ok<{ token: string }>(await server.asSender('POST', path, { origin: from }))).token;
}

describe('links, sessions and proofs', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());

  it('survives fifty openings by scanners: nothing is viewed, nothing told, the link still works', async () => {
    const { id } = await server.send();
    const link = await server.link(contractor.email);
    for (let i = 0; i < 50; i += 1) {
      const intro = await (await createSigner(server)).start(link);
      expect(JSON.stringify(intro)).to.not.include('工事請負契約');
    }
    expect((await server.services.store.tables.audit.find({ envelopeId: id })).map(({ type }) => type)).to.deep.equal(['created', 'sent', 'mailed']);
    const person = await createSigner(server);
    await person.start(link);
    expect((await person.enter('4126')).envelope.title).to.equal('工事請負契約');
  });

  it('exchanges an embed token for one key only, and tells the log about the other', async () => {
    const envelope = await server.send();
    const token = await embedToken(server, envelope);
    const page = await createSigner(server, portal);
    await page.start(token);
    await page.start(token);
    const thief = await createSigner(server, portal);
    expect(await problemOf(await thief.call('POST', '/v1/sessions', { json: { linkToken: token } }))).to.include({ status: 404, code: 'link_unknown' });
    const alerts = await server.services.store.tables.audit.find({ envelopeId: envelope.id, type: 'embed_token_refused' });
    expect(alerts.length).to.equal(1);
    server.pass(3 * 60_000);
    expect(await problemOf(await page.call('POST', '/v1/sessions', { json: { linkToken: token } }))).to.include({ code: 'link_unknown' });
  });

  it('refuses an embed token from another origin, a mailed link from any page, and the null origin', async () => {
    const envelope = await server.send();
    const token = await embedToken(server, envelope);
    const link = await server.link(contractor.email);
    for (const [from, linkToken] of [['https://evil.example', token], [portal, link], ['null', link], ['http://portal.example', token]] as const) {
      const caller = await createSigner(server, from);
      expect(await problemOf(await caller.call('POST', '/v1/sessions', { json: { linkToken } })), from).to.include({ status: 403, code: 'origin_not_allowed' });
    }
    const program = await createSigner(server);
    const answer = await program.call('POST', '/v1/sessions', { json: { linkToken: link }, origin: undefined });
    expect(await problemOf(answer)).to.include({ code: 'origin_not_allowed' });
    const own = await program.call('POST', '/v1/sessions', { json: { linkToken: link }, origin: undefined, headers: { 'Sec-Fetch-Site': 'same-origin' } });
    expect(own.status).to.equal(201);
  });

  it('refuses a token without its key, and proofs for another path, method, token or time', async () => {
    await server.send();
    const person = await openSigner(server, contractor);
    const path = `/v1/sessions/${person.sessionId}`;
    const stranger = await generateKeyPair('ES256', { extractable: true });
    expect(await problemOf(await person.call('GET', path, { key: stranger }))).to.include({ status: 401, code: 'session_invalid' });
    for (const claims of [{ htu: `${origin}/v1/sessions/other` }, { htm: 'POST' }, { ath: 'x' }, { iat: 1 }, { htu: `https://evil.example${path}` }, { jti: 'x' }]) {
      expect(await problemOf(await person.call('GET', path, { claims })), JSON.stringify(claims)).to.include({ status: 401, code: 'dpop_invalid' });
    }
    expect(await problemOf(await person.call('GET', path, { claims: { nonce: 'AAAA' } }))).to.include({ status: 401, code: 'use_dpop_nonce' });
    const bare = await server.app.request(new Request(origin + path, { headers: { Origin: origin, Authorization: `DPoP ${person.token}` } }));
    expect(await problemOf(bare)).to.include({ status: 401, code: 'dpop_invalid' });
    expect((await person.call('GET', path)).status).to.equal(200);
  });

  it('asks for a nonce first, and for a newer one after five minutes', async () => {
    await server.send();
    const person = await openSigner(server, contractor);
    const path = `/v1/sessions/${person.sessionId}`;
    const refused = await person.call('GET', path, { claims: { nonce: undefined } });
    expect(refused.headers.get('DPoP-Nonce')).to.be.a('string');
    expect(await problemOf(refused)).to.include({ code: 'use_dpop_nonce' });
    server.pass(6 * 60_000);
    const late = await person.call('POST', `${path}/resume`, { headers: { Authorization: '' }, claims: {} });
    expect(await problemOf(late)).to.include({ code: 'use_dpop_nonce' });
  });

  it('takes a proof that changes something once', async () => {
    await server.send();
    const person = await openSigner(server, contractor);
    const event = { type: 'viewed', documentId: person.session.documents[0]?.id };
    const send = () => person.call('POST', `/v1/sessions/${person.sessionId}/events`, { json: event, claims: { jti: 'the-very-same' } });
    expect((await send()).status).to.equal(204);
    expect(await problemOf(await send())).to.include({ status: 401, code: 'dpop_invalid' });
  });

  it('resumes by proof of the same key, refuses another one, and ends after half an hour', async () => {
    await server.send();
    const person = await openSigner(server, contractor);
    const resume = (ask = {}) => person.call('POST', `/v1/sessions/${person.sessionId}/resume`, { headers: { Authorization: '' }, ...ask });
    const resumed = await ok<OpenedSession>(await resume());
    expect(resumed.session.envelope.title).to.equal('工事請負契約');
    expect(await problemOf(await resume({ key: await generateKeyPair('ES256', { extractable: true }) }))).to.include({ code: 'session_invalid' });
    server.pass(31 * 60_000);
    expect(await problemOf(await resume())).to.include({ status: 401, code: 'session_invalid' });
  });

  it('goes on only with a token of the same person’s request, where it comes with one, and does not use it up', async () => {
    const mine = await server.send();
    const person = await openSigner(server, contractor);
    const other = await server.send();
    const call = (ask: object) => person.call('POST', `/v1/sessions/${person.sessionId}/resume`, ask);
    const resume = (linkToken: string) => call({ headers: { Authorization: '' }, json: { linkToken } });
    const token = await embedToken(server, mine, origin);
    for (let time = 0; time < 2; time += 1) expect((await resume(token)).status).to.equal(200);
    const colleague = { ...mine, recipients: mine.recipients.slice(1) };
    const wrongs = [await embedToken(server, other, origin), await embedToken(server, colleague, origin), `skl_${'A'.repeat(43)}`];
    for (const wrong of wrongs) expect(await problemOf(await resume(wrong))).to.include({ status: 401, code: 'session_invalid' });
    for (const type of ['text/plain', 'application/json']) {
      expect(await problemOf(await call({ headers: { Authorization: '', 'Content-Type': type }, json: { linkToken: wrongs[0] } })), type).to.include({ code: 'session_invalid' });
      expect((await call({ headers: { Authorization: '', 'Content-Type': type }, text: '' })).status, type).to.equal(200);
    }
    expect((await (await createSigner(server)).start(token)).accessCodeRequired).to.equal(true);
    // Nor is a page that means another request told that this one has ended.
    await server.asSender('POST', `/v1/envelopes/${mine.id}/void`, { reason: '誤り' });
    expect(await problemOf(await resume(wrongs[0] ?? ''))).to.include({ status: 401, code: 'session_invalid' });
    expect(await problemOf(await resume(token))).to.include({ status: 410, code: 'link_ended' });
  });

  it('does not go on with the token of a download', async () => {
    await server.send();
    const person = await openSigner(server, contractor);
    const { tables } = server.services.store;
    const [mailed] = await tables.tokens.find({ kind: 'link' });
    const { token, hash } = await mintToken(server.services.crypto, 'download');
    const [session] = await tables.sessions.find({ id: person.sessionId });
    await tables.tokens.insert({ ...mailed!, hash, kind: 'download', recipientId: session!.recipientId });
    expect(await problemOf(await person.call('POST', `/v1/sessions/${person.sessionId}/resume`, { headers: { Authorization: '' }, json: { linkToken: token } }))).to.include({ code: 'session_invalid' });
  });

  it('keeps the three windows that were used last: a fourth one ends the one that was unused longest', async () => {
    await server.send();
    const windows = [];
    for (let i = 0; i < 3; i += 1) {
      windows.push(await openSigner(server, contractor));
      server.pass(90_000);
    }
    const resume = (person: TestSigner) => person.call('POST', `/v1/sessions/${person.sessionId}/resume`, { headers: { Authorization: '' } });
    // The first is used again, so that the second is the oldest.
    expect((await windows[0]?.call('GET', `/v1/sessions/${windows[0].sessionId}`))?.status).to.equal(200);
    windows.push(await openSigner(server, contractor));
    const answers = await Promise.all(windows.map(resume));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 401, 200, 200]);
    expect(await problemOf(answers[1] as Response)).to.include({ code: 'session_superseded' });
    // Neither its token nor the code brings the window back; the link does.
    const [, ended] = windows as [TestSigner, TestSigner];
    expect(await problemOf(await ended.call('GET', `/v1/sessions/${ended.sessionId}`))).to.include({ status: 401, code: 'session_superseded' });
    expect(await problemOf(await ended.call('POST', `/v1/sessions/${ended.sessionId}/access-code`, { json: { accessCode: '4126' }, headers: { Authorization: '' } }))).to.include({ code: 'session_superseded' });
    expect((await (await openSigner(server, contractor)).complete()).status).to.equal(200);
  });

  it('says of a dead link only its state and whom to ask: after the act, void, decline and delegation', async () => {
    const ends: readonly [string, string, (envelope: EnvelopeView, person: TestSigner) => Promise<unknown>][] = [
      ['signed', 'signed', async (_, person) => ok(await person.complete())],
      ['void', 'voided', async ({ id }) => ok(await server.asSender('POST', `/v1/envelopes/${id}/void`, { reason: '誤り' }))],
      ['decline', 'declined', (_, person) => person.call('POST', `/v1/sessions/${person.sessionId}/decline`, { json: { reason: '差戻し' } })],
      ['delegation', 'replaced', (_, person) => person.call('POST', `/v1/sessions/${person.sessionId}/delegation`, { json: { name: '佐藤', email: 'sato@example.jp' } })],
    ];
    for (const [what, state, end] of ends) {
      const email = `${what}@example.jp`;
      const recipients = smallEnvelope.recipients.map((each) => (each.order === 1 ? { ...each, email, mayDelegate: true } : each));
      const envelope = await server.send({ recipients });
      const link = await server.link(email);
      const person = await openSigner(server, { email, code: '4126' });
      await end(envelope, person);
      const late = await problemOf(await (await createSigner(server)).call('POST', '/v1/sessions', { json: { linkToken: link } }));
      expect(late, what).to.deep.include({ status: 410, code: 'link_ended', state, sender: { name: '青葉市', contact: '022-000-1234' } });
      if (what === 'signed') continue;
      expect((await person.call('GET', `/v1/sessions/${person.sessionId}`)).status, what).to.equal(410);
    }
    const colleague = await openSigner(server, { email: 'sato@example.jp', code: '4126' });
    expect((await colleague.complete()).status).to.equal(200);
  });

  it('mails no link to an envelope that was taken back while the mail waited', async () => {
    const { id } = await server.send();
    await ok(await server.asSender('POST', `/v1/envelopes/${id}/void`, { reason: '誤り' }));
    await runDue(server.services);
    expect((await server.services.store.tables.tokens.find({})).length).to.equal(0);
    expect((await listMails(server.services)).map(({ subject }) => subject)).to.deep.equal(['「工事請負契約」の署名依頼が取り消されました']);
  });

  it('opens nothing of an envelope that is over, even by a token and a session that nobody ended', async () => {
    const { id } = await server.send();
    const { tables } = server.services.store;
    const link = await server.link(contractor.email);
    const inside = await openSigner(server, contractor);
    const before = await createSigner(server);
    await before.start(link);
    await ok(await server.asSender('POST', `/v1/envelopes/${id}/void`, { reason: '誤り' }));
    await tables.tokens.update({ envelopeId: id }, { endedState: null });
    await tables.sessions.update({ envelopeId: id }, { endedState: null });
    const late = await createSigner(server);
    const answers = [
      await late.call('POST', '/v1/sessions', { json: { linkToken: link } }),
      await before.call('POST', `/v1/sessions/${before.sessionId}/access-code`, { json: { accessCode: '4126' } }),
      await inside.call('GET', `/v1/sessions/${inside.sessionId}`),
    ];
    for (const answer of answers) expect(await problemOf(answer)).to.include({ status: 410, code: 'link_ended', state: 'voided' });
  });

  it('asks for no code any more when the deadline passes behind the opened link', async () => {
    await server.send({ deadline: new Date(Date.now() + 4 * 60_000).toISOString() });
    const person = await createSigner(server);
    await person.start(await server.link(contractor.email));
    server.pass(5 * 60_000);
    const answer = await person.call('POST', `/v1/sessions/${person.sessionId}/access-code`, { json: { accessCode: '4126' } });
    expect(await problemOf(answer)).to.include({ status: 410, code: 'link_ended', state: 'expired' });
  });

  it('ends an envelope at its deadline', async () => {
    await server.send();
    const link = await server.link(contractor.email);
    server.pass(31 * 86_400_000);
    const late = await (await createSigner(server)).call('POST', '/v1/sessions', { json: { linkToken: link } });
    // The test clock is ahead of the proof's, so the proof must be from then.
    expect(await problemOf(late)).to.include({ code: 'dpop_invalid' });
    const there = await createSigner(server);
    const iat = Math.floor(server.services.now() / 1000);
    const asked = await there.call('POST', '/v1/sessions', { json: { linkToken: link }, claims: { iat } });
    const nonce = asked.headers.get('DPoP-Nonce');
    expect(await problemOf(await there.call('POST', '/v1/sessions', { json: { linkToken: link }, claims: { iat, nonce } }))).to.include({ code: 'link_ended', state: 'expired' });
  });
});

describe('authority', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await createTestServer();
  });
  afterEach(() => server.stop());

  it('finds nothing of another envelope, whatever the route', async () => {
    await server.send();
    const other = await server.send({ recipients: smallEnvelope.recipients.map((each) => ({ ...each, email: `other-${each.email}` })) });
    const person = await openSigner(server, contractor);
    const stranger = await openSigner(server, { email: 'other-yamada@example.jp', code: '4126' });
    const [document] = stranger.session.documents;
    const asks: readonly [string, string, unknown?][] = [
      ['GET', `/v1/sessions/${stranger.sessionId}`],
      ['PUT', `/v1/sessions/${stranger.sessionId}/draft`, { values: [], seals: [] }],
      ['POST', `/v1/sessions/${stranger.sessionId}/completion`, await stranger.request()],
      ['POST', `/v1/sessions/${stranger.sessionId}/decline`, { reason: 'x' }],
      ['POST', `/v1/sessions/${stranger.sessionId}/delegation`, { name: 'x', email: 'x@example.jp' }],
      ['POST', `/v1/sessions/${stranger.sessionId}/events`, { type: 'viewed', documentId: document?.id }],
      ['POST', `/v1/sessions/${person.sessionId}/events`, { type: 'viewed', documentId: document?.id }],
      ['GET', `/v1/documents/${document?.id ?? ''}/revisions/${document?.sha256 ?? ''}`],
      ['GET', `/v1/envelopes/${other.id}/progress`],
    ];
    for (const [method, path, json] of asks) {
      expect(await problemOf(await person.call(method, path, { json, headers: { 'Idempotency-Key': 'k' } })), `${method} ${path}`).to.include({ status: 404, code: 'not_found' });
    }
  });

  it('finds nothing of another tenant, whatever the route', async () => {
    const { id, recipients, documents } = await server.send();
    const foreign = await createApiKey(server.services, 'another city');
    const asks: readonly [string, string, unknown?][] = [
      ['GET', `/v1/envelopes/${id}`],
      ['POST', `/v1/envelopes/${id}/send`],
      ['POST', `/v1/envelopes/${id}/void`, { reason: 'x' }],
      ['POST', `/v1/envelopes/${id}/remind`],
      ['POST', `/v1/envelopes/${id}/recipients/${recipients[0]?.id ?? ''}/embed-tokens`, { origin: portal }],
      ['GET', `/v1/documents/${documents[0]?.id ?? ''}/revisions/${documents[0]?.sha256 ?? ''}`],
      ['POST', '/v1/envelopes', { ...smallEnvelope, documents: [{ id: (await server.upload(await onePage())).id }] }],
    ];
    for (const [method, path, body] of asks) {
      expect(await problemOf(await server.asSender(method, path, body, foreign)), `${method} ${path}`).to.include({ status: 404, code: 'not_found' });
    }
  });

  it('refuses an API key from a page, a wrong one, and none', async () => {
    const call = (headers: Record<string, string>) => server.app.request(new Request(`${origin}/v1/envelopes/x`, { headers }));
    expect(await problemOf(await call({ Authorization: `Bearer ${server.apiKey}`, Origin: origin }))).to.include({ status: 403, code: 'origin_not_allowed' });
    expect(await problemOf(await call({ Authorization: 'Bearer ska_00000000_x' }))).to.include({ status: 401, code: 'api_key_invalid' });
    expect(await problemOf(await call({}))).to.include({ code: 'api_key_invalid' });
  });

  it('writes no token and no code anywhere: answers to senders, log, outbox, any table but the mails that were sent', async () => {
    const written: string[] = [];
    const watched = await createTestServer({ log: (event) => written.push(JSON.stringify(event)) });
    const envelope = await watched.send();
    written.push(JSON.stringify(envelope));
    await signAs(watched, contractor);
    await signAs(watched, { email: 'hanako@example.jp' });
    await runDue(watched.services);
    const { mails: _, ...tables } = watched.services.store.tables;
    for (const table of Object.values(tables)) {
      for (const row of await (table.find as (where: object) => Promise<readonly object[]>)({})) {
        written.push(JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value)));
      }
    }
    expect(written.filter((line) => /sk[laesfd]_[A-Za-z0-9_-]{20}/u.test(line))).to.deep.equal([]);
    expect(written.filter((line) => /"4126"|[^0-9]4126[^0-9]/u.test(line))).to.deep.equal([]);
    await watched.stop();
  });

  it('answers preflights for origins that some tenant embeds from, and no other', async () => {
    const envelope = await server.send();
    await embedToken(server, envelope);
    const preflight = (from: string) =>
      server.app.request(new Request(`${origin}/v1/sessions`, { method: 'OPTIONS', headers: { Origin: from, 'Access-Control-Request-Method': 'POST' } }));
    expect((await preflight(portal)).headers.get('Access-Control-Allow-Origin')).to.equal(portal);
    expect((await preflight('https://evil.example')).headers.get('Access-Control-Allow-Origin')).to.equal(null);
  });
});
