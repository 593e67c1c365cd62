import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { createTestPki, type TestIdentity, type TestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { validatePdf } from '../validate/validate-pdf.js';
import { nodeHash, signFile, type SignFileOptions } from './index.js';
import { inFolder } from './testing/tools.js';

const { crypto } = globalThis;

describe('signFile', () => {
  let pki: TestPki;
  let identity: TestIdentity;
  before(async () => {
    pki = await createTestPki({ crypto });
    identity = await pki.issue({ commonName: 'Somebody', usage: 'signer' });
  });
  const options = (): SignFileOptions => ({ signer: { crypto, key: identity.key, certificate: identity.certificate, chain: identity.chain }, create: { page: 1 }, at: new Date() });
  const isGood = async (file: string) => (await validatePdf(bytesSource(new Uint8Array(readFileSync(file))), { anchors: [pki.root.certificate], hash: nodeHash, crypto })).ok;

  it('leaves nothing behind and no output where it refuses or cannot write', async () => {
    await inFolder(async (file) => {
      const input = file('in.pdf', await samplePdf());
      const broken = file('broken.pdf', 'no PDF');
      const taken = file('taken');
      mkdirSync(taken);
      const attempts = [
        () => signFile(broken, file('out.pdf'), options()),
        () => signFile(input, file('out.pdf'), { ...options(), field: 'x.y' }),
        () => signFile(input, taken, options()),
        () => signFile(input, file('no/such/out.pdf'), options()),
        () => signFile(file('none'), file('out.pdf'), options()),
      ];
      for (const attempt of attempts) expect(await attempt().catch((error: unknown) => error)).to.be.instanceOf(Error);
      expect(readdirSync(path.dirname(input)).sort()).to.deep.equal(['broken.pdf', 'in.pdf', 'taken']);
    });
  });

  it('keeps an output that stood there, until the new one is whole', async () => {
    await inFolder(async (file) => {
      const output = file('out.pdf', 'earlier');
      await signFile(file('broken.pdf', 'no PDF'), output, options()).catch(() => undefined);
      expect(readFileSync(output, 'latin1')).to.equal('earlier');
      await signFile(file('in.pdf', await samplePdf()), output, options());
      expect(await isGood(output)).to.equal(true);
    });
  });

  it('signs what it copied, though the input changes meanwhile', async () => {
    await inFolder(async (file) => {
      const input = file('in.pdf', await samplePdf());
      await signFile(input, file('out.pdf'), {
        ...options(),
        hash: (algorithm, chunks, length) => {
          truncateSync(input, 100);
          return nodeHash(algorithm, chunks, length);
        },
      });
      expect(await isGood(file('out.pdf'))).to.equal(true);
    });
  });

  it('appends to the very bytes of a read-only input, and says how many', async () => {
    await inFolder(async (file) => {
      const bytes = await samplePdf();
      const [input, output] = [file('in.pdf', bytes), file('out.pdf')];
      chmodSync(input, 0o440);
      const signed = await signFile(input, output, options());
      const whole = new Uint8Array(readFileSync(output));
      expect(signed).to.include({ level: 'B-B', appendedBytes: whole.length - bytes.length });
      expect(whole.subarray(0, bytes.length)).to.deep.equal(new Uint8Array(bytes));
      expect(statSync(output).mode & 0o777).to.equal(0o440);
      expect(await isGood(output)).to.equal(true);
    });
  });

  it('replaces a file by itself, signed', async () => {
    await inFolder(async (file) => {
      const input = file('in.pdf', await samplePdf());
      for (const round of [1, 2]) {
        await signFile(input, input, options());
        expect(await isGood(input), `round ${round}`).to.equal(true);
      }
      expect(existsSync(input) && readdirSync(path.dirname(input))).to.deep.equal(['in.pdf']);
    });
  });
});
