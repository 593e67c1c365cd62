import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { bytesSource } from '../../byte-source.js';
import { preparePdf } from '../../form/prepare-pdf.js';
import { joinBytes } from '../../hash.js';
import { samplePdf } from '../../testing/sample-pdf.js';
import { validatePdf } from '../../validate/validate-pdf.js';
import { nodeHash } from '../node-hash.js';
import { startAuthorityServer, type AuthorityServer } from '../testing/authority-server.js';
import { inFolder, run } from '../testing/tools.js';
import { runCli } from './run-cli.js';

type Folder = Parameters<Parameters<typeof inFolder>[0]>[0];

async function pades(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

describe('the options of the command line', () => {
  let authority: AuthorityServer;
  before(async () => void (authority = await startAuthorityServer()));
  after(() => authority.close());

  async function setUp(file: Folder) {
    const { signer, pki } = authority;
    const [input, output, key, cert] = [file('in.pdf', await samplePdf()), file('out.pdf'), file('key.pem', await signer.privateKeyPem()), file('cert.pem', signer.certificatePem())];
    return { input, output, key, cert, keyed: ['--key', key, '--cert', cert, '--chain', file('chain.pem', pki.issuing.certificatePem())] };
  }
  const report = async (file: string) => validatePdf(bytesSource(new Uint8Array(readFileSync(file))), { anchors: [authority.pki.root.certificate], hash: nodeHash, crypto: globalThis.crypto });

  it('says how each command is used, and which option may have been meant', async () => {
    for (const command of ['sign', 'augment', 'inspect']) expect(await pades(command, '--help')).to.satisfy(({ code, out }: { code: number; out: string }) => code === 0 && out.startsWith(`usage:\n  pades ${command} IN`), command);
    expect((await pades('sign', 'a', 'b', '--lvel', 'B-T')).err).to.contain('there is no option --lvel; did you mean --level?').and.contain('pades sign IN OUT').and.not.contain('pades augment IN');
    expect((await pades('sign', 'a', 'b', '--certificate-of-mine=c')).err).to.contain('no option --certificate-of-mine\n');
    const { code, out, err } = await pades('inspect', 'a', '--tsa', 'b', '--json');
    expect([code, JSON.parse(out).code, err]).to.deep.equal([2, 'usage', '']);
  });

  it('opens keys in each form that openssl writes, and says what may be wrong with one that does not open', async () => {
    await inFolder(async (file) => {
      const { input, output, key, cert, keyed } = await setUp(file);
      const password = file('password', 'ひみつ\nsecond line\n');
      const convert = (name: string, ...args: readonly string[]) => {
        expect(run('openssl', [...args, '-in', key, '-out', file(name)])).to.include({ status: 0 });
        return file(name);
      };
      expect((await pades('sign', input, output, ...keyed, '--certify')).code).to.equal(0);
      expect((await report(output)).ok).to.equal(true);
      expect((await pades('sign', input, output, '--key', convert('pkcs1.pem', 'rsa', '-traditional'), '--cert', cert)).code).to.equal(0);
      for (const locked of [convert('pkcs8.pem', 'pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', `file:${password}`), convert('locked.pem', 'rsa', '-aes256', '-traditional', '-passout', `file:${password}`)]) {
        expect((await pades('sign', input, output, '--key', locked, '--cert', cert, '--password-file', password)).code).to.equal(0);
        expect(await pades('sign', input, output, '--key', locked, '--cert', cert)).to.satisfy(({ code, err }: { code: number; err: string }) => code === 1 && err.includes('--password-file'));
      }
      const person = await authority.pki.issue({ commonName: 'P-256', usage: 'signer', keyType: 'P-256' });
      const [plain, sec1] = [file('ec.pem', await person.privateKeyPem()), file('sec1.pem')];
      expect(run('openssl', ['ec', '-in', plain, '-out', sec1])).to.include({ status: 0 });
      expect((await pades('sign', input, output, '--key', sec1, '--cert', file('ec-cert.pem', person.certificatePem()), '--chain', file('chain.pem'), '--hash', 'sha512')).code).to.equal(0);
      expect((await report(output)).ok).to.equal(true);
      expect((await pades('sign', input, output, '--key', sec1, '--cert', file('ec-cert.pem'), '--pss', '--json')).out).to.contain('"unsupported_key"');
    });
  });

  it('signs an empty field that is there, with a picture and Japanese words, and certifies only first', async () => {
    await inFolder(async (file) => {
      const { input, output, keyed } = await setUp(file);
      const bytes = new Uint8Array(readFileSync(input));
      writeFileSync(input, joinBytes([bytes, await preparePdf(bytesSource(bytes), { fields: [{ kind: 'signature', name: '印', page: 1, rect: [50, 50, 110, 110] }] })]));
      const picture = file('seal.png', new Uint8Array(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')));
      expect(await pades('sign', input, output, ...keyed, '--field', '印', '--image', picture, '--reason', '契約の締結', '--location', '東京都', '--name', '山田 太郎')).to.include({ code: 0, err: '' });
      expect((await report(output)).signatures[0]).to.include({ field: '印', reason: '契約の締結', integrity: true });
      expect((await pades('sign', output, file('2.pdf'), ...keyed, '--field', '印', '--json')).out).to.contain('"field_already_signed"');
      expect((await pades('sign', output, file('2.pdf'), ...keyed, '--certify', '--json')).out).to.contain('"locked"');
      const inspected = await pades('inspect', output);
      expect(inspected.out).to.contain('field 印: Sig, signature');
    });
  });

  it('names what cannot be read or written, and leaves an earlier OUT and nothing else', async () => {
    await inFolder(async (file) => {
      const { input, output, key, keyed } = await setUp(file);
      const folder = path.dirname(output);
      mkdirSync(file('folder'));
      writeFileSync(output, 'earlier');
      const before = readdirSync(folder);
      const complaint = async (...args: readonly string[]) => {
        const { code, out, err } = await pades('sign', ...args);
        expect([code, out]).to.deep.equal([2, '']);
        return err;
      };
      expect(await complaint(input, file('absent/out.pdf'), ...keyed)).to.equal(`pades: ${file('absent/out.pdf')}: there is no such file or folder\n`);
      expect(await complaint(input, file('folder'), ...keyed)).to.equal(`pades: ${file('folder')}: it is a folder\n`);
      expect(await complaint(file('absent.pdf'), output, ...keyed)).to.contain('absent.pdf: there is no such file');
      expect(await complaint(input, output, '--key', file('absent.pem'), '--cert', key)).to.contain('absent.pem: there is no such file');
      expect(await complaint(input, output, ...keyed, '--tsa', 'ftp://tsa.example/')).to.contain('only http and https');
      expect(await complaint(input, output, ...keyed, '--tsa', 'http://127.0.0.1:1/')).to.contain('(transport_failed)');
      expect((await pades('sign', input, output, ...keyed, '--field', 'absent')).code).to.equal(1);
      if (process.getuid?.() !== 0) {
        chmodSync(file('folder'), 0o500);
        expect(await complaint(input, file('folder/out.pdf'), ...keyed)).to.contain('the permission is missing');
      }
      expect([readFileSync(output, 'utf8'), readdirSync(folder)]).to.deep.equal(['earlier', before]);
    });
  });

  it('leaves nothing behind where it is interrupted', async () => {
    let asked: () => void = () => undefined;
    const question = new Promise<void>((resolve) => (asked = resolve));
    const silent = createServer(() => asked());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await inFolder(async (file) => {
      const { input, output, keyed } = await setUp(file);
      const code = `import(${JSON.stringify(new URL('run-cli.ts', import.meta.url).href)}).then(({ main }) => main())`;
      const args = ['sign', input, output, ...keyed, '--tsa', `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`];
      const child = spawn(process.execPath, ['--import', 'tsx', '-e', code, 'pades', ...args], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', (status) => resolve(status)));
      await Promise.race([question, ended]);
      expect(readdirSync(path.dirname(output)).some((name) => name.endsWith('.partial'))).to.equal(true);
      child.kill('SIGINT');
      expect(await ended).to.equal(130);
      expect(existsSync(output)).to.equal(false);
      expect(readdirSync(path.dirname(output)).filter((name) => name.endsWith('.partial'))).to.deep.equal([]);
    });
    silent.closeAllConnections();
    silent.close();
  });
});
