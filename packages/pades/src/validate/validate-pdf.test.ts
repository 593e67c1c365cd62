import { createTestPki } from '@sky-sign/testkit';
import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { children, readTlv, type Tlv } from '../cms/der.js';
import { readFields } from '../form/fields.js';
import { preparePdf } from '../form/prepare-pdf.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openPdf, readCatalog, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfString, name, type PdfObject } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { createRevision, writeRevision, type Revision } from '../pdf/revision.js';
import { textString } from '../pdf/text-string.js';
import { authorities, prepared, sign, signedByCity, signedByContractor, validate } from '../testing/envelope.js';
import { ONE_PAGE, rawPdf } from '../testing/raw-pdf.js';
import { samplePdf } from '../testing/sample-pdf.js';

const { crypto } = globalThis;

/** The file with one more revision, made by whoever wants to cheat. */
async function tamper(bytes: Uint8Array, change: (revision: Revision, file: PdfFile) => Promise<void> | void): Promise<Uint8Array> {
  const file = await openPdf(bytesSource(bytes));
  const revision = createRevision(file);
  await change(revision, file);
  return joinBytes([bytes, (await writeRevision(revision)).bytes]);
}

async function changeField(revision: Revision, file: PdfFile, changes: { field: string; entries: Record<string, PdfObject> }): Promise<void> {
  const field = (await readFields(file)).find(({ name }) => name === changes.field);
  if (!field?.ref) throw new Error(`no field ${changes.field}`);
  revision.set(field.ref, field.dict.with(changes.entries));
}

const problemsOf = async (bytes: Uint8Array) => {
  const { ok, signatures } = await validate(bytes);
  expect(ok).to.equal(false);
  return signatures.flatMap(({ problems }) => problems);
};

describe('validatePdf', () => {
  let signed: Uint8Array;
  let both: Uint8Array;
  before(async () => {
    signed = await signedByContractor(await prepared());
    both = await signedByCity(signed);
  });

  it('says no to a file without signatures', async () => {
    expect(await validate(await samplePdf())).to.deep.equal({ ok: false, signatures: [], document: { revisions: 1, dss: false, warnings: ['not_signed'] } });
  });

  it('trusts nobody without an anchor, nor a stranger', async () => {
    const stranger = await createTestPki({ crypto });
    for (const anchors of [[], [stranger.root.certificate], [new Uint8Array(10)]]) {
      const { ok, signatures } = await validate(both, anchors);
      expect(ok).to.equal(false);
      expect(signatures.map(({ integrity, trusted, level }) => [integrity, trusted, level])).to.deep.equal([[true, false, 'B-B'], [true, false, 'B-B']]);
    }
  });

  it('does not take a certificate in the file for an anchor, though it bears the name of one', async () => {
    const { pki } = await authorities();
    const impostor = await createTestPki({ crypto });
    const signer = { crypto, ...(await impostor.issue({ commonName: 'forger', usage: 'signer' })) };
    const forged = await sign(await prepared(), { field: 'r1_seal1', signer });
    const { signatures } = await validate(forged, [pki.root.certificate]);
    expect(signatures[0]).to.include({ integrity: true, trusted: false });
  });

  it('refuses a certificate that had expired, or whose issuer is no authority', async () => {
    const { pki, contractor } = await authorities();
    const expired = await pki.issue({ commonName: 'old', usage: 'signer', notBefore: new Date(2020, 0), notAfter: new Date(2021, 0) });
    const late = await sign(await prepared(), { field: 'r1_seal1', signer: { crypto, ...expired } });
    expect(await problemsOf(late)).to.deep.equal(['certificate_out_of_bounds']);
    // A leaf that plays the issuing authority: its basicConstraints say no.
    const { issue } = await createTestPki({ crypto, stored: { root: await pki.root.toJSON(), issuing: await contractor.toJSON() } });
    const child = await sign(await prepared(), { field: 'r1_seal1', signer: { crypto, ...(await issue({ commonName: 'child', usage: 'signer' })) } });
    expect(await problemsOf(child)).to.include('no_path_to_anchor').and.not.include('signature_value');
  });

  it('notices each of many flipped bytes', async () => {
    const [{ byteRange } = { byteRange: [0, 0, 0, 0] }] = (await validate(signed)).signatures;
    const [, gapStart = 0, gapEnd = 0] = byteRange;
    // In a page's content, in the appended revision, in the signed attributes.
    for (const at of [gapStart - 300, gapEnd + 40, gapStart + 2400]) {
      const changed = signed.slice();
      changed[at] = (changed[at] ?? 0) === 0x61 ? 0x62 : 0x61;
      const ok = await validate(changed).then(({ ok: verdict }) => verdict, () => false);
      expect(ok, `byte ${at}`).to.equal(false);
    }
  });

  it('refuses a ByteRange that skips the tail or leaves a wider gap', async () => {
    const text = fromLatin1(signed);
    const [whole = '', a = '', b = '', c = ''] = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(text) ?? [];
    const withRange = (range: string) => toLatin1(text.replace(whole, `/ByteRange [${range}]`.padEnd(whole.length)));
    expect(await problemsOf(withRange(`0 ${a} ${b} ${Number(c) - 5}`))).to.include('coverage');
    expect(await problemsOf(withRange(`0 ${Number(a) - 4} ${b} ${c}`))).to.include('byte_range_gap');
    expect(await problemsOf(withRange(`4 ${Number(a) - 4} ${b} ${c}`))).to.include('byte_range');
    expect(await problemsOf(withRange(`0 ${a} ${b} ${Number(c) + 900}`))).to.include('byte_range');
  });

  it('refuses padding that is not zeros', async () => {
    const changed = signed.slice();
    const { byteRange } = (await validate(signed)).signatures[0] ?? { byteRange: [0, 0, 0, 0] };
    changed[byteRange[2] - 3] = 0x41;
    expect(await problemsOf(changed)).to.include('contents_padding');
  });

  it('refuses a timestamp that was overwritten with zeros', async () => {
    const { byteRange: [, from, to] } = (await validate(signed)).signatures[0] ?? { byteRange: [0, 0, 0, 0] };
    const digits = fromLatin1(signed.subarray(from + 1, to - 1));
    const cms = Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const signerInfo = children(children(children(children(readTlv(cms))[1] as Tlv)[0] as Tlv).at(-1) as Tlv)[0] as Tlv;
    const attributes = children(signerInfo).at(-1)?.bytes ?? new Uint8Array();
    expect(attributes[0]).to.equal(0xa1);
    // They stand last in the CMS. An odd rest would not even be values without a tag.
    const start = readTlv(cms).bytes.length - attributes.length;
    for (const first of [start, start - 1, start + 1]) {
      const text = digits.slice(0, first * 2).padEnd(digits.length, '0');
      expect((await validate(joinBytes([signed.subarray(0, from + 1), toLatin1(text), signed.subarray(to - 1)]))).ok).to.equal(false);
    }
  });

  it('refuses bytes appended after the last revision', async () => {
    expect(await problemsOf(joinBytes([both, toLatin1('%% more')]))).to.include('coverage').and.not.include('signature_value');
  });

  it('refuses another value in a field that the first signer locked', async () => {
    const entries = { V: textString('somebody else') };
    expect(await problemsOf(await tamper(both, (revision, file) => changeField(revision, file, { field: 'r1_name', entries })))).to.include('locked_field_changed');
    expect(await problemsOf(await tamper(both, (revision, file) => changeField(revision, file, { field: 'r1_note', entries })))).to.include('locked_field_changed');
  });

  it('refuses a widget that moves, and a field that is renamed', async () => {
    const found = async (entries: Record<string, PdfObject>) => problemsOf(await tamper(signed, (revision, file) => changeField(revision, file, { field: 'r2_seal1', entries })));
    expect(await found({ Rect: [0, 0, 500, 500] })).to.include('field_changed');
    expect(await found({ MK: new PdfDict({ R: 90 }) })).to.include('field_changed');
    expect(await found({ T: textString('renamed') })).to.include('field_removed');
  });

  it('refuses what is drawn on a page later, put over it as an annotation, or taken from it', async () => {
    const page = async (file: PdfFile) => (await readPages(file))[0] ?? expect.fail('no page');
    const drawn = await tamper(signed, async (revision, file) => {
      const { ref, dict } = await page(file);
      revision.set(ref, dict.with({ Contents: [] }));
    });
    expect(await problemsOf(drawn)).to.include('page_changed');
    const covered = await tamper(signed, async (revision, file) => {
      const { ref, dict } = await page(file);
      const note = revision.add(new PdfDict({ Type: name('Annot'), Subtype: name('Square'), Rect: [0, 0, 500, 500] }));
      revision.set(ref, dict.with({ Annots: [...(dict.get('Annots') as PdfRef[]), note] }));
    });
    expect(await problemsOf(covered)).to.include('page_changed');
    const removed = await tamper(signed, async (revision, file) => {
      const { ref, dict } = await page(file);
      revision.set(ref, dict.with({ Annots: (dict.get('Annots') as PdfRef[]).slice(1) }));
    });
    expect(await problemsOf(removed)).to.include('page_changed');
  });

  it('refuses changes of the catalog and the form', async () => {
    const opened = await tamper(signed, async (revision, file) => {
      const { ref, catalog } = await readCatalog(file);
      revision.set(ref, catalog.with({ OpenAction: new PdfDict({ S: name('JavaScript') }) }));
    });
    expect(await problemsOf(opened)).to.include('catalog_changed');
    const redrawn = await tamper(signed, async (revision, file) => {
      const { ref, catalog } = await readCatalog(file);
      revision.set(ref, catalog.with({ AcroForm: (catalog.get('AcroForm') as PdfDict).with({ XFA: textString('<xdp/>') }) }));
    });
    expect(await problemsOf(redrawn)).to.include('form_changed');
  });

  it('sees a change that a later revision undoes', async () => {
    let original: PdfDict | undefined;
    const cheated = await tamper(signed, async (revision, file) => {
      const field = (await readFields(file)).find(({ name: known }) => known === 'r1_name');
      original = field?.dict;
      await changeField(revision, file, { field: 'r1_name', entries: { V: textString('cheated') } });
    });
    const restored = await tamper(cheated, async (revision, file) => {
      const field = (await readFields(file)).find(({ name: known }) => known === 'r1_name');
      if (field?.ref && original) revision.set(field.ref, original);
    });
    expect(await problemsOf(restored)).to.include('locked_field_changed');
  });

  it('refuses a file out of which a later signature was taken', async () => {
    const earlier = (await readFields(await openPdf(bytesSource(signed)))).find(({ name: known }) => known === 'r2_seal1');
    if (!earlier?.ref) throw new Error('no field');
    const { ref, dict } = earlier;
    expect(await problemsOf(await tamper(both, (revision) => revision.set(ref, dict)))).to.include('signature_removed');
  });

  it('refuses an object that was referred to and missing when it was signed', async () => {
    const base = rawPdf({ ...ONE_PAGE, 3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 900 0 R >>' });
    const ready = joinBytes([base, await preparePdf(bytesSource(base), { fields: [{ kind: 'signature', name: 'one', page: 1, rect: [10, 10, 50, 50] }] })]);
    const once = await sign(ready, { field: 'one' });
    expect((await validate(once)).ok).to.equal(true);
    const supplied = await tamper(once, (revision) => revision.set(new PdfRef(900), new PdfString(new Uint8Array())));
    expect(await problemsOf(supplied)).to.include('missing_object_supplied');
  });

  it('allows an invisible signature field that the locks allow, and says nothing of it', async () => {
    const more = joinBytes([both, await preparePdf(bytesSource(both), { fields: [{ kind: 'invisible-signature', name: 'third' }] })]);
    const third = await sign(more, { field: 'third' });
    expect((await validate(third)).ok).to.equal(true);
  });
});
