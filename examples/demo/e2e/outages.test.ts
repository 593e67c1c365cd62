import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getEnvelope } from '@sky-sign/client/sender';
import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import { endDemo, runDemo, waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { openMailed, sendOne, senderOf, signEverything } from './through-the-api.js';

describe('outages', () => {
  let demo: RunningDemo;
  before(async () => (demo = await runDemo()));
  after(() => endDemo(demo));

  const statusOf = async (envelopeId: string) => (await getEnvelope(senderOf(demo), { envelopeId })).status;
  const tsaPid = () => Number(/\(process (\d+);/u.exec(demo.log())?.[1]);

  it('takes the act while the timestamp authority is down, and seals it when it is back', async () => {
    const { envelope } = await sendOne(demo, 'authority-down', await blankPage());
    const { connection, session } = await openMailed(demo, 'authority-down');
    process.kill(tsaPid(), 'SIGKILL');
    const { status } = await signEverything(connection, session, '青葉');
    expect(status).to.equal('sealing');
    expect(await statusOf(envelope.id)).to.equal('in_progress');

    const tsa = spawn(process.execPath, ['--import', 'tsx', 'packages/server/src/node/tsa-main.ts'], {
      env: { ...process.env, HOST: '127.0.0.1', DATA_DIR: demo.dataDir, TSA_PORT: String(demo.tsaPort) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      await waitFor(async () => (await statusOf(envelope.id)) === 'completed');
    } finally {
      const ended = once(tsa, 'exit');
      tsa.kill('SIGTERM');
      await ended;
    }
  });

  it('finishes after kill -9 what it had accepted, once', async () => {
    await demo.stop('SIGKILL');
    demo = await runDemo(demo);
    const { envelope } = await sendOne(demo, 'killed', await blankPage());
    const { connection, session } = await openMailed(demo, 'killed');
    process.kill(tsaPid(), 'SIGSTOP');
    const completing = signEverything(connection, session, '青葉').catch(() => undefined);
    await waitFor(async () => (await getEnvelope(senderOf(demo), { envelopeId: envelope.id })).recipients[0]?.status === 'sealing');
    await demo.stop('SIGKILL');
    const stopped = tsaPid();
    demo = await runDemo(demo);
    process.kill(stopped, 'SIGCONT');
    await waitFor(async () => (await statusOf(envelope.id)) === 'completed');
    await completing;
    const { documents } = await getEnvelope(senderOf(demo), { envelopeId: envelope.id });
    expect(documents[0]?.revision).to.equal(2);
    const mails = (await (await fetch(`${demo.url}/outbox`)).text()).split('<article').filter((mail) => mail.includes('電子署名完了のお知らせ') && mail.includes('killed'));
    expect(mails.length).to.be.within(1, 2);
  });
});

async function blankPage(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]);
  return new Uint8Array(await document.save());
}
