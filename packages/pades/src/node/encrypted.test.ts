import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { bytesSource } from '../byte-source.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { describeRevisions } from '../inspect/describe-revisions.js';
import { inspectPdf } from '../inspect/inspect-pdf.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openLocked, openPdf, type PdfFile } from '../pdf/file.js';
import { PdfRef, PdfStream, PdfString, dict, isArray, name, type PdfDict } from '../pdf/objects.js';
import { createRevision, writeRevision } from '../pdf/revision.js';
import { serialize } from '../pdf/serialize.js';
import { repairPdf } from '../repair/repair-pdf.js';
import { signPdf } from '../sign/sign-pdf.js';
import { FIELDS, authorities, codeOf, hash } from '../testing/envelope.js';
import { augmented, createWorld, signIn } from '../testing/long-term.js';
import { appendRaw } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';
import { sealDrawing, stampDrawing } from '../testing/seal-drawing.js';
import { validatePdf } from '../validate/validate-pdf.js';
import { inFolder, run } from './testing/tools.js';

const { crypto } = globalThis;

/** What qpdf encrypts with, under a name. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'RC4, 40 bits': ['40', '--'],
  'RC4, 128 bits': ['128', '--use-aes=n', '--'],
  'AES-128': ['128', '--use-aes=y', '--'],
  'AES-128, metadata in the clear': ['128', '--use-aes=y', '--cleartext-metadata', '--'],
  'AES-256, revision 5': ['256', '--force-R5', '--'],
  'AES-256': ['256', '--'],
};

const encrypt = (user: string, kind: readonly string[], objectStreams = false) =>
  inFolder(async (file) => {
    const [plain, encrypted] = [file('plain.pdf', await samplePdf({ objectStreams })), file('encrypted.pdf')];
    const { status, output } = run('qpdf', ['--allow-weak-crypto', `--object-streams=${objectStreams ? 'generate' : 'disable'}`, '--encrypt', user, 'owner', ...kind, plain, encrypted]);
    expect(status, output).to.equal(0);
    return new Uint8Array(readFileSync(encrypted));
  });

/** Prepared, filled in and signed, all of it with a password. */
async function signEncrypted(base: Uint8Array, password: string): Promise<Uint8Array<ArrayBuffer>> {
  const { contractor, tsa } = await authorities();
  const seal = await sealDrawing();
  const prepared = joinBytes([base, await preparePdf(bytesSource(base), { fields: FIELDS, stamp: await stampDrawing(), password })]);
  const { delta } = await signPdf(bytesSource(prepared), {
    signer: { crypto, ...contractor },
    hash,
    at: new Date(),
    timestamp: { request: tsa },
    field: 'r1_seal1',
    appearance: seal,
    reason: 'a reason in clear words',
    fills: [{ kind: 'text', name: 'r1_name', value: 'Yamada Takasaki', appearance: await stampDrawing('Takasaki') }],
    password,
  });
  return joinBytes([prepared, delta]);
}

const idOf = ({ trailer }: PdfFile) => {
  const id = trailer.get('ID');
  return isArray(id) && id[0] instanceof PdfString ? id[0].bytes : undefined;
};

const validate = async (bytes: Uint8Array, password: string) => validatePdf(bytesSource(bytes), { anchors: [(await authorities()).pki.root.certificate], hash, crypto, password });

describe('encrypted files', () => {
  for (const [kind, options] of Object.entries(KINDS)) {
    for (const user of ['', kind.startsWith('AES-256') ? '秘密 secret' : 'secret'].filter((password) => password === '' || kind.startsWith('AES-256') || kind === 'AES-128')) {
      for (const objectStreams of [false, true]) {
        it(`${kind}, ${user === '' ? 'no user password' : 'a user password'}, ${objectStreams ? 'object streams' : 'table'}: are signed and stay encrypted`, async () => {
          const base = await encrypt(user, options, objectStreams);
          const signed = await signEncrypted(base, user);
          expect(signed.subarray(0, base.length)).to.deep.equal(base);
          expect(fromLatin1(signed)).to.not.match(/Yamada|a reason in|\(D:20/);
          await inFolder((file) => {
            const check = run('qpdf', [`--password=${user}`, '--check', file('signed.pdf', signed)]);
            expect(check, check.output).to.have.property('status', 0);
            const text = run('qpdf', [`--password=${user}`, '--decrypt', '--qdf', '--object-streams=disable', file('signed.pdf'), '-']).output;
            expect(text).to.contain('(Yamada Takasaki)').and.to.contain('(a reason in clear words)');
            expect(run('pdftotext', [...(user === '' ? [] : ['-upw', user]), file('signed.pdf'), '-']).output).to.contain('Page 1').and.to.contain('Takasaki');
          });
          const report = await validate(signed, user);
          expect(report.signatures.map(({ level, coverage, problems }) => [level, coverage, problems])).to.deep.equal([['B-T', 'ENTIRE_FILE', []]]);
          expect(report.ok).to.equal(true);
        });
      }
    }
  }

  it('are raised to B-LTA, with validation data that is encrypted too', async () => {
    const base = await encrypt('right', ['256', '--']);
    const world = await createWorld();
    const password = 'right';
    const { network, pki } = world;
    const lasting = await signIn(world, base, { field: 'seal', create: {}, password, longTerm: { level: 'B-LTA', network, anchors: [pki.root.certificate] } });
    const renewed = await augmented(world, lasting, { level: 'B-LTA', password });
    const report = await validatePdf(bytesSource(renewed), { anchors: [pki.root.certificate], hash, crypto, password });
    expect(report.ok).to.equal(true);
    expect(report.signatures[0]?.level).to.equal('B-LTA');
    await inFolder((file) => expect(run('qpdf', ['--password=right', '--check', file('lasting.pdf', renewed)])).to.have.property('status', 0));
  });

  for (const [kind, options] of Object.entries(KINDS)) {
    it(`${kind}: open with the owner's password as well`, async () => {
      const base = await encrypt('right', options);
      const signed = await signEncrypted(base, 'owner');
      expect((await validate(signed, 'right')).ok).to.equal(true);
      await inFolder((file) => expect(run('qpdf', ['--password=right', '--check', file('signed.pdf', signed)])).to.have.property('status', 0));
    });
  }

  for (const [kind, options] of Object.entries(KINDS)) {
    for (const objectStreams of [false, true]) {
      it(`${kind}, ${objectStreams ? 'object streams' : 'table'}: are repaired, and stay encrypted with the same key`, async () => {
        const base = await encrypt('right', options, objectStreams);
        const broken = toLatin1(fromLatin1(base).replace(/startxref\s+\d+/, 'startxref\n7'));
        expect(await codeOf(repairPdf(broken))).to.equal('encrypted');
        const { bytes } = await repairPdf(broken, { password: 'right' });
        const [before, after] = [await openPdf(bytesSource(base), { password: 'right' }), await openPdf(bytesSource(bytes), { password: 'right' })];
        expect(idOf(after)).to.deep.equal(idOf(before));
        expect((await validate(await signEncrypted(bytes, 'right'), 'right')).ok).to.equal(true);
        await inFolder((file) => {
          expect(run('qpdf', ['--password=right', '--check', file('repaired.pdf', bytes)])).to.have.property('status', 0);
          expect(run('pdftotext', ['-upw', 'right', file('repaired.pdf'), '-']).output).to.contain('Page 1');
          expect(run('pdfinfo', ['-upw', 'right', file('repaired.pdf')]).output).to.contain('pdf-lib');
        });
      });
    }
  }

  it('open without a password where only the owner has one, and with a password in any form of its letters', async () => {
    const composed = 'p\u00e4ssw\u00f6rt';
    const base = await encrypt(composed, ['256', '--']);
    expect((await inspectPdf(bytesSource(base), { password: composed.normalize('NFD') })).pages).to.have.length(2);
    const unprepared = await encrypt('\u2168', ['256', '--']);
    expect((await inspectPdf(bytesSource(unprepared), { password: '\u2168' })).pages).to.have.length(2);
    expect((await inspectPdf(bytesSource(await encrypt('', ['128', '--use-aes=y', '--'])), { password: 'owner' })).pages).to.have.length(2);
  });

  it('say that their permissions were changed, and open all the same', async () => {
    const base = await encrypt('', ['256', '--']);
    const codes = async (bytes: Uint8Array) => (await inspectPdf(bytesSource(bytes))).findings.map(({ code }) => code);
    expect(await codes(base)).to.not.include('permissions_changed');
    const changed = toLatin1(fromLatin1(base).replace(/\/P -4 /, '/P -8 '));
    expect(await codes(changed)).to.include('permissions_changed');
  });

  it('refuse another password, and say so', async () => {
    const base = await encrypt('right', ['256', '--']);
    expect(await codeOf(preparePdf(bytesSource(base), { fields: FIELDS }))).to.equal('encrypted');
    expect(await codeOf(preparePdf(bytesSource(base), { fields: FIELDS, password: 'wrong' }))).to.equal('encrypted');
    expect(await codeOf(inspectPdf(bytesSource(base), { password: 'wrong' }))).to.equal('encrypted');
    const old = await encrypt('right', ['128', '--use-aes=y', '--']);
    expect(await codeOf(preparePdf(bytesSource(old), { fields: FIELDS, password: 'Right' }))).to.equal('encrypted');
  });

  it('are said to be encrypted, unlocked or not, and described where they are unlocked', async () => {
    const base = await encrypt('right', ['256', '--']);
    const locked = await inspectPdf(bytesSource(base));
    const open = await inspectPdf(bytesSource(base), { password: 'right' });
    for (const facts of [locked, open]) {
      expect(facts.encrypted).to.equal(true);
      expect(facts.findings[0]).to.include({ code: 'encrypted', severity: 'refuse' });
    }
    expect([locked.pages.length, open.pages.length]).to.deep.equal([0, 2]);
    const revisions = await describeRevisions(bytesSource(await signEncrypted(base, 'right')), { password: 'right' });
    expect(revisions.map(({ signed }) => signed)).to.deep.equal([[], [], ['r1_seal1']]);
  });

  it('are not valid any more where a later revision changes what they are encrypted with', async () => {
    const signed = await signEncrypted(await encrypt('', ['256', '--']), '');
    const { trailer } = await openPdf(bytesSource(signed));
    const where = trailer.get('Encrypt');
    const number = where instanceof PdfRef ? where.number : 0;
    const encryption = serialize(await (await openLocked(bytesSource(signed))).resolve(where));
    const other = new PdfString(new Uint8Array(16), true);
    const later = (change: (old: PdfDict) => PdfDict, objects: Readonly<Record<number, string>> = {}) => appendRaw(signed, objects, serialize(change(trailer).with({ Prev: undefined })).slice(2, -2));
    const problems = async (bytes: Uint8Array) => (await validate(bytes, '')).signatures[0]?.problems;
    expect(await problems(later((old) => old))).to.deep.equal([]);
    expect(await problems(later((old) => old.with({ ID: [other, other] })))).to.deep.equal(['trailer_changed']);
    expect(await problems(later((old) => old.with({ Encrypt: undefined })))).to.include('trailer_changed');
    expect(await problems(later((old) => old, { [number]: encryption.replace('/P -4', '/P -8') }))).to.deep.equal(['unexplained_change']);
    const weak = await signEncrypted(await encrypt('', ['128', '--use-aes=y', '--']), '');
    const moved = appendRaw(weak, {}, serialize((await openPdf(bytesSource(weak))).trailer.with({ ID: [other, other], Prev: undefined })).slice(2, -2));
    expect(await codeOf(validate(moved, ''))).to.equal('encrypted');
  });

  it('leave streams alone that name a filter of their own', async () => {
    const base = await encrypt('right', ['128', '--use-aes=y', '--']);
    const password = 'right';
    const file = await openPdf(bytesSource(base), { password });
    const revision = createRevision(file);
    const plain = revision.add(new PdfStream(dict({ Filter: name('Crypt') }), toLatin1('in the clear')));
    const secret = revision.add(new PdfStream(dict({ Filter: [name('Crypt')], DecodeParms: [dict({ Name: name('StdCF') })] }), toLatin1('not seen')));
    const bytes = joinBytes([base, (await writeRevision(revision)).bytes]);
    expect(fromLatin1(bytes)).to.contain('in the clear').and.not.contain('not seen');
    const after = await openPdf(bytesSource(bytes), { password });
    const text = async (ref: PdfRef) => {
      const stream = await after.resolve(ref);
      return stream instanceof PdfStream ? fromLatin1(await after.streamBytes(stream)) : undefined;
    };
    expect([await text(plain), await text(secret)]).to.deep.equal(['in the clear', 'not seen']);
    await inFolder((path) => expect(run('qpdf', [`--password=${password}`, `--show-object=${secret.number}`, '--filtered-stream-data', path('filters.pdf', bytes)]).output).to.equal('not seen'));
  });

  it('open without a password where only attachments are encrypted', async () => {
    const base = fromLatin1(await encrypt('right', ['128', '--use-aes=y', '--']));
    // As if nothing but attachments had been encrypted: what was is rubbish now, and what is written is in the clear.
    const open = toLatin1(base.replace('/StmF /StdCF', '/StmF /Identity').replace('/StrF /StdCF', '/StrF /Identity').replace(/startxref\s+\d+/, 'startxref\n7'));
    const { bytes } = await repairPdf(open);
    expect(await codeOf(repairPdf(open, { password: 'wrong' }))).to.equal('encrypted');
    const signed = await signPdf(bytesSource(bytes), { signer: { crypto, ...(await authorities()).contractor }, hash, at: new Date(), create: {}, reason: 'seen by all' });
    expect(fromLatin1(signed.delta)).to.contain('(seen by all)');
    expect((await validatePdf(bytesSource(joinBytes([bytes, signed.delta])), { anchors: [(await authorities()).pki.root.certificate], hash, crypto })).ok).to.equal(true);
  });

  it('are valid with a revision after the signature, and not with another signed byte', async () => {
    const base = await encrypt('', ['256', '--']);
    const signed = await signEncrypted(base, '');
    const more = joinBytes([signed, await preparePdf(bytesSource(signed), { fields: [{ kind: 'invisible-signature', name: 'later' }] })]);
    const flipped = more.slice();
    const at = fromLatin1(flipped).indexOf('/Contents <', base.length) - 400;
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect((await validate(more, '')).ok).to.equal(true);
    expect((await validate(flipped, '').catch(() => ({ ok: false }))).ok).to.equal(false);
  });
});
