import { PadesError } from '../errors.js';
import { fromLatin1, isDigit } from './characters.js';
import { decodeStream } from './filters.js';
import { parseAt, type Input } from './input.js';
import { PdfDict, PdfStream, isArray, isInteger, type PdfObject } from './objects.js';
import { parseWithStream, type Parser } from './parser.js';
import type { Work } from './work.js';

export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number };

export interface XrefSection {
  readonly kind: 'table' | 'stream';
  /** As the file counts. */
  readonly offset: number;
  readonly trailer: PdfDict;
  /** Object numbers that it speaks of: [first, count]. */
  readonly ranges: readonly (readonly [number, number])[];
  lookup(number: number): Promise<XrefEntry | undefined>;
  /** What the startxref right after it says, and where in the source that number ends; undefined where none follows. */
  readonly closing: Closing | undefined;
  /** The stream of a hybrid section. */
  readonly hybrid?: XrefSection;
}

/** The object numbers that a section speaks of, those of its hybrid stream too. */
export const rangesOf = ({ ranges, hybrid }: XrefSection): XrefSection['ranges'] => (hybrid ? [...ranges, ...hybrid.ranges] : ranges);

export interface Closing {
  readonly startxref: number;
  readonly end: number;
}

/** Above what any viewer handles (ISO 32000-2, Annex C names 8,388,607). */
const MAX_OBJECTS = 8_388_607;
const MAX_SECTIONS = 4096;
const ENTRY = 20;
const ENTRY_FORM = /^\d{10} \d{5} [nf]/;

/** The chain of sections, the newest first. */
export async function readXrefChain(input: Input, startxref: number, work: Work): Promise<XrefSection[]> {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  for (let offset: PdfObject = startxref; offset !== null; ) {
    if (!isInteger(offset) || seen.has(offset) || sections.length >= MAX_SECTIONS) throw new PadesError('broken_xref', 'the chain of cross-reference sections does not end');
    seen.add(offset);
    const section: XrefSection = await withHybrid({ input, work }, await readSection({ input, work }, offset));
    sections.push(section);
    offset = section.trailer.get('Prev');
  }
  return sections;
}

interface Reading {
  readonly input: Input;
  readonly work: Work;
}

async function readSection({ input, work }: Reading, offset: number): Promise<XrefSection> {
  const isTable = await parseAt(input, offset + input.leading, (parser) => parser.keyword('xref') && parser.position);
  return isTable === false ? readStreamSection({ input, work }, offset) : readTable(input, offset, offset + input.leading + isTable);
}

async function withHybrid(reading: Reading, section: XrefSection): Promise<XrefSection> {
  const offset = section.trailer.get('XRefStm');
  if (section.kind !== 'table' || !isInteger(offset)) return section;
  const hybrid = await readStreamSection(reading, offset);
  // Objects that the table hides from old readers stand in the stream (7.5.8.4).
  return {
    ...section,
    hybrid,
    async lookup(number) {
      const entry = await section.lookup(number);
      return entry && entry.kind !== 'free' ? entry : ((await hybrid.lookup(number)) ?? entry);
    },
  };
}

type Subsection = { readonly first: number; readonly count: number; readonly at: number } | { readonly first: number; readonly count: number; readonly entries: readonly XrefEntry[] };

async function readTable(input: Input, offset: number, from: number): Promise<XrefSection> {
  const subsections: Subsection[] = [];
  let at = from;
  for (;;) {
    const head = await parseAt(input, at, readHead);
    if (head.kind === 'trailer') {
      return {
        kind: 'table',
        offset,
        trailer: head.trailer,
        closing: head.closing && { ...head.closing, end: at + head.closing.end },
        ranges: subsections.map(({ first, count }) => [first, count]),
        lookup: (number) => lookupInTable(input, subsections, number),
      };
    }
    const { first, count } = head;
    const entriesAt = at + head.length;
    if (count > MAX_OBJECTS) throw new PadesError('limit_exceeded', `a cross-reference table of ${count} objects`);
    if (first + count > MAX_OBJECTS + 1) throw new PadesError('broken_xref', `a cross-reference table begins at object ${first}`);
    if (await isRegularTable(input, entriesAt, count)) {
      // Some writers number the first subsection from 1 though it begins with the head of the free list.
      const shifted = first === 1 && count > 0 && fromLatin1(await input.source.read(entriesAt, 18)) === '0000000000 65535 f';
      subsections.push({ first: shifted ? 0 : first, count, at: entriesAt });
      at = entriesAt + count * ENTRY;
    } else {
      const { entries, length } = await parseAt(input, entriesAt, (parser) => readEntries(parser, count));
      subsections.push({ first, count, entries });
      at = entriesAt + length;
    }
  }
}

type Head = { readonly kind: 'entries'; readonly first: number; readonly count: number; readonly length: number } | { readonly kind: 'trailer'; readonly trailer: PdfDict; readonly closing: Closing | undefined };

function readHead(parser: Parser): Head {
  if (parser.keyword('trailer')) {
    const trailer = parser.object();
    if (!(trailer instanceof PdfDict)) throw new PadesError('broken_xref', 'a trailer is not a dictionary');
    return { kind: 'trailer', trailer, closing: readClosing(parser) };
  }
  const first = parser.integer();
  const count = parser.integer();
  if (first === undefined || count === undefined) throw new PadesError('broken_xref', 'a cross-reference table breaks off');
  parser.skipSpace();
  return { kind: 'entries', first, count, length: parser.position };
}

function readClosing(parser: Parser): Closing | undefined {
  const startxref = parser.keyword('startxref') ? parser.integer() : undefined;
  return startxref === undefined ? undefined : { startxref, end: parser.position };
}

async function isRegularTable({ source }: Input, at: number, count: number): Promise<boolean> {
  if (count === 0) return true;
  const entryFits = async (index: number) => ENTRY_FORM.test(fromLatin1(await source.read(at + index * ENTRY, 18)));
  const end = fromLatin1(await source.read(at + count * ENTRY - 2, 3));
  return (await entryFits(0)) && (await entryFits(count - 1)) && /^( \r| \n|\r\n)[^\r\n]?$/.test(end);
}

/** Entries whose lines are not 20 bytes long, token by token. */
function readEntries(parser: Parser, count: number): { entries: XrefEntry[]; length: number } {
  const entries: XrefEntry[] = [];
  for (let i = 0; i < count; i++) {
    const offset = parser.integer();
    const generation = parser.integer();
    const used = parser.keyword('n');
    if (offset === undefined || generation === undefined || (!used && !parser.keyword('f'))) throw new PadesError('broken_xref', 'a cross-reference entry is malformed');
    entries.push(used ? { kind: 'offset', offset, generation } : { kind: 'free' });
  }
  return { entries, length: parser.position };
}

async function lookupInTable({ source }: Input, subsections: readonly Subsection[], number: number): Promise<XrefEntry | undefined> {
  for (const subsection of subsections) {
    const index = number - subsection.first;
    if (index < 0 || index >= subsection.count) continue;
    if ('entries' in subsection) return subsection.entries[index];
    const entry = await source.read(subsection.at + index * ENTRY, 18);
    const [offset, generation] = [readDigits(entry, 0, 10), readDigits(entry, 11, 16)];
    const [used, free] = [entry[17] === 0x6e, entry[17] === 0x66];
    if (Number.isNaN(offset + generation) || entry[10] !== 0x20 || entry[16] !== 0x20 || !(used || free)) throw new PadesError('broken_xref', `the cross-reference entry of object ${number} is malformed`);
    return used && offset > 0 ? { kind: 'offset', offset, generation } : { kind: 'free' };
  }
  return undefined;
}

/** A number of fixed length; NaN where something else stands there. */
function readDigits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (!isDigit(byte)) return NaN;
    value = value * 10 + byte - 48;
  }
  return value;
}

async function readStreamSection({ input, work }: Reading, offset: number): Promise<XrefSection> {
  const { stream, after } = await parseAt(input, offset + input.leading, (parser) => {
    const header = parser.integer() !== undefined && parser.integer() !== undefined && parser.keyword('obj');
    const object = header ? parseWithStream(parser) : null;
    if (!(object instanceof PdfStream) || typeof object.data !== 'number') throw new PadesError('broken_xref', `no cross-reference section at byte ${offset}`);
    return { stream: object, after: object.data };
  });
  const { dict } = stream;
  const length = dict.get('Length');
  const widths = dict.get('W');
  if (!isInteger(length) || length < 0 || !isArray(widths) || widths.length < 3 || !widths.every((width) => isInteger(width) && width >= 0 && width <= 8)) {
    throw new PadesError('broken_xref', 'a cross-reference stream lacks /Length or /W');
  }
  const data = decodeStream(await input.source.read(after, length), dict, work);
  const fields = widths as readonly number[];
  const size = dict.get('Size');
  const index = dict.get('Index') ?? [0, size];
  if (!isArray(index) || !index.every((value) => isInteger(value) && value >= 0)) throw new PadesError('broken_xref', 'a cross-reference stream has a malformed /Index');
  const ranges: [number, number][] = [];
  for (let i = 0; i + 1 < index.length; i += 2) ranges.push([index[i] as number, index[i + 1] as number]);
  // Rows without bytes would be as many as somebody likes.
  const rowBytes = fields.reduce((sum, width) => sum + width, 0);
  const rows = ranges.reduce((sum, [, count]) => sum + count, 0);
  if (rowBytes === 0 || rows * rowBytes > data.length) throw new PadesError('broken_xref', 'a cross-reference stream is shorter than its /Index');
  if (ranges.some(([first, count]) => first + count > MAX_OBJECTS + 1)) throw new PadesError('broken_xref', 'a cross-reference stream speaks of object numbers that there cannot be');
  const dataEnd = after + length;
  const closing = await parseAt(input, dataEnd, (parser) => (parser.keyword('endstream') && parser.keyword('endobj') ? readClosing(parser) : undefined)).catch(() => undefined);
  return { kind: 'stream', offset, trailer: dict, closing: closing && { ...closing, end: dataEnd + closing.end }, ranges, lookup: async (number) => lookupInStream(data, fields, ranges, number) };
}

function lookupInStream(data: Uint8Array, widths: readonly number[], ranges: readonly (readonly [number, number])[], number: number): XrefEntry | undefined {
  const width = widths.reduce((sum, value) => sum + value, 0);
  let row = 0;
  for (const [first, count] of ranges) {
    if (number < first || number >= first + count) {
      row += count;
      continue;
    }
    const at = (row + number - first) * width;
    const [w0 = 0, w1 = 0, w2 = 0] = widths;
    const field = (from: number, length: number) => {
      let value = 0;
      for (let i = from; i < from + length; i++) value = value * 256 + (data[i] ?? 0);
      return value;
    };
    const type = w0 === 0 ? 1 : field(at, w0);
    const second = field(at + w0, w1);
    const third = field(at + w0 + w1, w2);
    if (type === 1) return { kind: 'offset', offset: second, generation: third };
    return type === 2 ? { kind: 'compressed', stream: second, index: third } : { kind: 'free' };
  }
  return undefined;
}
