import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestPki } from '@sky-sign/testkit';
import type { TestIdentity, TestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { readConfig, StartError } from './config.js';
import { readOperator } from './operator-key.js';

const day = 86_400_000;

describe("the operator's key", () => {
  let folder: string;
  let pki: TestPki;
  let good: TestIdentity;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sky-sign-operator-'));
    pki = await createTestPki({ crypto, organization: 'Test', baseUrl: 'http://authority.example' });
    good = await pki.issue({ commonName: 'operator', usage: 'signer' });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const chainPem = (identity: TestIdentity): string => [identity.certificatePem(), pki.issuing.certificatePem()].join('\n');
  const anchors = () => write('root.pem', pki.root.certificatePem());
  const openssl = (...words: string[]): string => execFileSync('openssl', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const readPem = async (identity: TestIdentity, more: { certificate?: string; anchors?: string; passwordFile?: string; key?: string } = {}) =>
    readOperator({
      key: more.key ?? (await write('key.pem', await identity.privateKeyPem())),
      certificate: await write('certificate.pem', more.certificate ?? chainPem(identity)),
      p12: undefined,
      passwordFile: more.passwordFile,
      anchors: more.anchors ?? (await anchors()),
    });
  const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'taken', (error: unknown) => (error instanceof StartError ? error.message : String(error)));

  it('comes from PEM files, from an encrypted PEM key, and from PKCS#12', async () => {
    const data = new Uint8Array([1, 2, 3]);
    await write('password', 'correct horse\nnot this\n');
    const signs = async ({ signer }: Awaited<ReturnType<typeof readOperator>>): Promise<number> => {
      expect(Buffer.from(signer.certificate).equals(good.certificate)).to.equal(true);
      return (await signer.crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer.key, data)).byteLength;
    };
    expect(await signs(await readPem(good))).to.equal(64);
    openssl('pkcs8', '-topk8', '-in', 'key.pem', '-out', 'locked.pem', '-passout', 'file:password');
    const passwordFile = path.join(folder, 'password');
    expect(await signs(await readPem(good, { key: path.join(folder, 'locked.pem'), passwordFile }))).to.equal(64);
    await write('chain.pem', pki.issuing.certificatePem());
    openssl('pkcs12', '-export', '-inkey', 'key.pem', '-in', 'certificate.pem', '-out', 'operator.p12', '-passout', 'file:password');
    const p12 = { key: undefined, certificate: undefined, p12: path.join(folder, 'operator.p12'), anchors: await anchors() };
    expect(await signs(await readOperator({ ...p12, passwordFile }))).to.equal(64);
    await write('wrong', 'battery staple');
    expect(await refusal(readOperator({ ...p12, passwordFile: path.join(folder, 'wrong') }))).to.include('cannot be used');
    expect(await refusal(readPem(good, { key: path.join(folder, 'locked.pem') }))).to.include('OPERATOR_PASSWORD_FILE');
    expect(await refusal(readOperator({ ...p12, passwordFile: path.join(folder, 'missing') }))).to.include('OPERATOR_PASSWORD_FILE').and.include('cannot be read');
  });

  it('is refused at the start where nothing could be sealed to last with it, saying why', async () => {
    const other = await createTestPki({ crypto, organization: 'Other' });
    expect(await refusal(readPem(good, { anchors: await write('other.pem', other.root.certificatePem()) }))).to.include('does not lead to TRUST_ANCHORS');
    expect(await refusal(readPem(good, { certificate: good.certificatePem() }))).to.include('Put the certificates between them behind it');
    expect(await refusal(readPem(good, { anchors: await write('empty.pem', 'nothing') }))).to.include('holds no certificate');
    expect(await refusal(readPem(good, { certificate: pki.root.certificatePem() }))).to.include('no certificate belongs to the key');
    const old = await pki.issue({ commonName: 'old', usage: 'signer', notBefore: new Date(Date.now() - 9 * day), notAfter: new Date(Date.now() - day) });
    expect(await refusal(readPem(old))).to.match(/is good from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d only/u);
    const future = await pki.issue({ commonName: 'future', usage: 'signer', notBefore: new Date(Date.now() + day) });
    expect(await refusal(readPem(future))).to.include('is good from');
    const mute = await pki.issue({ commonName: 'mute', usage: 'signer', urls: {} });
    expect(await refusal(readPem(mute))).to.include('neither an OCSP responder nor a revocation list');
    const authority = await readPem(pki.issuing, { certificate: pki.issuing.certificatePem() }).then(() => 'taken', (error: Error) => error.message);
    expect(authority).to.include('may not sign documents');
  });

  it('is given in one way, and whole', () => {
    const read = (env: Record<string, string>): string => {
      try {
        readConfig(env);
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(read({ OPERATOR_P12: 'a', TRUST_ANCHORS: 'b' })).to.equal('taken');
    expect(read({ OPERATOR_KEY: 'a', OPERATOR_CERTIFICATE: 'b', TRUST_ANCHORS: 'c' })).to.equal('taken');
    expect(read({ OPERATOR_P12: 'a', OPERATOR_KEY: 'a', TRUST_ANCHORS: 'b' })).to.include('give it, or');
    expect(read({ OPERATOR_P12: 'a' })).to.include('belong together');
    expect(read({ OPERATOR_KEY: 'a', TRUST_ANCHORS: 'b' })).to.include('belong together');
    expect(read({ OPERATOR_PASSWORD_FILE: 'a' })).to.include('belong together');
  });
});
