import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Crypto } from '@peculiar/webcrypto';
import { expect } from 'chai';
import { createTestPki, importIdentity, type TestKeyType } from './test-pki.js';
import { createTsa } from './tsa.js';

const crypto = new Crypto();

describe('the test timestamp authority, judged by openssl', () => {
  let folder = '';
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sky-tsa-'));
    writeFileSync(at('data.txt'), 'what is stamped');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const keyType of ['P-256', 'RSA-2048'] satisfies TestKeyType[]) {
    it(`gives a token that openssl verifies (${keyType})`, async () => {
      const pki = await createTestPki({ crypto, keyType });
      const tsa = createTsa({ crypto, ...(await pki.issue({ commonName: '試験局 TSA', usage: 'tsa' })) });
      writeFileSync(at('root.pem'), pki.root.certificatePem());
      openssl('ts', '-query', '-data', 'data.txt', '-sha256', '-cert', '-out', 'request.tsq');
      writeFileSync(at('reply.tsr'), await tsa(await read(at('request.tsq'))));
      expect(openssl('ts', '-verify', '-queryfile', 'request.tsq', '-in', 'reply.tsr', '-CAfile', 'root.pem')).to.contain('OK');
    });
  }

  it('refuses a policy that is not its own, in words that openssl reads', async () => {
    const pki = await createTestPki({ crypto });
    const tsa = createTsa({ crypto, ...(await pki.issue({ commonName: 'TSA', usage: 'tsa' })) });
    openssl('ts', '-query', '-data', 'data.txt', '-sha256', '-tspolicy', '1.2.3.4', '-out', 'request.tsq');
    writeFileSync(at('reply.tsr'), await tsa(await read(at('request.tsq'))));
    const reply = openssl('ts', '-reply', '-in', 'reply.tsr', '-text');
    expect(reply).to.contain('Status: Rejected');
    expect(reply).to.match(/requested TSA policy is not supported/);
  });

  it('keeps an authority on disk and issues from it again', async () => {
    const first = await createTestPki({ crypto, organization: '青葉市' });
    const stored = JSON.parse(JSON.stringify({ root: await first.root.toJSON(), issuing: await first.issuing.toJSON() }));
    const second = await createTestPki({ crypto, stored });
    const signer = await second.issue({ commonName: '株式会社髙﨑 𠮷田㈱', usage: 'signer' });
    writeFileSync(at('root.pem'), first.root.certificatePem());
    writeFileSync(at('issuing.pem'), second.issuing.certificatePem());
    writeFileSync(at('signer.pem'), signer.certificatePem());
    expect(openssl('verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', 'signer.pem')).to.contain('OK');
    const again = await importIdentity(crypto, await signer.toJSON());
    expect(again.certificate).to.deep.equal(signer.certificate);
    expect(again.chain).to.have.length(2);
    expect(openssl('x509', '-in', 'signer.pem', '-noout', '-subject', '-nameopt', 'utf8')).to.contain('株式会社髙﨑 𠮷田㈱');
  });
});

async function read(file: string): Promise<Uint8Array> {
  const { readFile } = await import('node:fs/promises');
  return readFile(file);
}
