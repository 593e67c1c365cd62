import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { toLatin1 } from './characters.js';
import type { PdfFile, Resolver } from './file.js';
import { decodeStream, deflate } from './filters.js';
import type { PdfDict} from './objects.js';
import { PdfRef, PdfStream, PdfString, isArray, name, type PdfObject } from './objects.js';
import { serialize } from './serialize.js';

/** New and changed objects over a file; what is not changed shows through. */
export interface Revision extends Resolver {
  readonly file: PdfFile;
  allocate(): PdfRef;
  add(object: PdfObject): PdfRef;
  set(ref: PdfRef, object: PdfObject): void;
  readonly changed: ReadonlyMap<number, Change>;
  /** /Size of the new trailer. */
  readonly size: number;
}

interface Change {
  readonly ref: PdfRef;
  readonly object: PdfObject;
}

export function createRevision(file: PdfFile): Revision {
  const changed = new Map<number, Change>();
  let size = file.size;
  const allocate = () => new PdfRef(size++);
  const set = (ref: PdfRef, object: PdfObject) => void changed.set(ref.number, { ref, object });
  return {
    file,
    changed,
    allocate,
    set,
    add(object) {
      const ref = allocate();
      set(ref, object);
      return ref;
    },
    get size() {
      return size;
    },
    async resolve(object) {
      const own = object instanceof PdfRef ? changed.get(object.number) : undefined;
      if (own) return own.object;
      return file.resolve(object);
    },
    streamBytes: (stream) => file.streamBytes(stream),
    work: file.work,
    decoded: async (stream) => (typeof stream.data === 'number' ? file.decoded(stream) : decodeStream(await file.streamBytes(stream), stream.dict, file.work)),
  };
}

export interface WrittenRevision {
  /** What is appended to the file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` each object begins. */
  readonly positions: ReadonlyMap<number, number>;
}

/** The revision as bytes to append, with the kind of cross-reference section that the file already has (7.5.6). */
export async function writeRevision(revision: Revision): Promise<WrittenRevision> {
  const { file } = revision;
  const { source, leading } = file.input;
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? toLatin1(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const positions = new Map<number, number>();
  const pushObject = ({ number, generation }: PdfRef, object: PdfObject, data?: Uint8Array) => {
    positions.set(number, length);
    push(`${number} ${generation} obj\n`);
    if (object instanceof PdfStream && data) {
      push(`${serialize(object.dict.with({ Length: data.length }))}\nstream\n`);
      push(data);
      push('\nendstream\nendobj\n');
    } else {
      push(`${serialize(object)}\nendobj\n`);
    }
  };

  const [last] = await source.read(source.length - 1, 1);
  if (last !== 10 && last !== 13) push('\n');
  const changes = [...revision.changed.values()].sort((a, b) => a.ref.number - b.ref.number);
  for (const { ref, object } of changes) {
    const data = object instanceof PdfStream ? await revision.streamBytes(object) : undefined;
    if (file.security) pushObject(ref, await file.security.encryptStrings(ref, object), data && object instanceof PdfStream ? await file.security.encryptStream(ref, object.dict, data) : undefined);
    else pushObject(ref, object, data);
  }

  const offsetOf = (position: number) => source.length - leading + position;
  const startxref = offsetOf(length);
  if (file.sections[0].kind === 'table') {
    push(tableText(changes.map(({ ref }) => ({ ref, offset: offsetOf(positions.get(ref.number) ?? 0) }))));
    push(`trailer\n${serialize(trailerOf(revision, revision.size))}\n`);
  } else {
    const own = revision.allocate();
    const rows = [...changes.map(({ ref }) => ({ ref, offset: offsetOf(positions.get(ref.number) ?? 0) })), { ref: own, offset: startxref }];
    const { data, widths } = streamRows(rows);
    const dict = trailerOf(revision, revision.size).with({ Type: name('XRef'), W: widths, Index: subsectionsOf(rows).flatMap((run) => [run[0]?.ref.number ?? 0, run.length]), Filter: name('FlateDecode') });
    pushObject(own, new PdfStream(dict, data), data);
  }
  push(`startxref\n${startxref}\n%%EOF\n`);
  return { bytes: joinBytes(parts), positions };
}

const OF_THE_SECTION = ['Prev', 'XRefStm', 'Size', 'ID', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'F', 'FFilter', 'FDecodeParms', 'DL'];

function trailerOf({ file }: Revision, size: number): PdfDict {
  const kept = file.trailer.with(Object.fromEntries(OF_THE_SECTION.map((key) => [key, undefined])));
  const id = file.trailer.get('ID');
  const fresh = new PdfString(globalThis.crypto.getRandomValues(new Uint8Array(16)), true);
  const first = isArray(id) && id[0] instanceof PdfString ? new PdfString(id[0].bytes, true) : fresh;
  // The key may hang on the first half, so that an encrypted file without /ID goes on without.
  if (kept.has('Encrypt') && !isArray(id)) return kept.with({ Size: size, Prev: file.tail.startxref });
  return kept.with({ Size: size, Prev: file.tail.startxref, ID: [first, fresh] });
}

interface Row {
  readonly ref: PdfRef;
  readonly offset: number;
}

/** Runs of rows whose numbers follow each other. */
function subsectionsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.ref.number === row.ref.number - 1) run.push(row);
    else runs.push([row]);
  }
  return runs;
}

function tableText(rows: readonly Row[]): string {
  const entry = ({ ref, offset }: Row) => `${String(offset).padStart(10, '0')} ${String(ref.generation).padStart(5, '0')} n\r\n`;
  const runs = subsectionsOf(rows).map((run) => `${run[0]?.ref.number ?? 0} ${run.length}\n${run.map(entry).join('')}`);
  if (rows.some(({ offset }) => offset > 9_999_999_999)) throw new PadesError('limit_exceeded', 'a cross-reference table reaches 10,000,000,000 bytes, no further');
  return `xref\n${runs.join('')}`;
}

function streamRows(rows: readonly Row[]): { data: Uint8Array; widths: number[] } {
  const widths = [1, rows.some(({ offset }) => offset > 0xffffffff) ? 6 : 4, 2];
  const [, offsetWidth = 4] = widths;
  const row = 1 + offsetWidth + 2;
  const data = new Uint8Array(rows.length * row);
  rows.forEach(({ ref, offset }, index) => {
    const at = index * row;
    data[at] = 1;
    for (let i = 0, rest = offset; i < offsetWidth; i++, rest = Math.floor(rest / 256)) data[at + offsetWidth - i] = rest % 256;
    data[at + 1 + offsetWidth] = ref.generation >> 8;
    data[at + 2 + offsetWidth] = ref.generation & 255;
  });
  return { data: deflate(data), widths };
}
