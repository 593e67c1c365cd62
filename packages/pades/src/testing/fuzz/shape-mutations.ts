import { PdfRef } from '../../pdf/objects.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';
import { asText, writeByHand } from './revise.js';

/** Values that go round, go deep or go on, in places where readers follow them. */
function places({ facts: { catalog, pages, file } }: SeedFile, random: Random): readonly { readonly number: number; readonly put: (value: string) => string }[] {
  const page = random.pick(pages);
  const put = (dict: typeof page.dict, key: string) => (value: string) => asText(dict.with({ [key]: undefined })).replace(/ ?>>$/, ` /${key} ${value} >>`);
  const tree = catalog.dict.get('Pages');
  return [
    ...['Contents', 'Annots', 'Resources', 'Parent', 'MediaBox', 'Type', 'Zz'].map((key) => ({ number: page.ref.number, put: put(page.dict, key) })),
    ...['AcroForm', 'DSS', 'Pages', 'Extensions', 'Metadata', 'Perms', 'Names', 'Zz'].map((key) => ({ number: catalog.ref.number, put: put(catalog.dict, key) })),
    ...(tree instanceof PdfRef ? [{ number: tree.number, put: (value: string) => `<< /Type /Pages /Kids ${value} /Count 1 >>` }] : []),
    { number: file.size + 5, put: (value) => value },
  ];
}

const repeat = (random: Random, from: number, more: number) => from + random.below(more);

/** Second revisions that put such a value into a place where something else stood, or something is followed. */
export const SHAPE_MUTATIONS: readonly Mutation[] = [
  refused('values that go round', (seed, random) => {
    const { number, put } = random.pick(places(seed, random).slice(0, -1));
    const own = `${number} 0 R`;
    const { file, catalog } = seed.facts;
    const [a, b] = [file.size + 5, file.size + 6];
    const value = random.pick([own, `[${own}]`, `<< /Kids [${own}] /Fields [${own}] /N ${own} /VRI ${own} /Certs ${own} /Length ${own} >>`, `${a} 0 R`, `[${a} 0 R ${a} 0 R]`, `<< /Kids [${a} 0 R] /Fields [${a} 0 R] /VRI ${a} 0 R /Certs [${a} 0 R] >>`]);
    const loop = random.pick([`${a} 0 R`, `${b} 0 R`, `<< /Kids [${b} 0 R ${b} 0 R] /Parent ${b} 0 R /FT /Sig /V ${a} 0 R >>`, `<< /Length ${a} 0 R >>\nstream\nx\nendstream`, `<< /Type /Pages /Kids [${catalog.ref.number} 0 R ${a} 0 R] /Count 2 >>`]);
    return writeByHand(seed, { objects: new Map([[number, put(value)], [a, loop], [b, random.pick([`${a} 0 R`, `[${a} 0 R]`, `<< /Kids [${a} 0 R] /Parent ${a} 0 R >>`])]]) });
  }, 4),
  refused('values that go deep', (seed, random) => {
    const { number, put } = random.pick(places(seed, random).slice(0, -1));
    const depth = repeat(random, 90, random.pick([50, 5000, 60_000]));
    const [open, close] = random.pick([['[', ']'], ['<< /A ', ' >>'], ['(', ')'], ['[ << /K ', ' >> ]']] as const);
    return writeByHand(seed, { objects: new Map([[number, put(random.below(3) === 0 ? open.repeat(depth) : `${open.repeat(depth)}${close.repeat(depth)}`)]]) });
  }, 2),
  refused('trees that go deep', (seed, random) => {
    const { file, catalog } = seed.facts;
    const depth = repeat(random, 20, 600);
    const first = file.size + 5;
    const key = random.pick(['Pages', 'AcroForm', 'DSS', 'Outlines']);
    const objects = new Map<number, string>([[catalog.ref.number, asText(catalog.dict.with({ [key]: new PdfRef(first) }))]]);
    for (let i = 0; i < depth; i++) objects.set(first + i, `<< /Type /Pages /Count 1 /Kids [${first + i + 1} 0 R] /Fields [${first + i + 1} 0 R] /VRI ${first + i + 1} 0 R /First ${first + i + 1} 0 R >>`);
    return writeByHand(seed, { objects, size: first + depth + 1 });
  }, 2),
  refused('values that go on', (seed, random) => {
    const { number, put } = random.pick(places(seed, random).slice(0, -1));
    const count = repeat(random, 1000, 60_000);
    const value = random.pick([`[${'1 0 R '.repeat(count)}]`, `[${'0 '.repeat(count)}]`, `<< ${Array.from({ length: Math.min(count, 20_000) }, (_, i) => `/K${i} ${i}`).join(' ')} >>`, `(${'x'.repeat(count)})`, `/${'n'.repeat(count)}`, '9'.repeat(count), `<${'f'.repeat(count)}`, `[${`${number} 0 R `.repeat(count)}]`]);
    return writeByHand(seed, { objects: new Map([[number, put(value)]]) });
  }, 2),
  refused('trees in which everything is reached in very many ways', (seed, random) => {
    const { file, catalog, pages } = seed.facts;
    const [first, levels, width] = [file.size + 5, repeat(random, 5, 30), repeat(random, 2, 6)];
    const page = random.pick(pages);
    const onPage = random.below(2) === 0;
    const objects = new Map<number, string>([onPage ? [page.ref.number, asText(page.dict.with({ Resources: new PdfRef(first) }))] : [catalog.ref.number, asText(catalog.dict.with({ Zz: new PdfRef(first) }))]]);
    for (let i = 0; i < levels; i++) objects.set(first + i, `[${`${first + i + 1} 0 R `.repeat(width)}]`);
    return writeByHand(seed, { objects, size: first + levels + 1 });
  }, 2),
  refused('objects that are none', (seed, random) => {
    const { number, put } = random.pick(places(seed, random).slice(0, -1));
    return writeByHand(seed, { objects: new Map([[number, random.pick([put('<<'), put('>>'), put(']'), put('R'), put('1 0 obj'), '', 'endobj', 'stream\n', '<< /Length 99999999 >>\nstream\n', '<< /Length -5 >>\nstream\nendstream', '<< /Filter /Nope /Length 1 >>\nstream\nx\nendstream', '\x00\xff\xfe', '<', '(', 'null', 'trailer'])]]) });
  }, 2),
];
