import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Crypto } from '@peculiar/webcrypto';
import { expect } from 'chai';
import { createRevocationList } from './crl.js';
import { createOcspResponder, serialNumberOf, type OcspResponderOptions, type TestStatus } from './ocsp-responder.js';
import { createTestPki, type TestIdentity, type TestKeyType, type TestPki } from './test-pki.js';

const crypto = new Crypto();

describe('the test authority on the status of certificates, judged by openssl', () => {
  let folder = '';
  let pki: TestPki;
  let signer: TestIdentity;
  let delegate: TestIdentity;
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });

  async function setUp(keyType: TestKeyType = 'P-256'): Promise<void> {
    pki = await createTestPki({ crypto, keyType, baseUrl: 'http://pki.example' });
    signer = await pki.issue({ commonName: '山田', usage: 'signer' });
    delegate = await pki.issue({ commonName: 'OCSP', usage: 'ocsp' });
    writeFileSync(at('root.pem'), pki.root.certificatePem());
    writeFileSync(at('issuing.pem'), pki.issuing.certificatePem());
    writeFileSync(at('signer.pem'), signer.certificatePem());
    execFileSync('openssl', ['ocsp', '-issuer', 'issuing.pem', '-cert', 'signer.pem', '-reqout', 'request.der'], { cwd: folder, stdio: 'pipe' });
  }

  async function ask(options: Partial<OcspResponderOptions> & { readonly status?: TestStatus }): Promise<string> {
    const respond = createOcspResponder({ crypto, issuer: pki.issuing, statusOf: (serial) => (serial === serialNumberOf(signer.certificate) ? (options.status ?? 'good') : 'unknown'), ...options });
    writeFileSync(at('response.der'), await respond(readFileSync(at('request.der'))));
    const { stdout, stderr } = openssl('ocsp', '-respin', 'response.der', '-no_nonce', '-issuer', 'issuing.pem', '-cert', 'signer.pem', '-CAfile', 'root.pem', '-verify_other', 'issuing.pem');
    return stderr + stdout;
  }

  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'sky-status-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const keyType of ['P-256', 'RSA-2048'] satisfies TestKeyType[]) {
    it(`answers for itself and through a delegate (${keyType})`, async () => {
      await setUp(keyType);
      for (const responder of [pki.issuing, delegate]) expect(await ask({ responder })).to.match(/Response verify OK[^]*signer\.pem: good/);
    });
  }

  it('says revoked with its time, unknown, and is not believed when somebody else signs', async () => {
    await setUp();
    expect(await ask({ status: { revokedAt: new Date('2026-01-02T03:04:05Z'), reason: 1 } })).to.match(/signer\.pem: revoked[^]*keyCompromise[^]*Jan {2}2 03:04:05 2026/);
    expect(await ask({ status: 'unknown' })).to.contain('signer.pem: unknown');
    expect(await ask({ responder: signer })).to.match(/Verify Failure/);
  });

  it('issues lists that refuse who is on them', async () => {
    await setUp();
    const list = async (revoked: ReadonlyMap<string, Date>) => writeFileSync(at('list.der'), await createRevocationList({ crypto, issuer: pki.issuing, revoked }));
    const verify = () => {
      execFileSync('openssl', ['crl', '-inform', 'DER', '-in', 'list.der', '-out', 'list.pem'], { cwd: folder });
      const { stdout, stderr } = openssl('verify', '-crl_check', '-CRLfile', 'list.pem', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem', 'signer.pem');
      return stdout + stderr;
    };
    await list(new Map([['0123', new Date()]]));
    expect(verify()).to.contain('signer.pem: OK');
    await list(new Map([[serialNumberOf(signer.certificate), new Date(Date.now() - 1000)]]));
    expect(verify()).to.contain('certificate revoked');
  });

  it('writes the addresses of its services into certificates', async () => {
    await setUp();
    const text = openssl('x509', '-in', 'signer.pem', '-noout', '-text').stdout;
    for (const url of ['http://pki.example/ocsp/issuing', 'http://pki.example/crl/issuing.crl', 'http://pki.example/certs/issuing.der']) expect(text).to.contain(url);
  });
});
