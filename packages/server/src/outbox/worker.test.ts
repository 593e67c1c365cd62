import type { WebhookPayload } from '@sky-sign/protocol';
import { expect } from 'chai';
import { expireOverdue } from '../signing/expire-overdue.js';
import { createTestServer } from '../testing/test-server.js';
import type { TestServer } from '../testing/test-server.js';
import { openSigner, signAs } from '../testing/test-signer.js';
import { listMails } from './list-mails.js';
import { startWorker } from './worker.js';

describe('the worker of the outbox', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  async function soon(check: () => Promise<boolean>): Promise<boolean> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await check()) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }

  it('mails to the next person as soon as somebody has approved', async () => {
    server = await createTestServer({ worker: true });
    const next = { name: '山田 太郎', email: 'next@example.jp', order: 2, fields: [{ document: 0, page: 1, kind: 'signature' as const, rect: [400, 600, 70, 70] as [number, number, number, number] }] };
    await server.send({ recipients: [{ name: '課長 一郎', email: 'approver@example.jp', role: 'approver', order: 1 }, next] });
    await signAs(server, { email: 'approver@example.jp' });
    expect(await soon(async () => (await listMails(server.services)).some(({ to }) => to === next.email))).to.equal(true);
  });

  it('tells hosts at once who has opened the request, and that a deadline has passed', async () => {
    const told: string[] = [];
    server = await createTestServer({
      worker: true,
      egress: async (input, init) => {
        told.push(((await new Request(input, init).json()) as WebhookPayload).type);
        return new Response(null, { status: 204 });
      },
    });
    await server.asSender('POST', '/v1/webhooks', { url: 'https://portal.example/hooks' });
    const { id } = await server.send();
    await openSigner(server, { email: 'yamada@example.jp', code: '4126' });
    expect(await soon(async () => told.includes('recipient.opened'))).to.equal(true);
    server.pass(60 * 86_400_000);
    await expireOverdue(server.services, { id });
    expect(await soon(async () => told.includes('envelope.expired'))).to.equal(true);
  });

  it('does at once what comes in while it sweeps', async () => {
    server = await createTestServer();
    const { services } = server;
    const { tables } = services.store;
    let swept = 0;
    // The sweep's last question; something comes in while it is answered.
    const segments: typeof tables.segments = Object.create(tables.segments, {
      find: {
        value: async (...which: Parameters<typeof tables.segments.find>) => {
          await server.send();
          worker.wake();
          swept += 1;
          return tables.segments.find(...which);
        },
      },
    });
    const worker = startWorker({ ...services, store: { ...services.store, tables: { ...tables, segments } } });
    try {
      expect(await soon(async () => swept > 0 && (await listMails(services)).length > 0)).to.equal(true);
      expect(swept).to.equal(1);
    } finally {
      await worker.stop();
    }
  });
});
