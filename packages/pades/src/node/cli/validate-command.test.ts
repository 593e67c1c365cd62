import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { joinBytes } from '../../hash.js';
import { toLatin1 } from '../../pdf/characters.js';
import { samplePdf } from '../../testing/sample-pdf.js';
import { startAuthorityServer, type AuthorityServer } from '../testing/authority-server.js';
import { inFolder, run } from '../testing/tools.js';
import type { JsonReport } from './report-as-json.js';
import { runCli } from './run-cli.js';

type Folder = Parameters<Parameters<typeof inFolder>[0]>[0];

async function pades(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { code, out, err };
}

/** What `pades validate --json` prints, and how it ends. */
async function verdict(...args: readonly string[]): Promise<{ code: number; report: JsonReport; first: JsonReport['signatures'][number] | undefined }> {
  const { code, out, err } = await pades('validate', ...args, '--json');
  expect(err).to.equal('');
  const report = JSON.parse(out) as JsonReport;
  return { code, report, first: report.signatures?.[0] };
}

const SIGNATURE_KEYS = ['field', 'kind', 'indication', 'integrity', 'coverage', 'modification', 'docmdp', 'trusted', 'level', 'signer', 'time', 'claimedTime', 'reason', 'location', 'warnings'];

describe('pades validate', () => {
  let authority: AuthorityServer;
  before(async () => void (authority = await startAuthorityServer()));
  after(() => authority.close());

  /** A document, its signed form, and the root; signed with these options. */
  async function setUp(file: Folder, ...options: readonly string[]) {
    const { signer, pki } = authority;
    const [input, output, root] = [file('in.pdf', await samplePdf()), file('out.pdf'), file('root.pem', pki.root.certificatePem())];
    const keyed = ['--key', file('key.pem', await signer.privateKeyPem()), '--cert', file('cert.pem', signer.certificatePem()), '--chain', file('chain.pem', pki.issuing.certificatePem())];
    expect((await pades('sign', input, output, ...keyed, '--trust', root, ...options)).code).to.equal(0);
    return { input, output, root, keyed };
  }

  it('prints a report of exactly this shape, and ends in 0 for a valid file', async () => {
    await inFolder(async (file) => {
      const { output, root } = await setUp(file, '--level', 'B-LTA', '--tsa', authority.tsaUrl, '--reason', '契約の締結', '--location', '日本');
      const { code, report, first } = await verdict(output, '--trust', root, '--offline', '--revocation', 'require');
      expect([code, report.ok, Object.keys(report), report.document]).to.deep.equal([0, true, ['ok', 'signatures', 'document'], { revisions: 4, dss: true, warnings: [] }]);
      expect(report.signatures.map((signature) => Object.keys(signature))).to.deep.equal([SIGNATURE_KEYS, SIGNATURE_KEYS]);
      expect(first).to.include({ kind: 'signature', indication: 'TOTAL-PASSED', integrity: true, coverage: 'ENTIRE_REVISION', modification: 'LTA_UPDATES', docmdp: true, trusted: true, level: 'B-LTA', reason: '契約の締結', location: '日本' });
      expect(first?.signer).to.contain('CN=山田 太郎');
      expect(first?.time).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(report.signatures[1]).to.include({ kind: 'timestamp', coverage: 'ENTIRE_FILE', modification: 'NONE', indication: 'TOTAL-PASSED' });
    });
  });

  it('speaks to people in English, and in Japanese where the environment does', async () => {
    const { LC_ALL, LC_MESSAGES, LANG } = process.env;
    await inFolder(async (file) => {
      const { output, root } = await setUp(file);
      const textIn = async (language: string) => {
        Object.assign(process.env, { LC_ALL: '', LC_MESSAGES: '', LANG: language });
        return (await pades('validate', output, '--trust', root, '--offline')).out;
      };
      try {
        for (const language of ['', 'C', 'en_US.UTF-8', 'jam_JM']) expect(await textIn(language), language).to.match(/^Signed and all signatures are valid\.\n(.*\n)+Signature1: Signature is valid\n {2}Signer: /);
        for (const language of ['ja_JP.UTF-8', 'ja']) expect(await textIn(language), language).to.match(/^署名済みであり、すべての署名が有効です。\n(.*\n)+Signature1: 署名は有効です\n/);
      } finally {
        for (const [key, value] of Object.entries({ LC_ALL, LC_MESSAGES, LANG })) if (value === undefined) delete process.env[key]; else process.env[key] = value;
      }
    });
  });

  it('ends in 1 for what is not signed, altered, or signed under another root', async () => {
    await inFolder(async (file) => {
      const { input, output, root } = await setUp(file);
      const unsigned = await verdict(input, '--trust', root, '--offline');
      expect([unsigned.code, unsigned.report.ok, unsigned.report.signatures]).to.deep.equal([1, false, []]);

      const bytes = new Uint8Array(readFileSync(output));
      const altered = bytes.slice();
      // The height of a page.
      altered[Buffer.from(bytes).indexOf('842')] = 0x39;
      const broken = await verdict(file('altered.pdf', altered), '--trust', root, '--offline');
      expect([broken.code, broken.first?.integrity, broken.first?.indication, broken.first?.subIndication]).to.deep.equal([1, false, 'TOTAL-FAILED', 'HASH_FAILURE']);

      const longer = await verdict(file('longer.pdf', joinBytes([bytes, toLatin1('%% more')])), '--trust', root, '--offline');
      expect([longer.code, longer.report.ok]).to.deep.equal([1, false]);

      const other = file('other.pem', (await createTestPki({ crypto: globalThis.crypto })).root.certificatePem());
      const stranger = await verdict(output, '--trust', other, '--offline');
      expect([stranger.code, stranger.first?.trusted, stranger.first?.indication, stranger.first?.subIndication]).to.deep.equal([1, false, 'INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND']);
      const bundle = file('bundle.pem', readFileSync(other, 'utf8') + readFileSync(root, 'utf8'));
      for (const trust of [['--trust', other, '--trust', root], ['--trust', bundle]]) expect((await verdict(output, ...trust, '--offline')).code).to.equal(0);
    });
  });

  it('judges at the time that it is given where no timestamp proves one', async () => {
    await inFolder(async (file) => {
      const { output, root } = await setUp(file);
      for (const [at, expected] of [['2090-01-01', 1], ['1999-12-31T23:59:59+09:00', 1], [new Date().toISOString(), 0]] as const) {
        expect((await verdict(output, '--trust', root, '--offline', '--at', at)).code, at).to.equal(expected);
      }
    });
  });

  it('asks for the status of certificates, not with --offline nor where it does not count', async () => {
    await inFolder(async (file) => {
      const { output, root } = await setUp(file);
      const { network, signer } = authority;
      const codeAndQuestions = async (...args: readonly string[]) => {
        const before = network.asked.length;
        const { code } = await verdict(output, '--trust', root, ...args);
        return [code, network.asked.length > before];
      };
      expect(await codeAndQuestions()).to.deep.equal([0, true]);
      expect(await codeAndQuestions('--revocation', 'require')).to.deep.equal([0, true]);
      expect(await codeAndQuestions('--revocation', 'require', '--offline')).to.deep.equal([1, false]);
      network.revoke(signer.certificate, new Date(Date.now() - 86_400_000));
      try {
        expect(await codeAndQuestions()).to.deep.equal([1, true]);
        expect(await codeAndQuestions('--offline')).to.deep.equal([0, false]);
        expect(await codeAndQuestions('--revocation', 'none')).to.deep.equal([0, false]);
      } finally {
        // Every test has its own files, but one authority; from here on the signer was revoked in a far future.
        network.revoke(signer.certificate, new Date(Date.UTC(2090, 0)));
      }
    });
  });

  it('opens an encrypted file with its password, and ends in 2 without', async () => {
    await inFolder(async (file) => {
      const { input, root, keyed } = await setUp(file);
      const [locked, signed] = [file('locked.pdf'), file('signed.pdf')];
      expect(run('qpdf', ['--encrypt', 'secret', 'owner', '256', '--', input, locked])).to.include({ status: 0 });
      expect((await pades('sign', locked, signed, ...keyed, '--pdf-password', 'secret')).code).to.equal(0);
      expect((await verdict(signed, '--trust', root, '--offline', '--pdf-password', 'secret')).code).to.equal(0);
      const { code, out } = await pades('validate', signed, '--trust', root, '--offline', '--json');
      expect([code, JSON.parse(out).error?.code]).to.deep.equal([2, 'encrypted']);
    });
  });

  it('ends in 2 where there is no verdict, with the reason', async () => {
    await inFolder(async (file) => {
      const { output, root } = await setUp(file);
      const trust = ['--trust', root];
      const cases: [readonly string[], string][] = [
        [[output], 'usage'],
        [[...trust], 'usage'],
        [[output, output, ...trust], 'usage'],
        [[output, ...trust, '--at', 'tomorrow'], 'usage'],
        [[output, ...trust, '--at', '2026-13-01'], 'usage'],
        [[output, ...trust, '--revocation', 'hard'], 'usage'],
        [[output, ...trust, '--level', 'B-T'], 'usage'],
        [[output, '--trust', file('empty.pem', 'no certificate')], 'usage'],
        [[output, '--trust', file('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')], 'usage'],
        [[output, '--trust', file('absent.pem')], 'failed'],
        [[file('absent.pdf'), ...trust], 'failed'],
        [[root, ...trust], 'not_pdf'],
      ];
      for (const [args, expected] of cases) {
        const { code, out } = await pades('validate', ...args, '--json');
        const { ok, error, ...rest } = JSON.parse(out) as { ok: boolean; error: { code: string; message: string } };
        expect([code, ok, error.code, rest], args.join(' ')).to.deep.equal([2, false, expected, {}]);
        expect(error.message, args.join(' ')).to.have.length.above(5);
      }
      const { err, out } = await pades('validate', output);
      expect([out, err]).to.satisfy(([printed, said]: [string, string]) => printed === '' && said.includes('--trust') && said.includes('usage:\n  pades validate IN'));
      expect((await pades('validate', '--help')).out).to.match(/^usage:\n {2}pades validate IN/);
      expect((await pades('sign', 'a', 'b', '--offline')).err).to.contain('sign has no option --offline');
    });
  });
});
