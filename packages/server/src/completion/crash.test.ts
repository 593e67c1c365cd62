import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readConfig, startTsa } from '../node/index.js';
import type { RunningTsa } from '../node/index.js';
import type { StopAt } from '../node/testing/crash-child.js';

const child = fileURLToPath(new URL('../node/testing/crash-child.ts', import.meta.url));

describe('kill -9 in the middle of a completion (SQLite, a timestamp authority in another process)', () => {
  let dataDir: string;
  let tsa: RunningTsa;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'sky-sign-crash-'));
    tsa = await startTsa(readConfig({ DATA_DIR: dataDir, TSA_PORT: '0' }));
  });
  afterEach(async () => {
    await tsa.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const run = (stopAt?: StopAt): ChildProcess =>
    fork(child, { env: { ...process.env, DATA_DIR: dataDir, TSA_URL: tsa.url, ...(stopAt && { STOP_AT: stopAt }) }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

  interface State {
    readonly signatures: number;
    readonly status: string;
    readonly mails: string[];
    readonly signedRows: number;
    readonly acts: string[];
  }
  /** Kills the server there, starts it again, and lets it do what is left to do. */
  const killAt = async (stopAt: StopAt): Promise<State> => {
    const killed = run(stopAt);
    const [reached] = (await once(killed, 'message')) as [StopAt];
    expect(reached).to.equal(stopAt);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const [state] = (await once(run(), 'message')) as [State];
    return state;
  };

  it('leaves nothing of an act that was being accepted: nobody was told that it was', async () => {
    const { mails, ...state } = await killAt('in-acceptance');
    expect(state).to.deep.equal({ signatures: 0, status: 'sent', signedRows: 0, acts: [] });
    expect(mails).to.have.length(1);
  });

  for (const stopAt of ['before-tsa', 'after-tsa', 'in-commit', 'before-mail'] as const) {
    it(`finishes the accepted act once after a kill ${stopAt}`, async () => {
      const { mails, ...state } = await killAt(stopAt);
      expect(state).to.deep.equal({ signatures: 1, status: 'completed', signedRows: 1, acts: ['done'] });
      const done = mails.filter((mail) => mail.includes('電子署名完了のお知らせ'));
      expect(done.map((mail) => mail.split(' ')[0]).sort()).to.deep.equal(['city@example.jp', 'yamada@example.jp']);
      expect(mails.length).to.equal(3);
    });
  }
});
