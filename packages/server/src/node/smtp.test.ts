import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { readAudit } from '../audit/export.js';
import { runDue } from '../outbox/run.js';
import { createTestServer, ok } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { createSmtp } from './smtp.js';

interface Received {
  readonly to: string;
  readonly raw: string;
}

/** A mail server that keeps what it takes, and says no to whom it is told to. */
function mailServer(answer: (to: string) => Error | undefined): { start(): Promise<number>; stop(): Promise<void>; readonly received: Received[] } {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, callback) => callback(answer(address) ?? null),
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(parts).toString('utf8') });
        callback();
      });
    },
  });
  return {
    received,
    start: () => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port))),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const smtpError = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });

describe('mails by SMTP', () => {
  let refusal: Error | undefined;
  let mail: ReturnType<typeof mailServer>;
  let server: TestServer;
  let close: () => void;
  beforeEach(async () => {
    refusal = undefined;
    mail = mailServer((to) => (to === 'yamada@example.jp' ? refusal : undefined));
    const smtp = createSmtp({ url: `smtp://127.0.0.1:${String(await mail.start())}`, from: '電子契約 <no-reply@sign.example>' });
    close = smtp.close;
    server = await createTestServer({ deliver: smtp.deliver });
  });
  afterEach(async () => {
    close();
    await server.stop();
    await mail.stop();
  });
  const decode = (raw: string): string => raw.replace(/=\r?\n/gu, '').replace(/(?:=[0-9A-F]{2})+/gu, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
  const linkOf = (raw: string): string | undefined => /https:\/\/sign\.example\/sign#skl_[\w-]+/u.exec(decode(raw))?.[0];

  it('go out as text and HTML from the one address, with a Message-ID, and are kept nowhere', async () => {
    await server.send({ title: '<script>alert(1)</script>', message: '<img src=x onerror=alert(1)>' });
    await runDue(server.services);
    const [request] = mail.received;
    expect(mail.received).to.have.length(1);
    expect(request?.raw).to.match(/^From: .*<no-reply@sign\.example>/mu).and.match(/^Message-ID: <job_[\w-]+@sign\.example>/mu).and.match(/^Auto-Submitted: auto-generated/mu);
    const html = decode(request?.raw ?? '').split('text/html')[1] ?? '';
    expect(html).to.include('署名画面を開く').and.include('&lt;script&gt;').and.include('&lt;img').and.not.include('<script').and.not.include('<img');
    expect(linkOf(request?.raw ?? '')).to.match(/^https/u);
    expect(await server.services.store.tables.mails.find({})).to.deep.equal([]);
  });

  it('are tried again under the same Message-ID, with a new link', async () => {
    refusal = smtpError(450);
    const { id } = await server.send();
    await runDue(server.services);
    expect(mail.received).to.deep.equal([]);
    refusal = undefined;
    server.pass(60_000);
    await runDue(server.services);
    const tokens = await server.services.store.tables.tokens.find({ envelopeId: id });
    expect([mail.received.length, tokens.length]).to.deep.equal([1, 2]);
    const [job] = await server.services.store.tables.outbox.find({ kind: 'mail' });
    expect(mail.received[0]?.raw).to.include(`<${job?.id ?? ''}@`);
  });

  it('that nobody takes are given up, and the sender is told: in the log, on the envelope, by mail', async () => {
    refusal = smtpError(550);
    const { id } = await server.send();
    await runDue(server.services);
    expect(mail.received.map(({ to }) => to)).to.deep.equal(['city@example.jp']);
    expect(decode(mail.received[0]?.raw ?? '')).to.include('山田 太郎 様へのメールを届けられませんでした');
    const view = await ok<{ recipients: { undeliverableAt?: string }[] }>(await server.asSender('GET', `/v1/envelopes/${id}`));
    expect(view.recipients.map(({ undeliverableAt }) => undeliverableAt !== undefined)).to.deep.equal([true, false]);
    expect((await readAudit(server.services, server.services.store.tables, id)).map(({ type }) => type)).to.include('mail_failed');
    refusal = undefined;
    await ok(await server.asSender('POST', `/v1/envelopes/${id}/remind`));
    await runDue(server.services);
    const after = await ok<{ recipients: { undeliverableAt?: string }[] }>(await server.asSender('GET', `/v1/envelopes/${id}`));
    expect(after.recipients.some(({ undeliverableAt }) => undeliverableAt !== undefined)).to.equal(false);
  });
});
