import { PdfDict, PdfRef, PdfStream, dictOf, isArray, name, type PdfObject } from '../../pdf/objects.js';
import { textString } from '../../pdf/text-string.js';
import { toLatin1 } from '../../pdf/characters.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';
import { MISSING } from './seed-files.js';
import { revise, reviseAgain } from './revise.js';

const RECT = [20, 20, 200, 200];
const SCRIPT = new PdfDict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
const square = new PdfDict({ Type: name('Annot'), Subtype: name('Square'), Rect: RECT, F: 4 });

/** The same object with other dictionary entries. */
function withEntries(object: PdfObject, entries: Readonly<Record<string, PdfObject | undefined>>): PdfObject | undefined {
  if (object instanceof PdfStream) return new PdfStream(object.dict.with(entries), object.data, object.owner);
  return object instanceof PdfDict ? object.with(entries) : undefined;
}

const drawing = (random: Random) => new PdfStream(new PdfDict({}), toLatin1(`q ${random.below(100)} 0 0 rg 0 0 ${50 + random.below(500)} ${50 + random.below(500)} re f Q`));
const pageOf = ({ facts }: SeedFile, random: Random) => random.pick(facts.pages);

async function annotationsOf({ facts: { file } }: SeedFile, page: PdfDict): Promise<readonly PdfObject[]> {
  const list = await file.resolve(page.get('Annots'));
  return isArray(list) ? list : [];
}

/** What an attacker would put on a page, and how. */
const PAGE_ENTRIES: Readonly<Record<string, (random: Random) => PdfObject | undefined>> = {
  Contents: () => [],
  MediaBox: (random) => [0, 0, 10 + random.below(500), 10 + random.below(500)],
  CropBox: () => [0, 0, 50, 50],
  Rotate: (random) => random.pick([90, 180, 270, 45, -90]) + 360 * random.below(2),
  UserUnit: () => 2.5,
  Resources: () => new PdfDict({}),
  AA: () => new PdfDict({ O: SCRIPT }),
  Group: () => new PdfDict({ S: name('Transparency') }),
  Zz: (random) => random.below(9),
  Type: () => undefined,
  Annots: () => undefined,
};

const CATALOG_ENTRIES: Readonly<Record<string, (random: Random) => PdfObject | undefined>> = {
  OpenAction: () => SCRIPT,
  AA: () => new PdfDict({ WC: SCRIPT }),
  Names: () => new PdfDict({ JavaScript: new PdfDict({ Names: [textString('a'), SCRIPT] }) }),
  OCProperties: () => new PdfDict({ OCGs: [], D: new PdfDict({}) }),
  ViewerPreferences: () => new PdfDict({ HideToolbar: true }),
  Outlines: () => new PdfDict({ Type: name('Outlines'), Count: 0 }),
  Lang: () => textString('xx'),
  PageLayout: () => name('TwoColumnLeft'),
  PageLabels: () => new PdfDict({ Nums: [] }),
  URI: () => new PdfDict({ Base: textString('http://a.example') }),
  Zz: (random) => random.below(9),
  Pages: () => undefined,
  AcroForm: () => undefined,
  Perms: () => new PdfDict({ DocMDP: new PdfRef(1) }),
};

const signatureFields = ({ facts }: SeedFile) => facts.fields.filter(({ type, value, ref }) => type === 'Sig' && value !== null && ref);

/** Well-formed second revisions that change something which no signature allows. */
export const OBJECT_MUTATIONS: readonly Mutation[] = [
  refused('a page with another entry', (seed, random) => revise(seed, (revision) => {
    const { ref, dict } = pageOf(seed, random);
    const [key, make] = random.pick(Object.entries(PAGE_ENTRIES));
    if (key === 'Annots' && !dict.has('Annots')) return false;
    revision.set(ref, dict.with({ [key]: make(random) }));
    return true;
  }), 4),
  refused('a drawing over or under a page', (seed, random) => revise(seed, async (revision) => {
    const { ref, dict } = pageOf(seed, random);
    const own = await seed.facts.file.resolve(dict.get('Contents'));
    const known = isArray(own) ? own : [dict.get('Contents')].filter((entry) => entry !== null);
    const more = revision.add(drawing(random));
    revision.set(ref, dict.with({ Contents: random.pick([[...known, more], [more, ...known], more]) }));
  }), 3),
  refused('a content, font or resource replaced', (seed, random) => revise(seed, (revision) => {
    const { ref, object } = random.pick(seed.facts.content);
    if (object instanceof PdfStream && random.below(2) === 0) revision.set(ref, drawing(random));
    else if (random.below(3) === 0) revision.set(ref, random.pick<PdfObject>([null, 7777, [], new PdfDict({ Zz: 1 }), name('None'), true]));
    else revision.set(ref, withEntries(object, { Zz: random.below(99) }) ?? [new PdfRef(ref.number + 1)]);
  }), 4),
  refused('an annotation on a page', (seed, random) => revise(seed, async (revision) => {
    const { ref, dict } = pageOf(seed, random);
    const known = await annotationsOf(seed, dict);
    const subtype = random.pick(['Square', 'FreeText', 'Stamp', 'Link', 'Redact', 'Popup', 'Widget', 'Watermark', 'Screen']);
    const appearance = revision.add(new PdfStream(new PdfDict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 200, 200] }), toLatin1('1 1 1 rg 0 0 200 200 re f')));
    const annotation = revision.add(square.with({ Subtype: name(subtype), AP: new PdfDict({ N: appearance }) }));
    revision.set(ref, dict.with({ Annots: random.below(2) === 0 ? [...known, annotation] : [annotation, ...known] }));
  }), 3),
  refused('an annotation taken away', (seed, random) => revise(seed, async (revision) => {
    const { ref, dict } = pageOf(seed, random);
    const known = await annotationsOf(seed, dict);
    if (known.length === 0) return false;
    revision.set(ref, dict.with({ Annots: known.filter((_, i) => i > 0) }));
    return true;
  })),
  refused('another page tree', (seed, random) => revise(seed, async (revision) => {
    const { catalog, file, pages } = seed.facts;
    const root = catalog.dict.get('Pages');
    const tree = await file.resolve(root);
    if (!(root instanceof PdfRef) || !(tree instanceof PdfDict)) return false;
    const kids = (await file.resolve(tree.get('Kids'))) as readonly PdfObject[];
    const extra = revision.add((pages[0]?.dict ?? new PdfDict({})).with({ Contents: revision.add(drawing(random)), Annots: undefined }));
    revision.set(root, random.pick([
      tree.with({ Kids: [...kids, extra], Count: kids.length + 1 }),
      tree.with({ Kids: [extra], Count: 1 }),
      tree.with({ Kids: [...kids, ...kids], Count: kids.length * 2 }),
      tree.with({ Count: kids.length + 1 }),
      tree.with({ Rotate: 90 }),
      tree.with({ Kids: [root], Count: 1 }),
    ]));
    return true;
  }), 2),
  refused('the catalog with another entry', (seed, random) => revise(seed, (revision) => {
    const { ref, dict } = seed.facts.catalog;
    const [key, make] = random.pick(Object.entries(CATALOG_ENTRIES));
    revision.set(ref, dict.with({ [key]: make(random) }));
  }), 3),
  refused('a form with another entry', (seed, random) => revise(seed, async (revision) => {
    const { catalog, file } = seed.facts;
    const where = catalog.dict.get('AcroForm');
    const form = await file.resolve(where);
    if (!(form instanceof PdfDict)) return false;
    const changed = form.with(random.pick<Record<string, PdfObject | undefined>>([{ CO: [] }, { XFA: textString('<x/>') }, { Zz: 1 }, { Fields: [] }, { Fields: undefined }, { SigFlags: 0 }, { SigFlags: undefined }]));
    if (where instanceof PdfRef) revision.set(where, changed);
    else revision.set(catalog.ref, catalog.dict.with({ AcroForm: changed }));
    return true;
  }), 2),
  refused('a signed field changed', (seed, random) => revise(seed, (revision) => {
    // Who takes the last one away has a file that was there before it.
    const fields = signatureFields(seed);
    const field = random.pick(fields.length > 1 ? fields.slice(0, -1) : fields);
    const entries = random.pick<Record<string, PdfObject | undefined>>([{ V: undefined }, { V: null }, { V: new PdfDict({ Type: name('Sig') }) }, { V: revision.add(new PdfDict({})) }, { Rect: RECT }, { T: textString('renamed') }, { FT: name('Tx') }, { FT: undefined }, { Ff: 1 << 12, Zz: 1 }, { Parent: new PdfRef(1) }, { Kids: [] }, { A: SCRIPT }, { MK: new PdfDict({ R: 90 }) }]);
    if (field.ref) revision.set(field.ref, field.dict.with(entries));
  }), 3),
  refused('a signature dictionary replaced', (seed, random) => revise(seed, async (revision) => {
    const field = random.pick(signatureFields(seed));
    const where = field.dict.get('V');
    const dictionary = await seed.facts.file.resolve(where);
    if (!(where instanceof PdfRef) || !(dictionary instanceof PdfDict)) return false;
    // The same signature once more, word for word, and a page that changes behind it.
    const { ref, dict } = pageOf(seed, random);
    if (random.below(2) === 0) revision.set(ref, dict.with({ Contents: revision.add(drawing(random)) }));
    revision.set(where, dictionary.with(random.pick<Record<string, PdfObject | undefined>>([{ Zz: 1 }, { Reason: textString('something else') }, { M: textString('D:20200101000000Z') }, { Reference: undefined, Zz: 2 }, { ByteRange: [0, 10, 20, 10] }, { Contents: undefined }])));
    return true;
  }), 3),
  refused('a text field that was not there', (seed, random) => revise(seed, async (revision) => {
    const { catalog, file } = seed.facts;
    const where = catalog.dict.get('AcroForm');
    const form = await file.resolve(where);
    const { ref, dict } = pageOf(seed, random);
    if (!(form instanceof PdfDict)) return false;
    const list = form.get('Fields');
    const known = await file.resolve(list);
    if (!isArray(known)) return false;
    const field = revision.add(new PdfDict({ Type: name('Annot'), Subtype: name('Widget'), FT: name(random.pick(['Tx', 'Btn', 'Ch'])), T: textString('later'), V: textString('100,000,000'), Rect: RECT, P: ref, F: 4 }));
    if (list instanceof PdfRef) revision.set(list, [...known, field]);
    else if (where instanceof PdfRef) revision.set(where, form.with({ Fields: [...known, field] }));
    else revision.set(catalog.ref, catalog.dict.with({ AcroForm: form.with({ Fields: [...known, field] }) }));
    const page = revision.changed.get(ref.number)?.object ?? dict;
    revision.set(ref, (dictOf(page) ?? dict).with({ Annots: [...(await annotationsOf(seed, dict)), field] }));
    return true;
  }), 2),
  refused('a locked field with another value', (seed, random) => revise(seed, (revision) => {
    const field = seed.facts.fields.filter(({ name: known, type }) => known.startsWith('r1_') && type !== 'Sig').at(-1 - random.below(3));
    if (!field?.ref) return false;
    revision.set(field.ref, field.dict.with(random.pick<Record<string, PdfObject | undefined>>([{ V: textString('somebody else') }, { V: undefined, Zz: 1 }, { DA: textString('/Helv 30 Tf') }])));
    return true;
  }), 2),
  refused('a change that is undone later', async (seed, random) => {
    const { ref, dict } = pageOf(seed, random);
    const changed = await revise(seed, (revision) => revision.set(ref, dict.with({ Contents: revision.add(drawing(random)) })));
    return changed && reviseAgain(changed, (revision) => revision.set(ref, dict));
  }),
  refused('what was missing when it was signed', (seed, random) => (seed.name === 'something missing' ? revise(seed, (revision) => revision.set(new PdfRef(MISSING), drawing(random))) : undefined), 4),
  refused('validation data changed', (seed, random) => revise(seed, async (revision) => {
    const { catalog, file } = seed.facts;
    const where = catalog.dict.get('DSS');
    const dss = await file.resolve(where);
    // Only a timestamp that came later covers it.
    if (!(dss instanceof PdfDict) || seed.facts.end < seed.bytes.length) return false;
    const list = await file.resolve(dss.get(random.pick(['Certs', 'OCSPs', 'CRLs'].filter((entry) => dss.has(entry)))));
    const listed = isArray(list) ? random.pick(list) : null;
    const vri = await file.resolve(dss.get('VRI'));
    if (!(vri instanceof PdfDict) || !(listed instanceof PdfRef)) return false;
    const [key = ''] = random.pick([...vri.entries]);
    // What nobody needs any more may leave the lists; nothing else may change.
    const changes: readonly (() => PdfDict | undefined)[] = [
      () => void revision.set(listed, new PdfStream(new PdfDict({}), random.bytes(100))),
      () => dss.with({ VRI: undefined }),
      () => dss.with({ VRI: vri.with({ [key]: undefined }) }),
      () => dss.with({ VRI: vri.with({ [key]: new PdfDict({}) }) }),
      () => dss.with({ VRI: vri.with({ X: new PdfDict({}) }) }),
      () => dss.with({ Certs: [listed, 7] }),
      () => dss.with({ Certs: new PdfDict({}) }),
      () => dss.with({ Zz: 1 }),
    ];
    const changed = random.below(9) === 0 ? null : random.pick(changes)();
    if (changed === null) revision.set(catalog.ref, catalog.dict.with({ DSS: undefined }));
    else if (!changed) return true;
    else if (where instanceof PdfRef) revision.set(where, changed);
    else revision.set(catalog.ref, catalog.dict.with({ DSS: changed }));
    return true;
  }), 4),
];
