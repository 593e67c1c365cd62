import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { isPadesError } from '../errors.js';
import { FIELDS, authorities, codeOf, sign, signedByCity, signedByContractor, validate } from '../testing/envelope.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { inspectPdf } from '../inspect/inspect-pdf.js';
import { repairPdf } from '../repair/repair-pdf.js';
import { opensslVerdicts } from './testing/openssl.js';
import { stampDrawing } from '../testing/seal-drawing.js';
import { inFolder, render, run } from './testing/tools.js';

const folder = process.env['SKY_SIGN_CORPUS'] ?? '';
const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));

const SIGNABLE = ['jp-2p', 'jp-50p-objstm', 'jp-50p-linearized', 'jp-2p-rot90', 'jp-2p-oddbox', 'jp-2p-acroform', 'scan-100K', 'obj-100K', 'jp-2p-trailinggarbage', 'jp-2p-leadinggarbage'];

/** A page's picture says more than a checker: what is signed must look as before. */
const looks = (file: string) => Buffer.from(render(file, { dpi: 40 }).pixels).toString('base64');
const isClean = (file: string) => run('qpdf', ['--check', file]);

describe('files as they are', function () {
  this.timeout(600_000);

  before(function () {
    if (existsSync(folder)) return;
    console.log('    skipped: SKY_SIGN_CORPUS names no folder with sample files');
    this.skip();
  });

  for (const name of SIGNABLE) {
    it(`${name}: prepared and signed twice, judged by qpdf and openssl`, async () => {
      const upload = read(`${name}.pdf`);
      const fields = (await inspectPdf(bytesSource(upload))).pages.length > 1 ? FIELDS : FIELDS.map((field) => ({ ...field, page: 1 }));
      const ready = joinBytes([upload, await preparePdf(bytesSource(upload), { fields, stamp: await stampDrawing() })]);
      const bytes = await signedByCity(await signedByContractor(ready));
      expect(Buffer.compare(bytes.subarray(0, upload.length), upload)).to.equal(0);
      const { ok, signatures } = await validate(bytes);
      expect(signatures.flatMap(({ problems }) => problems)).to.deep.equal([]);
      expect(ok).to.equal(true);
      const { pki } = await authorities();
      expect(await opensslVerdicts(bytes, pki.root.certificatePem())).to.deep.equal(['ok', 'ok']);
      await inFolder((file) => expect(isClean(file('signed.pdf', bytes))).to.have.property('status', 0));
    });
  }

  it('jp-2p-signed: gets signature fields only, and keeps the signature that it has', async () => {
    const upload = read('jp-2p-signed.pdf');
    const fields = [{ kind: 'signature', name: 'r1_seal1', page: 1, rect: [100, 100, 160, 160], lock: { fields: ['r1_seal1'] } }, { kind: 'signature', name: 'r2_seal1', page: 2, rect: [100, 100, 160, 160] }] as const;
    const ready = joinBytes([upload, await preparePdf(bytesSource(upload), { fields, stamp: await stampDrawing() })]);
    const bytes = await signedByCity(await sign(ready, { field: 'r1_seal1' }));
    expect((await validate(bytes)).signatures.map(({ field, integrity, coverage }) => [field, integrity, coverage])).to.deep.equal([
      ['Signature1', true, 'ENTIRE_REVISION'],
      ['r1_seal1', true, 'ENTIRE_REVISION'],
      ['r2_seal1', true, 'ENTIRE_FILE'],
    ]);
    const { pki } = await authorities();
    expect(await opensslVerdicts(bytes, pki.root.certificatePem(), (field) => field.startsWith('r'))).to.deep.equal(['ok', 'ok']);
    await inFolder((file) => expect(isClean(file('signed.pdf', bytes))).to.have.property('status', 0));
  });

  for (const [name, code] of [['jp-2p-aes256-userpw', 'encrypted'], ['jp-2p-truncated', 'broken_xref'], ['jp-2p-badstartxref', 'broken_xref'], ['jp-2p-badxrefoffsets', 'broken_xref']] as const) {
    it(`${name}: is refused as ${code}`, async () => {
      expect(await codeOf(preparePdf(bytesSource(read(`${name}.pdf`)), { fields: FIELDS }))).to.equal(code);
    });
  }

  for (const name of ['jp-2p-badstartxref', 'jp-2p-badxrefoffsets', 'pdfjs/helloworld-bad', 'jp-50p-objstm']) {
    it(`${name}: repaired, looks as before and can be signed`, async () => {
      const upload = read(`${name}.pdf`);
      const { bytes } = await repairPdf(upload);
      await inFolder((file) => {
        const [before, after] = [file('before.pdf', upload), file('after.pdf', bytes)];
        expect(isClean(after)).to.have.property('status', 0);
        expect(looks(after) === looks(before)).to.equal(true);
      });
      expect((await validate(await sign(bytes, { create: {} }))).ok).to.equal(true);
    });
  }

  it('pdfjs/*: signed without harm, before or after repair, or refused by a code', async () => {
    const outcomes: Record<string, number> = {};
    for (const name of readdirSync(path.join(folder, 'pdfjs')).filter((file) => file.endsWith('.pdf'))) {
      const upload = read(`pdfjs/${name}`);
      const outcome = await signInvisibly(upload).catch((error: unknown) => {
        if (!isPadesError(error)) throw new Error(`${name}: threw something else`, { cause: error });
        return error.code;
      });
      const kind = typeof outcome === 'string' ? outcome : outcome.repaired ? 'repaired' : 'signed';
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
      if (typeof outcome === 'string') continue;
      expect(Buffer.compare(outcome.bytes.subarray(0, upload.length), upload) === 0, name).to.equal(!outcome.repaired);
      await inFolder((file) => {
        const [before, after] = [file('before.pdf', upload), file('after.pdf', outcome.bytes)];
        expect(isClean(after).status, `${name}: ${isClean(after).output}`).to.be.at.most(isClean(before).status);
        if (run('pdfinfo', [before]).status === 0) expect(looks(after) === looks(before), `${name} looks as before`).to.equal(true);
      });
      expect((await validate(outcome.bytes)).signatures.at(-1), name).to.include({ integrity: true, trusted: true, coverage: 'ENTIRE_FILE' });
    }
    console.log(`      ${JSON.stringify(outcomes)}`);
    expect(outcomes['signed']).to.be.greaterThan(60);
    expect(outcomes['repaired']).to.be.greaterThan(1);
  });
});

async function signInvisibly(upload: Uint8Array): Promise<{ bytes: Uint8Array; repaired: boolean }> {
  try {
    return { bytes: await sign(upload, { create: {} }), repaired: false };
  } catch (cause) {
    if (!isPadesError(cause) || cause.code !== 'broken_xref') throw cause;
    return { bytes: await sign((await repairPdf(upload)).bytes, { create: {} }), repaired: true };
  }
}
