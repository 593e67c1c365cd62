import { bytesSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { openPdf } from '../pdf/file.js';
import type { PdfDict } from '../pdf/objects.js';
import { PdfRef, PdfStream, dict, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { serialize } from '../pdf/serialize.js';
import { scanObjects, type Scan } from './scan-objects.js';

export interface RepairedPdf {
  /** A new file with one cross-reference table; the original is no prefix of it. */
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly objects: number;
  /** Places that looked like objects and could not be read; they are not in the new file. */
  readonly unreadable: number;
}

/**
 * Rewrites a file whose cross-reference chain is broken from the objects that stand in it, the last one of each number.
 * For files before their first signature only: a signed one throws `locked`, since rewriting ends its signatures.
 */
export async function repairPdf(bytes: Uint8Array): Promise<RepairedPdf> {
  if (!/%PDF-\d/.test(fromLatin1(bytes.subarray(0, 1040)))) throw new PadesError('not_pdf', 'no %PDF- header in the first 1024 bytes');
  const scan = scanObjects(bytes);
  if (scan.trailers.some((trailer) => trailer.has('Encrypt'))) throw new PadesError('encrypted', 'the file is encrypted');
  if ([...scan.objects.values()].some(isSignature)) throw new PadesError('locked', 'the file is signed; rewriting it would end its signatures');
  const written = write(scan, findRoot(scan));
  const file = await openPdf(bytesSource(written));
  const pages = await readPages(file);
  if (pages.length === 0) throw new PadesError('broken_xref', 'no page can be found in the file');
  return { bytes: written, pages: pages.length, objects: scan.objects.size, unreadable: scan.unreadable };
}

const isSignature = (object: PdfObject) => {
  const own = dictOf(object);
  return own !== undefined && own.has('ByteRange') && own.has('Contents');
};

/** The catalog that the last trailer names; without one that leads to a catalog, the last catalog in the file. */
function findRoot({ objects, trailers }: Scan): PdfRef {
  const isCatalog = (object: PdfObject | undefined) => object !== undefined && dictOf(object)?.has('Pages') === true && isName(dictOf(object)?.get('Type') ?? null, 'Catalog');
  const named = trailers.map((trailer) => trailer.get('Root')).filter((root) => root instanceof PdfRef);
  const root = named.reverse().find(({ number }) => isCatalog(objects.get(number)));
  const last = [...objects].reverse().find(([, object]) => isCatalog(object));
  if (!root && !last) throw new PadesError('broken_xref', 'the file has no catalog, so nothing says what its pages are');
  return new PdfRef(root?.number ?? last?.[0] ?? 0);
}

function write({ objects, trailers }: Scan, root: PdfRef): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? toLatin1(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  push('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const numbers = [...objects.keys()].filter((number) => number > 0).sort((a, b) => a - b);
  const offsets = new Map<number, number>();
  for (const number of numbers) {
    const object = objects.get(number) ?? null;
    offsets.set(number, length);
    push(`${number} 0 obj\n`);
    if (object instanceof PdfStream && typeof object.data !== 'number') {
      push(`${serialize(generationZero(object.dict.with({ Length: object.data.length })))}\nstream\n`);
      push(object.data);
      push('\nendstream\nendobj\n');
    } else push(`${serialize(generationZero(object))}\nendobj\n`);
  }
  const startxref = length;
  push(`xref\n0 1\n0000000000 65535 f\r\n${runsOf(numbers).map((run) => subsection(run, offsets)).join('')}`);
  push(`trailer\n${serialize(generationZero(trailerOf(trailers, { root, size: (numbers.at(-1) ?? 0) + 1 })))}\nstartxref\n${startxref}\n%%EOF\n`);
  return joinBytes(parts);
}

function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

const subsection = (run: readonly number[], offsets: ReadonlyMap<number, number>) =>
  `${run[0] ?? 0} ${run.length}\n${run.map((number) => `${String(offsets.get(number) ?? 0).padStart(10, '0')} 00000 n\r\n`).join('')}`;

function trailerOf(trailers: readonly PdfDict[], { root, size }: { root: PdfRef; size: number }): PdfDict {
  const last = (key: string) => trailers.findLast((trailer) => trailer.has(key))?.get(key);
  return dict({ Size: size, Root: root, Info: last('Info') instanceof PdfRef ? last('Info') : undefined, ID: last('ID') });
}

/** Every object is written with generation 0, so references say so too. */
function generationZero(object: PdfObject): PdfObject {
  if (object instanceof PdfRef) return new PdfRef(object.number);
  if (isArray(object)) return object.map(generationZero);
  const own = object instanceof PdfStream ? undefined : dictOf(object);
  return own ? own.with(Object.fromEntries([...own.entries].map(([key, value]) => [key, generationZero(value)]))) : object;
}
