import { deflate } from '../../pdf/filters.js';
import { fromLatin1, toLatin1 } from '../../pdf/characters.js';
import { joinBytes } from '../../hash.js';
import { PdfRef } from '../../pdf/objects.js';
import { serialize } from '../../pdf/serialize.js';
import { refused, type Mutation, type SeedFile } from './mutation.js';
import type { Random } from './random.js';
import { asText, rightTable, row, writeByHand } from './revise.js';

/** A page that shows something else, and the drawing that it shows: what each of these tries to slip in. */
function hostilePage({ facts: { pages, file } }: SeedFile, random: Random): { readonly page: number; readonly objects: ReadonlyMap<number, string> } {
  const { ref, dict } = random.pick(pages);
  const drawing = file.size + 5;
  const code = `0 0 ${1 + random.below(400)} 300 re f`;
  const objects = new Map([
    [ref.number, asText(dict.with({ Contents: new PdfRef(drawing) }))],
    [drawing, `<< /Length ${code.length} >>\nstream\n${code}\nendstream`],
  ]);
  return { page: ref.number, objects };
}

const bombs = new Map<number, Uint8Array>();

/** As many megabytes of nothing, packed. */
function zeros(megabytes: number): Uint8Array {
  const bomb = bombs.get(megabytes) ?? deflate(new Uint8Array(megabytes << 20));
  bombs.set(megabytes, bomb);
  return bomb;
}

/** Cross-reference games around a hostile page. */
export const XREF_MUTATIONS: readonly Mutation[] = [
  refused('a /Prev that leads elsewhere', (seed, random) => {
    const { bytes, facts } = seed;
    const offsets = [...facts.file.sections.map(({ offset }) => String(offset)).slice(1), '', '0', '1', String(bytes.length + 50), String(random.below(bytes.length)), '-1', '1.5', '1 0 R', 'null', '[0]', '99999999999999999999'];
    return writeByHand(seed, { objects: hostilePage(seed, random).objects, prev: random.pick(offsets) });
  }, 4),
  refused('a /Prev that goes round', (seed, random) => {
    const { objects } = hostilePage(seed, random);
    const once = writeByHand(seed, { objects, prev: '0000000000' });
    const own = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(fromLatin1(once.subarray(-60)))?.[1]);
    return writeByHand(seed, { objects, prev: String(own).padStart(10, '0') });
  }),
  refused('a hybrid section', (seed, random) => {
    const { page, objects } = hostilePage(seed, random);
    // The table hides the page; the stream that newer readers follow has it.
    const number = seed.facts.file.size + 6;
    const first = writeByHand(seed, { objects });
    const at = [...objects.keys()].map((key) => fromLatin1(first).lastIndexOf(`\n${key} 0 obj\n`) + 1);
    const rows = at.map((offset) => String.fromCharCode(1, offset >>> 24, (offset >> 16) & 255, (offset >> 8) & 255, offset & 255, 0)).join('');
    const stream = `<< /Type /XRef /Size ${number + 1} /W [1 4 1] /Index [${[...objects.keys()].map((key) => `${key} 1`).join(' ')}] /Root ${serialize(seed.facts.catalog.ref)} /Length ${rows.length} >>\nstream\n${rows}\nendstream`;
    const all = new Map([...objects, [number, stream]]);
    const where = fromLatin1(writeByHand(seed, { objects: all })).lastIndexOf(`\n${number} 0 obj\n`) + 1;
    return writeByHand(seed, { objects: all, trailer: `/XRefStm ${where}`, table: () => `${page} 1\n${row(0, 65535, 'f')}${number} 1\n${row(where)}` });
  }, 2),
  refused('entries that are not right', (seed, random) => {
    const { page, objects } = hostilePage(seed, random);
    const { bytes } = seed;
    return writeByHand(seed, {
      objects,
      table: (offsets) => {
        const at = offsets.get(page) ?? 0;
        return `${rightTable(offsets)}${random.pick([
          `${page} 1\n${row(seed.facts.startxref)}`,
          `${page} 1\n${row(bytes.length * 2)}`,
          `${page} 1\n${row(random.below(bytes.length))}`,
          `${page} 1\n${row(at, 1)}`,
          `${page} 1\n${row(at, 65535, 'f')}`,
          `0 4294967295\n`,
          `0 99999999999999999999\n`,
          `-1 5\n${row(0)}`,
          `0 5000000\n${row(0, 65535, 'f')}`,
          `${page} 2\n${row(at)}`,
          `${page} 1\n${row(at).slice(0, 15)}\r\n`,
          `${seed.facts.catalog.ref.number} 1\n${row(at)}`,
          `99999999 1\n${row(at)}`,
          '0 0\n'.repeat(1 + random.below(2000)),
        ])}`;
      },
    });
  }, 4),
  refused('an object freed', (seed, random) => {
    const { ref } = random.pick(seed.facts.content);
    const generation = random.below(2);
    return writeByHand(seed, { objects: new Map(), table: () => `${ref.number} 1\n${row(0, generation, 'f')}` });
  }, 3),
  refused('another generation of an object', (seed, random) => {
    const { ref, object } = random.pick(seed.facts.content.filter(({ object: known }) => !asText(known).includes('/Length')));
    return writeByHand(seed, { objects: new Map([[ref.number, `${asText(object)}`]]), table: (offsets) => `${ref.number} 1\n${row(offsets.get(ref.number) ?? 0, 1 + random.below(9))}` });
  }),
  refused('another root', (seed, random) => {
    const { page, objects } = hostilePage(seed, random);
    const { facts: { file, catalog } } = seed;
    const [root, tree] = [file.size + 7, file.size + 8];
    const own = new Map([...objects, [root, asText(catalog.dict.with({ Pages: new PdfRef(tree) }))], [tree, `<< /Type /Pages /Kids [${page} 0 R] /Count 1 >>`]]);
    return writeByHand(seed, { objects: own, root: new PdfRef(root) });
  }, 2),
  refused('keys that occur twice', (seed, random) => {
    const { page, objects } = hostilePage(seed, random);
    const { facts: { file, catalog } } = seed;
    const text = objects.get(page) ?? '';
    const twice = text.replace(/ >>$/, ` /Contents ${file.size + 5} 0 R /Contents 1 0 R >>`);
    return random.below(2) === 0
      ? writeByHand(seed, { objects: new Map([...objects, [page, twice]]) })
      : writeByHand(seed, { objects, trailer: `/Root ${serialize(new PdfRef(file.size + 5))} /Root ${serialize(catalog.ref)} /Prev 0 /Size 3` });
  }, 2),
  refused('objects that only a scan of the bytes finds', (seed, random) => {
    const { objects } = hostilePage(seed, random);
    const text = [...objects].map(([number, object]) => `${number} 0 obj\n${object}\nendobj\n`).join('');
    return joinBytes([seed.bytes, toLatin1(`${text}startxref\n${seed.facts.startxref}\n%%EOF\n`)]);
  }),
  refused('a startxref that leads elsewhere', (seed, random) => {
    const { objects } = hostilePage(seed, random);
    return writeByHand(seed, { objects, startxref: random.pick([0, 1, seed.bytes.length * 3, random.below(seed.bytes.length), seed.bytes.length + 1]) });
  }, 2),
  refused('an encryption that was not there', (seed, random) => writeByHand(seed, { objects: hostilePage(seed, random).objects, trailer: random.pick(['/Encrypt << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>', '/Encrypt << /Filter /None >>', `/Encrypt ${seed.facts.file.size + 5} 0 R`]) })),
  refused('very many sections', (seed, random) => {
    const { objects } = hostilePage(seed, random);
    let bytes = writeByHand(seed, { objects });
    const parts = [bytes];
    let length = bytes.length;
    let prev = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(fromLatin1(bytes.subarray(-60)))?.[1]);
    const { catalog: { ref }, file } = seed.facts;
    for (let left = 50 + random.below(300); left > 0; left--) {
      bytes = toLatin1(`xref\n0 0\ntrailer\n<< /Size ${file.size + 10} /Root ${serialize(ref)} /Prev ${prev} >>\nstartxref\n${length}\n%%EOF\n`);
      prev = length;
      length += bytes.length;
      parts.push(bytes);
    }
    return joinBytes(parts);
  }),
  refused('a bomb for a cross-reference or object stream', (seed, random) => {
    const { file, catalog } = seed.facts;
    const bomb = zeros(random.pick([1, 20, 80]));
    const number = file.size + 7;
    const kind = random.pick([`/Type /XRef /Size ${number} /W [1 2 1] /Root ${serialize(catalog.ref)} /Prev ${seed.facts.startxref}`, '/Type /XRef /Size 99999999 /W [0 0 0] /Index [0 99999999]', '/Type /XRef /Size 10 /W [1 8 2147483647]', '/Type /ObjStm /N 100000 /First 10', '/Type /ObjStm /N 99999999999 /First 0']);
    const head = `\n${number} 0 obj\n<< ${kind} /Root ${serialize(catalog.ref)} /Filter ${random.pick(['/FlateDecode', '[/FlateDecode /FlateDecode]'])} /Length ${bomb.length} >>\nstream\n`;
    const { bytes } = seed;
    const before = joinBytes([bytes, toLatin1(head), bomb, toLatin1('\nendstream\nendobj\n')]);
    const page = random.pick(seed.facts.pages).ref.number;
    const tail = kind.startsWith('/Type /XRef')
      ? `startxref\n${bytes.length + 1}\n%%EOF\n`
      : `${number + 1} 0 obj\n<< /Type /XRef /Size ${number + 2} /W [1 4 1] /Index [${page} 1 ${number} 1] /Root ${serialize(catalog.ref)} /Prev ${seed.facts.startxref} /Length 12 >>\nstream\n${rowBytes(2, number, 0)}${rowBytes(1, bytes.length + 1, 0)}\nendstream\nendobj\nstartxref\n${before.length}\n%%EOF\n`;
    return joinBytes([before, toLatin1(tail)]);
  }),
];

const rowBytes = (kind: number, value: number, last: number): string => String.fromCharCode(kind, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255, last);
