import { createTestPki, createTsa, type TestKeyType } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { readFields } from '../form/fields.js';
import { readLock } from '../form/restrictions.js';
import { joinBytes } from '../hash.js';
import { fromLatin1 } from '../pdf/characters.js';
import { openPdf, resolveArray, resolveDict } from '../pdf/file.js';
import { PdfName, PdfString, isName } from '../pdf/objects.js';
import { readTextString } from '../pdf/text-string.js';
import { authorities, codeOf, hash, prepared, sign, signedByCity, signedByContractor, validate } from '../testing/envelope.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { embedCms } from './embed-cms.js';
import { digestPrepared, prepareSignature } from './prepare-signature.js';
import { pdfDate } from './signature-dictionary.js';
import { measureCms, signDigest } from '../cms/build-cms.js';
import { preparePdf } from '../form/prepare-pdf.js';

const { crypto } = globalThis;

describe('signPdf', () => {
  it('refuses fields that are absent, of another kind, signed already, or locked', async () => {
    const bytes = await prepared();
    expect(await codeOf(sign(bytes, { field: 'nobody' }))).to.equal('field_not_found');
    expect(await codeOf(sign(bytes, { field: 'r1_name' }))).to.equal('field_not_found');
    expect(await codeOf(sign(bytes, { field: 'r1_seal1', fills: [{ kind: 'text', name: 'r1_agree', value: 'x', appearance: undefined }] }))).to.equal('field_invalid');
    const signed = await signedByContractor(bytes);
    expect(await codeOf(sign(signed, { field: 'r1_seal1' }))).to.equal('field_already_signed');
    expect(await codeOf(sign(signed, { field: 'r2_seal1', fills: [{ kind: 'text', name: 'r1_note', value: 'late', appearance: undefined }] }))).to.equal('locked');
  });

  it('refuses a placeholder that is too small, and never cuts', async () => {
    expect(await codeOf(sign(await prepared(), { field: 'r1_seal1', contentsBytes: 1000 }))).to.equal('placeholder_too_small');
  });

  it('refuses a certificate that does not belong to the key', async () => {
    const { contractor, pki } = await authorities();
    const other = await pki.issue({ commonName: 'other', usage: 'signer' });
    expect(await codeOf(sign(await prepared(), { field: 'r1_seal1', signer: { crypto, ...contractor, certificate: other.certificate } }))).to.equal('certificate_mismatch');
  });

  it('refuses a hash that the key is not made for', async () => {
    const pki = await createTestPki({ crypto, keyType: 'RSA-2048' });
    const signer = { crypto, ...(await pki.issue({ commonName: 'RSA', usage: 'signer' })), hash: 'SHA-512' as const };
    expect(await codeOf(sign(await prepared(), { field: 'r1_seal1', signer }))).to.equal('unsupported_key');
  });

  it('refuses a drawing that is no PDF', async () => {
    expect(await codeOf(sign(await prepared(), { field: 'r1_seal1', appearance: { pdf: new Uint8Array(100) } }))).to.equal('scratch_invalid');
  });

  for (const objectStreams of [false, true]) {
    it(`lets two people sign one after the other (${objectStreams ? 'cross-reference stream' : 'table'})`, async () => {
      const base = await samplePdf({ objectStreams });
      const steps = [base, await prepared(base)];
      for (const next of [signedByContractor, signedByCity]) steps.push(await next(steps.at(-1) ?? base));
      for (const [earlier, later] of steps.map((bytes, i) => [bytes, steps[i + 1]] as const)) {
        if (later) expect(later.subarray(0, earlier.length)).to.deep.equal(new Uint8Array(earlier));
      }
      const report = await validate(steps.at(-1) ?? base);
      expect(report.signatures.map(({ field, level, coverage, problems }) => [field, level, coverage, problems])).to.deep.equal([
        ['r1_seal1', 'B-T', 'ENTIRE_REVISION', []],
        ['r2_seal1', 'B-T', 'ENTIRE_FILE', []],
      ]);
      expect(report.ok).to.equal(true);
    });
  }

  for (const keyType of ['RSA-2048', 'RSA-PSS-2048', 'P-256', 'P-384'] satisfies TestKeyType[]) {
    it(`signs with a ${keyType} key, without a timestamp as B-B`, async () => {
      const { pki } = await authorities();
      const signer = { crypto, ...(await pki.issue({ commonName: keyType, usage: 'signer', keyType })) };
      const base = await samplePdf({ pages: 1 });
      const bytes = joinBytes([base, await preparePdf(bytesSource(base), { fields: [{ kind: 'invisible-signature', name: 'seen' }] })]);
      const prepared = await prepareSignature(bytesSource(bytes), { field: 'seen', at: new Date(), contentsBytes: await measureCms(signer) });
      const algorithm = keyType === 'P-384' ? 'SHA-384' : 'SHA-256';
      const signature = await signDigest(signer, await digestPrepared(bytesSource(bytes), prepared, { hash, algorithm }));
      const report = await validate(joinBytes([bytes, embedCms(prepared, signature.encode())]));
      expect(report).to.have.nested.property('signatures[0].level', 'B-B');
      expect(report.ok).to.equal(true);
    });
  }

  it('makes ECDSA values that verify however many leading zeros they have', async () => {
    const { contractor } = await authorities();
    // About one signature in 128 has an integer that is shorter than its curve.
    for (let i = 0; i < 400; i++) await signDigest({ crypto, ...contractor }, new Uint8Array(32));
  });

  it('writes the field lock as a FieldMDP reference, words in UTF-16 and the time in Japan', async () => {
    const at = new Date('2026-03-31T15:30:00Z');
    const file = await openPdf(bytesSource(await sign(await prepared(), { field: 'r1_seal1', at, name: '山田 太郎', reason: 'Contract', location: '青葉市' })));
    const field = (await readFields(file)).find(({ name }) => name === 'r1_seal1');
    const signature = await resolveDict(file, field?.value ?? null);
    const text = (key: string) => {
      const value = signature?.get(key) ?? null;
      return value instanceof PdfString ? readTextString(value) : null;
    };
    expect([text('Name'), text('Reason'), text('Location'), text('M')]).to.deep.equal(['山田 太郎', 'Contract', '青葉市', "D:20260401003000+09'00'"]);
    expect(signature?.get('SubFilter')).to.deep.equal(new PdfName('ETSI.CAdES.detached'));
    const [reference] = (await resolveArray(file, signature?.get('Reference') ?? null)) ?? [];
    const referenceDict = await resolveDict(file, reference ?? null);
    expect(isName(referenceDict?.get('TransformMethod') ?? null, 'FieldMDP')).to.equal(true);
    const parameters = await resolveDict(file, referenceDict?.get('TransformParams') ?? null);
    expect(parameters?.get('V')).to.deep.equal(new PdfName('1.2'));
    expect(parameters?.get('P')).to.equal(2);
    expect(await readLock(file, parameters)).to.deep.equal({ action: 'Include', fields: ['r1_seal1', 'r1_seal2', 'r1_name', 'r1_note', 'r1_agree'] });
  });

  it('gives a blank field an empty appearance and makes every filled field read-only', async () => {
    const file = await openPdf(bytesSource(await signedByContractor(await prepared())));
    for (const { name, flags, dict } of (await readFields(file)).filter(({ name }) => /^r1_(name|note|agree|seal2)$/.test(name))) {
      expect(flags & 1, name).to.equal(1);
      expect(await resolveDict(file, dict.get('AP')), name).to.not.equal(undefined);
    }
    const agree = (await readFields(file)).find(({ name }) => name === 'r1_agree');
    expect([agree?.value, agree?.dict.get('AS')]).to.deep.equal([new PdfName('Yes'), new PdfName('Yes')]);
  });

  it('keeps the file ID and gives it a fresh second half', async () => {
    const ids = async (bytes: Uint8Array) => ((await openPdf(bytesSource(bytes))).trailer.get('ID') as PdfString[]).map(({ bytes: id }) => fromLatin1(id));
    const bytes = await prepared();
    const [before, after] = [await ids(bytes), await ids(await sign(bytes, { field: 'r1_seal1' }))];
    expect(after[0]).to.equal(before[0]);
    expect(after[1]).to.not.equal(before[1]);
  });

  it('signs a file with bytes after its end, appending and not repairing', async () => {
    const base = joinBytes([await samplePdf(), new TextEncoder().encode('\0trailing garbage '.repeat(200))]);
    const signed = await signedByContractor(await prepared(base));
    expect(signed.subarray(0, base.length)).to.deep.equal(base);
    expect((await validate(signed)).ok).to.equal(true);
  });

  it('writes dates of the last hour of a year', () => {
    expect(pdfDate(new Date('2026-12-31T15:00:00Z'))).to.equal("D:20270101000000+09'00'");
  });

  it('takes a timestamp with its own key, chain and hash', async () => {
    const { pki } = await authorities();
    const tsa = createTsa({ crypto, ...(await pki.issue({ commonName: 'RSA TSA', usage: 'tsa', keyType: 'RSA-2048' })) });
    const signed = await sign(await prepared(), { field: 'r1_seal1', timestamp: { request: tsa, hash: 'SHA-512', policy: '1.3.6.1.4.1.99999.1', anchors: [pki.root.certificate] } });
    expect((await validate(signed)).signatures[0]?.time).to.be.a('string');
  });
});
