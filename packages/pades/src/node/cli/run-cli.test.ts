import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { bytesSource } from '../../byte-source.js';
import { samplePdf } from '../../testing/sample-pdf.js';
import { validatePdf } from '../../validate/validate-pdf.js';
import { nodeHash } from '../node-hash.js';
import { startAuthorityServer, type AuthorityServer } from '../testing/authority-server.js';
import { inFolder, run } from '../testing/tools.js';
import { runCli } from './run-cli.js';

interface Folder {
  (name: string, bytes?: Uint8Array | string): string;
}

/** Runs a command line as its user sees it. */
async function pades(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

describe('the command line', () => {
  let authority: AuthorityServer;
  before(async () => void (authority = await startAuthorityServer()));
  after(() => authority.close());

  /** A document, a key with its certificates, and the root. */
  async function setUp(file: Folder) {
    const { signer, pki } = authority;
    return {
      input: file('in.pdf', await samplePdf()),
      output: file('out.pdf'),
      key: file('key.pem', await signer.privateKeyPem()),
      cert: file('cert.pem', signer.certificatePem()),
      chain: file('chain.pem', pki.issuing.certificatePem()),
      root: file('root.pem', pki.root.certificatePem()),
    };
  }
  const report = async (path: string) => validatePdf(bytesSource(new Uint8Array(readFileSync(path))), { anchors: [authority.pki.root.certificate], hash: nodeHash, crypto: globalThis.crypto });

  it('ends in 2 where it is not understood, and says how it is used', async () => {
    for (const args of [[], ['stamp', 'a'], ['sign', 'a'], ['inspect'], ['inspect', 'a', '--level', 'B-T'], ['sign', 'a', 'b', '--pfx', 'c'], ['sign', 'a', 'b'], ['sign', 'a', 'b', '--key', 'k', '--cert', 'c', '--level', 'B-X'], ['sign', 'a', 'b', '--key', 'k', '--cert', 'c', '--level', 'B-T'], ['augment', 'a', 'b']]) {
      const { code, out, err } = await pades(...args);
      expect(code, args.join(' ')).to.equal(2);
      expect(out + err, args.join(' ')).to.contain('usage:');
    }
    await inFolder(async (file) => {
      const { input, key, cert } = await setUp(file);
      const keyed = ['--key', key, '--cert', cert];
      expect((await pades('sign', input, input, ...keyed)).code).to.equal(2);
      expect((await pades('sign', input, file('x'), ...keyed, '--rect', '1,2,3', '--page', '1')).code).to.equal(2);
      expect((await pades('sign', input, file('x'), ...keyed, '--image', input)).code).to.equal(2);
      expect((await pades('sign', file('absent.pdf'), file('x'), ...keyed)).code).to.equal(2);
    });
  });

  it('rewrites a broken file before it signs, and says so; not with --no-repair, and not where it is signed', async () => {
    await inFolder(async (file) => {
      const { input, output, key, cert, chain } = await setUp(file);
      const keyed = ['--key', key, '--cert', cert, '--chain', chain];
      const breakOff = (path: string, name: string) => file(name, readFileSync(path).subarray(0, -20));
      const broken = breakOff(input, 'broken.pdf');
      expect(JSON.parse((await pades('sign', broken, output, ...keyed, '--no-repair', '--json')).out)).to.include({ ok: false, code: 'broken_xref' });
      expect(existsSync(output)).to.equal(false);
      const { code, out } = await pades('sign', broken, output, ...keyed);
      expect([code, out]).to.satisfy(([status, text]: [number, string]) => status === 0 && text.includes('broken.pdf was repaired: the cross-reference table'));
      expect((await report(output)).ok).to.equal(true);
      expect(run('qpdf', ['--check', output])).to.have.property('status', 0);
      expect(JSON.parse((await pades('sign', broken, output, ...keyed, '--json')).out).repaired).to.have.length(1);
      expect(JSON.parse((await pades('sign', input, output, ...keyed, '--json')).out).repaired).to.deep.equal([]);
      expect(JSON.parse((await pades('sign', breakOff(output, 'signed.pdf'), file('twice.pdf'), ...keyed, '--json')).out)).to.include({ ok: false, code: 'locked' });
      expect(readdirSync(path.dirname(output)).filter((name) => /repaired|partial|twice/.test(name))).to.deep.equal([]);
    });
  });

  it('ends in 1 where it refuses, with the code, and writes nothing', async () => {
    await inFolder(async (file) => {
      const { input, output, key, cert, chain } = await setUp(file);
      const keyed = ['--key', key, '--cert', cert, '--chain', chain];
      const codeOf = async (...args: readonly string[]) => {
        const { code, out } = await pades(...args, '--json');
        expect(code).to.equal(1);
        return JSON.parse(out).code as string;
      };
      expect(await codeOf('sign', input, output, '--key', key, '--cert', chain)).to.equal('key_unreadable');
      expect(await codeOf('sign', input, output, ...keyed, '--field', 'absent')).to.equal('field_not_found');
      expect(await codeOf('sign', input, output, ...keyed, '--page', '9')).to.equal('page_not_found');
      expect(await codeOf('sign', input, output, ...keyed, '--rect', '10,10,50,50', '--image', input)).to.equal('scratch_invalid');
      expect(await codeOf('sign', cert, output, ...keyed)).to.equal('not_pdf');
      expect(await codeOf('augment', input, output, '--level', 'B-LT')).to.equal('field_not_found');
      expect(await codeOf('inspect', cert)).to.equal('not_pdf');
      expect(existsSync(output)).to.equal(false);
    });
  });

  it('ends in 2 where the timestamp authority does not answer', async () => {
    await inFolder(async (file) => {
      const { input, output, key, cert } = await setUp(file);
      const { code, err } = await pades('sign', input, output, '--key', key, '--cert', cert, '--tsa', `${authority.tsaUrl}/absent`);
      expect([code, /transport_failed/.test(err), existsSync(output)]).to.deep.equal([2, true, false]);
    });
  });

  it('signs, signs again, augments and inspects over HTTP', async () => {
    await inFolder(async (file) => {
      const { input, key, cert, chain, root } = await setUp(file);
      const keyed = ['--key', key, '--cert', cert, '--chain', chain];
      const steps = [input, file('1.pdf'), file('2.pdf'), file('3.pdf')] as const;
      const [, first, second, third] = steps;
      const place = ['--page', '2', '--rect', '100,100,60,60', '--reason', '契約', '--certify'];
      expect(await pades('sign', input, first, ...keyed, ...place, '--level', 'B-LT', '--tsa', authority.tsaUrl, '--trust', root)).to.include({ code: 0, err: '' });
      const again = await pades('sign', first, second, ...keyed, '--pss', '--hash', 'sha384', '--tsa', authority.tsaUrl, '--tsa-hash', 'sha512', '--json');
      expect(JSON.parse(again.out)).to.include({ ok: true, level: 'B-T', output: second });
      expect((await pades('augment', second, third, '--level', 'B-LTA', '--tsa', authority.tsaUrl, '--trust', root)).code).to.equal(0);
      steps.slice(1).forEach((path, i) => {
        const earlier = readFileSync(steps[i] ?? input);
        expect(Buffer.compare(readFileSync(path).subarray(0, earlier.length), earlier), path).to.equal(0);
      });
      const { ok, signatures } = await report(third);
      expect(ok).to.equal(true);
      expect(signatures.map(({ level }) => level)).to.deep.equal(['B-LTA', 'B-LTA', null]);

      const { out } = await pades('inspect', third, '--json');
      const revisions = JSON.parse(out).revisions as { signed: string[]; dss: { certificates: number } }[];
      expect(revisions.map(({ signed }) => signed)).to.deep.equal([[], ['Signature1'], [], ['Signature2'], [], ['DocumentTimestamp1']]);
      expect(revisions.map(({ dss }) => dss.certificates > 0)).to.deep.equal([false, false, true, true, true, true]);
      expect((await pades('inspect', third)).out).to.match(/revision 2, .*adds field Signature1; signs Signature1/);
    });
  });

  describe('with PKCS#12 files', () => {
    const MODERN: readonly string[] = [];
    const LEGACY = ['-legacy'];
    const TRIPLE_DES = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
    for (const [title, password, options] of [['modern', 'secret', MODERN], ['modern, Japanese password', 'ひみつ', MODERN], ['RC2 and 3DES', 'secret', LEGACY], ['3DES, Japanese password', 'ひみつ', TRIPLE_DES]] as const) {
      it(`opens them and notices a wrong password (${title})`, async () => {
        await inFolder(async (file) => {
          const { input, output, key, cert, chain } = await setUp(file);
          const passwordFile = file('password', `${password}\n`);
          const p12 = file('key.p12');
          expect(run('openssl', ['pkcs12', '-export', '-inkey', key, '-in', cert, '-certfile', chain, '-passout', `file:${passwordFile}`, '-out', p12, ...options])).to.include({ status: 0 });
          expect((await pades('sign', input, output, '--p12', p12, '--password-file', passwordFile)).code).to.equal(0);
          expect((await report(output)).ok).to.equal(true);
          expect((await pades('sign', input, output, '--p12', p12, '--password-file', file('wrong', 'other'))).err).to.contain('key_unreadable');
          const broken = new Uint8Array(readFileSync(p12));
          broken[200] = (broken[200] ?? 0) ^ 1;
          writeFileSync(p12, broken);
          expect((await pades('sign', input, output, '--p12', p12, '--password-file', passwordFile)).err).to.contain('key_unreadable');
        });
      });
    }
  });
});
