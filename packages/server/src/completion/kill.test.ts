import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkData } from '../testing/kill-check.js';
import { work } from '../testing/kill-load.js';
import type { Acknowledged } from '../testing/kill-load.js';
import { reach } from '../testing/remote-server.js';
import { origin } from '../testing/test-server.js';

const main = fileURLToPath(new URL('../node/main.ts', import.meta.url));
const rounds = Number(process.env['KILL_ROUNDS'] ?? 8);
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const loops = 6;
/** Whatever is still not done so long after the last kill was lost. */
const settleMs = 120_000;

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('kill -9 at any time (server, database and timestamp authority as in production, people who try again)', () => {
  it(`keeps every promise over ${String(rounds)} kills (KILL_ROUNDS, KILL_SEED=${String(seed)})`, async function () {
    this.timeout(60_000 + rounds * 30_000);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'sky-sign-kill-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const output: string[] = [];
    const start = async (): Promise<ChildProcess> => {
      const child = fork(main, { env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), TSA_PORT: '0', PUBLIC_URL: `${origin},${url}`, LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      child.stdout?.on('data', (part: Buffer) => output.push(part.toString()));
      await until(async () => child.exitCode !== null || (await fetch(`${url}/readyz`)).ok);
      if (child.exitCode !== null) throw new Error('The server did not start.');
      return child;
    };
    const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    };

    const random = randomFrom(seed);
    const acknowledged: Acknowledged = { envelopes: [], opened: [], viewed: [], acts: [], declined: [], surprises: [] };
    const valid = new Set<string>();
    let over = false;
    let child = await start();
    const patience = new AbortController();
    const server = reach(url, (await readFile(path.join(dataDir, 'development-api-key'), 'utf8')).trim(), patience.signal);
    const root = pemBytes(await readFile(path.join(dataDir, 'pki', 'root.pem'), 'utf8'));
    const acting = new EventEmitter();
    const load = { server, random: randomFrom(seed + 1), acknowledged, onAct: () => acting.emit('act'), isOver: () => over };
    const working = Array.from({ length: loops }, (_, i) => work(load, `w${String(i)}`));
    const check = (settled: boolean) => checkData({ dataDir, root, acknowledged, valid, settled });
    try {
      let caught = 0;
      for (let round = 0; round < rounds; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100 + random() * 1_900));
        // Two of three kills hit while somebody's act is on its way, accepted, being sealed, or just committed.
        if (random() < 2 / 3) {
          await once(acting, 'act');
          await new Promise((resolve) => setTimeout(resolve, random() * 400));
        }
        await end(child, 'SIGKILL');
        const { problems, pending } = await check(false);
        expect(problems, `after kill ${String(round + 1)}, seed ${String(seed)}`).to.deep.equal([]);
        caught += pending;
        child = await start();
      }
      over = true;
      const settling = setTimeout(() => patience.abort(new Error('This was not done after all.')), settleMs);
      await Promise.all(working);
      await until(async () => patience.signal.aborted || (await check(true)).problems.length === 0 || child.exitCode !== null);
      clearTimeout(settling);
      await end(child, 'SIGTERM');
      const { problems, acts, files } = await check(true);
      expect(problems, `at the end, seed ${String(seed)}`).to.deep.equal([]);
      expect(acknowledged.surprises).to.deep.equal([]);
      expect(output.join('').split('\n').filter((line) => line.includes('request_failed'))).to.deep.equal([]);
      // A run in which nothing was under way when it was killed would prove nothing.
      expect(caught, 'acts that were accepted and not sealed when the server was killed').to.be.above(0);
      if (process.env['KILL_ROUNDS'] !== undefined) console.log(`seed ${String(seed)}: ${String(rounds)} kills, ${String(acts)} acts, ${String(files)} files, ${String(caught)} acts caught between acceptance and seal`);
    } finally {
      over = true;
      patience.abort();
      await end(child, 'SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

function pemBytes(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/gu, ''), 'base64'));
}
