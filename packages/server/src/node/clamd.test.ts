import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bytesSource } from '@sky-sign/pades';
import { expect } from 'chai';
import { createClamd } from './clamd.js';

const virus = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
const limit = 1 << 20;

/** Speaks the protocol of clamd(8): frames of a length and bytes, closed by an empty one; too much, and it says so and hangs up. */
function fakeClamd(): Server {
  return createServer((socket) => {
    let held = Buffer.alloc(0);
    let begun = false;
    const content: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      held = Buffer.concat([held, part]);
      if (!begun) {
        if (held.length < 10) return;
        if (held.subarray(0, 10).toString() !== 'zINSTREAM\0') return void socket.end('UNKNOWN COMMAND\0');
        begun = true;
        held = held.subarray(10);
      }
      while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
        const length = held.readUInt32BE(0);
        if (length === 0) return void socket.end(Buffer.concat(content).includes(virus) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0');
        content.push(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
        if (content.reduce((sum, { length: more }) => sum + more, 0) > limit) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
    });
  });
}

describe('the virus scanner', () => {
  let server: Server;
  let folder: string;
  const addressOf = () => `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const verdict = (bytes: Uint8Array, address = addressOf(), timeoutMs = 5_000) => createClamd({ address, timeoutMs })(bytesSource(bytes));
  const failure = (promise: Promise<unknown>) => promise.then(() => 'no failure', (error: unknown) => String(error));
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sky-sign-clamd-'));
    server = fakeClamd();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds what is in the file, also across two frames', async () => {
    const hidden = new Uint8Array(70_000);
    hidden.set(new TextEncoder().encode(virus), (1 << 16) - 20);
    expect(await verdict(hidden)).to.deep.equal({ verdict: 'found', found: 'Win.Test.EICAR_HDB-1' });
    expect(await verdict(new Uint8Array(200_000))).to.deep.equal({ verdict: 'clean' });
    expect(await verdict(new Uint8Array())).to.deep.equal({ verdict: 'clean' });
  });

  it('says that a file is larger than the scanner takes', async () => {
    expect(await verdict(new Uint8Array(3 * limit))).to.deep.equal({ verdict: 'too_large' });
  });

  it('gives no verdict where the scanner is not there, is silent, hangs up, or says something else', async () => {
    expect(await failure(verdict(new Uint8Array(9), '127.0.0.1:1'))).to.include('ECONNREFUSED');
    expect(await failure(verdict(new Uint8Array(9), path.join(folder, 'none')))).to.include('ENOENT');
    for (const [answer, words] of [[undefined, 'does not answer'], ['', 'nothing'], ['stream: whatever ERROR\0', 'whatever ERROR'], ['stream: OK, nearly\0', 'OK, nearly'], ['x'.repeat(9000), 'xxx']] as const) {
      const odd = createServer((socket) => {
        socket.on('error', () => undefined).on('data', () => (answer === undefined ? undefined : socket.end(answer)));
      });
      const file = path.join(folder, `odd-${String(Math.random())}`);
      await new Promise<void>((resolve) => odd.listen(file, resolve));
      expect(await failure(verdict(new Uint8Array(9), `unix:${file}`, 300)), answer).to.include(words);
      odd.close();
    }
  });
});
