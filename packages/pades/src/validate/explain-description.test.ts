import { expect } from 'chai';
import { bytesSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { openPdf, readCatalog, resolveDict } from '../pdf/file.js';
import { PdfRef, PdfStream, dict, name, type PdfObject } from '../pdf/objects.js';
import { readPage } from '../pdf/pages.js';
import { createRevision, writeRevision, type Revision } from '../pdf/revision.js';
import { textString } from '../pdf/text-string.js';
import { createWorld, signIn, validateIn, withFields, type World } from '../testing/long-term.js';

const xmp = (text: string) => new PdfStream(dict({ Type: name('Metadata'), Subtype: name('XML') }), new TextEncoder().encode(text));
const METADATA = new PdfRef(900);

/** The file with one more revision. */
async function revised(bytes: Uint8Array, change: (revision: Revision) => Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
  const revision = createRevision(await openPdf(bytesSource(bytes)));
  await change(revision);
  return joinBytes([bytes, (await writeRevision(revision)).bytes]);
}

const inCatalog = (entries: Record<string, PdfObject>) => async (revision: Revision) => {
  const { ref, catalog } = await readCatalog(revision.file, revision);
  revision.set(ref, catalog.with(entries));
};
const inInfo = (entries: Record<string, PdfObject>) => async (revision: Revision) => {
  const ref = revision.file.trailer.get('Info');
  const info = await resolveDict(revision.file, ref);
  if (ref instanceof PdfRef && info) revision.set(ref, info.with(entries));
};

describe('what other software writes about a signed file', () => {
  let world: World;
  let base: Uint8Array<ArrayBuffer>;
  let signed: Uint8Array;
  before(async () => {
    world = await createWorld();
    base = await withFields(1);
    signed = await signIn(world, base, { field: 'seal1' });
  });

  const problemsOf = async (bytes: Uint8Array) => (await validateIn(world, bytes)).signatures[0]?.problems;

  it('refuses another title, an earlier version, and metadata that are none', async () => {
    expect(await problemsOf(await revised(signed, inInfo({ Title: textString('another') })))).to.deep.equal(['unexplained_change']);
    expect(await problemsOf(await revised(signed, inInfo({ Producer: dict({}) })))).to.deep.equal(['unexplained_change']);
    const later = await signIn(world, await revised(base, inCatalog({ Version: name('2.0') })), { field: 'seal1' });
    expect(await problemsOf(await revised(later, inCatalog({ Version: name('1.4') })))).to.deep.equal(['catalog_changed']);
    expect(await problemsOf(await revised(signed, inCatalog({ Metadata: dict({}) })))).to.deep.equal(['catalog_changed']);
  });

  it('refuses metadata that are what a page shows, too', async () => {
    const twice = await revised(base, async (revision) => {
      const ref = revision.add(xmp('0 0 m'));
      await inCatalog({ Metadata: ref })(revision);
      const page = await readPage(revision.file, 1);
      revision.set(page.ref, page.dict.with({ Contents: ref }));
    });
    const bytes = await signIn(world, twice, { field: 'seal1' });
    expect((await validateIn(world, bytes)).ok).to.equal(true);
    const after = await revised(bytes, async (revision) => {
      const ref = (await readCatalog(revision.file)).catalog.get('Metadata');
      revision.set(ref instanceof PdfRef ? ref : METADATA, xmp('0 0 300 300 re f'));
    });
    expect(await problemsOf(after)).to.deep.equal(['unexplained_change']);
  });

  it('lets software name itself and the time, raise the version, and keep metadata', async () => {
    const written = await revised(signed, async (revision) => {
      await inInfo({ Producer: textString('another'), ModDate: textString('D:20260102030405Z') })(revision);
      await inCatalog({ Version: name('2.0'), Metadata: revision.add(xmp('<x:xmpmeta/>')) })(revision);
    });
    expect(await problemsOf(written)).to.deep.equal([]);
    const again = await revised(written, async (revision) => {
      const ref = (await readCatalog(revision.file)).catalog.get('Metadata');
      revision.set(ref instanceof PdfRef ? ref : METADATA, xmp('<x:xmpmeta>later</x:xmpmeta>'));
    });
    expect(again.length).to.be.greaterThan(written.length);
    expect(await problemsOf(again)).to.deep.equal([]);
  });
});
