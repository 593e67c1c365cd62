import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DownloadPage, EmbedToken, WebhookCreated } from '@sky-sign/protocol';
import { expect } from 'chai';
import { hashCode } from '../auth/access-code.js';
import { own, utf8 } from '../bytes.js';
import { openSqlite } from '../node/open-sqlite.js';
import { listMails } from '../outbox/list-mails.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok, origin, smallEnvelope } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSigner, fillAll, openSigner, signAs } from '../testing/test-signer.js';

const code = 'kaki-77-momiji';
const contractor = { email: 'yamada@example.jp' };
const city = { email: 'hanako@example.jp' };
const withCode = { recipients: smallEnvelope.recipients.map((each) => (each.order === 1 ? { ...each, accessCode: code } : each)) };

describe('somebody who has the database file', () => {
  let folder: string;
  let server: TestServer;
  /** Everything secret that was handed out, by its kind. */
  const secrets = new Map<string, string>();
  const written: string[] = [];
  const egress: typeof fetch = async (input, init) => {
    written.push(await new Request(input, init).text());
    return new Response(null, { status: 204 });
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sky-sign-insider-'));
    server = await createTestServer({ store: await openSqlite(path.join(folder, 'test.sqlite')), log: (event) => written.push(JSON.stringify(event)), egress });
    const hook = await ok<WebhookCreated>(await server.asSender('POST', '/v1/webhooks', { url: 'https://portal.example/hooks' }));
    const envelope = await server.send(withCode);
    written.push(JSON.stringify(envelope));
    const embed = await ok<EmbedToken>(await server.asSender('POST', `/v1/envelopes/${envelope.id}/recipients/${envelope.recipients[0]?.id ?? ''}/embed-tokens`, { origin: 'https://portal.example' }));
    const link = await server.link(contractor.email);
    const wrong = await createSigner(server);
    await wrong.start(link);
    await wrong.call('POST', `/v1/sessions/${wrong.sessionId}/access-code`, { json: { accessCode: 'kaki-78-momiji' } });
    const signer = await openSigner(server, { email: contractor.email, code });
    const token = signer.token;
    await ok(await signer.call('PUT', `/v1/sessions/${signer.sessionId}/draft`, { json: { values: fillAll(signer.session), seals: [] } }));
    await ok(await signer.complete());
    await signAs(server, { email: city.email });
    await runDue(server.services);
    const download = await server.link(contractor.email, 'download');
    const page = await ok<DownloadPage>(await server.app.request(new Request(`${origin}/v1/downloads`, { method: 'POST', body: JSON.stringify({ token: download }), headers: { 'Content-Type': 'application/json' } })));
    const declined = await server.send(withCode);
    const declining = await openSigner(server, { email: contractor.email, code });
    await declining.call('POST', `/v1/sessions/${declining.sessionId}/decline`, { json: { reason: '辞退の理由は金額です' } });
    const voided = await server.send(withCode);
    await ok(await server.asSender('POST', `/v1/envelopes/${voided.id}/void`, { reason: '取消の理由は誤記です' }));
    for (const { id } of [envelope, declined, voided]) written.push(await (await server.asSender('GET', `/v1/envelopes/${id}`)).text());
    for (const [kind, secret] of Object.entries({ hook: hook.secret, embed: embed.token, link, session: token, download, file: /skf_[\w-]+/u.exec(page.documents[0]?.path ?? '')?.[0] ?? '', apiKey: server.apiKey })) secrets.set(kind, secret);
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** As it lies on the disk, the log of the last writes included: also what was deleted since. */
  const files = async (): Promise<Buffer> => Buffer.concat(await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name)))));

  it('finds no token of any kind, and no code', async () => {
    const disk = await files();
    for (const [kind, secret] of secrets) {
      expect(secret.length, kind).to.be.above(40);
      expect(disk.includes(secret), kind).to.equal(false);
      expect(disk.includes(secret.slice(-43)), kind).to.equal(false);
    }
    expect(disk.toString('latin1').match(/sk[lesdfa]_[A-Za-z0-9_-]{20}|whsec_/u)).to.equal(null);
    expect(disk.includes(code) || disk.includes('kaki-78')).to.equal(false);
    expect(disk.includes(envelopeTitle), 'what is looked for by search is there, so the scan reads the right file').to.equal(true);
  });

  it('cannot try codes: what is stored of one cannot be made from the code and the database', async () => {
    const { tables } = server.services.store;
    const [recipient] = (await tables.recipients.find({ email: contractor.email })).filter(({ codeHash }) => codeHash !== null);
    if (!recipient?.codeHash || !recipient.codeSalt) throw new Error('No code is stored.');
    const { codeSubject: subject, codeSalt: salt, codeHash, codeKeyId } = recipient;
    const stored = Buffer.from(codeHash).toString('hex');
    const mine = await hashCode(server.services, { subject, code, salt, keyId: codeKeyId ?? '' });
    expect(Buffer.from(mine).toString('hex')).to.equal(stored);
    // The keys in the database are wrapped; as they lie there, they are as good as any other.
    const [pepper] = await tables.keys.find({ id: codeKeyId ?? '' });
    const guesses = [utf8(code), utf8(`${subject}\0${code}`), utf8(`${subject}\0${code.normalize('NFKC')}`)];
    for (const guess of guesses) for (const key of [undefined, pepper?.wrapped, pepper?.wrapped.slice(8)]) expect(await slowHash(guess, key, salt)).to.not.equal(stored);
  });

  it('finds no address, no word that a person gave as a reason, nothing that was typed into a field, no page of a document', async () => {
    const disk = await files();
    for (const words of ['192.0.2.7', '金額です', '誤記です', '株式会社髙﨑', 'iVBORw0KGgo', '%PDF-']) expect(disk.includes(words), words).to.equal(false);
  });

  it('finds no token in what went to logs, to webhooks and to the sender either, who is never told a link', () => {
    expect(written.length).to.be.above(10);
    expect(written.filter((line) => /sk[lesdfa]_[A-Za-z0-9_-]{20}/u.test(line))).to.deep.equal([]);
    expect(written.filter((line) => line.includes('金額です') || line.includes('kaki-'))).to.deep.equal([]);
  });

  it('does not keep the reason of a mail from those that it is for', async () => {
    const mails = await listMails(server.services);
    await runDue(server.services);
    const subjects = (await listMails(server.services)).concat(mails);
    expect(subjects.find(({ subject }) => subject.includes('辞退されました'))?.body).to.include('理由: 辞退の理由は金額です');
    expect(subjects.find(({ subject }) => subject.includes('取り消されました'))?.body).to.include('理由: 取消の理由は誤記です');
  });
});

const envelopeTitle = smallEnvelope.title;

async function slowHash(guess: Uint8Array, key: Uint8Array | undefined, salt: Uint8Array): Promise<string> {
  const keyed = key && new Uint8Array(await crypto.subtle.sign('HMAC', await crypto.subtle.importKey('raw', own(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']), own(guess)));
  const material = await crypto.subtle.importKey('raw', own(keyed ?? guess), 'PBKDF2', false, ['deriveBits']);
  return Buffer.from(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: own(salt), iterations: 600_000 }, material, 256)).toString('hex');
}
