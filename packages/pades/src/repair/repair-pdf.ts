import { bytesSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { fromLatin1 } from '../pdf/characters.js';
import { openPdf, type OpenOptions } from '../pdf/file.js';
import { PdfRef, dict, dictOf, isName, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { findMissingObjects } from './missing-objects.js';
import { gatherObjects, type Gathered } from './gather-objects.js';
import { scanObjects, type Scan } from './scan-objects.js';
import { writeObjects } from './write-objects.js';

export interface RepairedPdf {
  /** A new file with one cross-reference table; the original is no prefix of it. */
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly objects: number;
  /** Places that looked like objects and could not be read; they are not in the new file. */
  readonly unreadable: number;
  /** Objects that the file refers to and that are nowhere in it: it was cut off, or holes are in it. */
  readonly missing: number;
  /** What was done, in words, a sentence each; never empty. */
  readonly repaired: readonly string[];
}

/**
 * Rewrites a file whose cross-reference chain is broken from the objects that stand in it, the last one of each number.
 * An encrypted one stays encrypted, with the same key. For files before their first signature only: a signed one throws
 * `locked`, since rewriting ends its signatures.
 */
export async function repairPdf(bytes: Uint8Array, options: OpenOptions = {}): Promise<RepairedPdf> {
  const hasHeader = /%PDF-\d/.test(fromLatin1(bytes.subarray(0, 1040)));
  const scan = scanObjects(bytes);
  const { objects, unreadable: members } = await gatherObjects(scan, options.password);
  if ([...objects.values()].some(({ object }) => isSignature(object))) throw new PadesError('locked', 'the file is signed; rewriting it would end its signatures');
  const { root, named } = findRoot(scan, objects);
  if (!root && !hasHeader) throw new PadesError('not_pdf', 'no %PDF- header in the first 1024 bytes, and no catalog');
  if (!root) throw new PadesError('broken_xref', 'the file has no catalog, so nothing says what its pages are');
  const written = writeObjects(objects, trailerOf(scan.trailers, root));
  const file = await openPdf(bytesSource(written), options);
  const pages = await readPages(file);
  if (pages.length === 0) throw new PadesError('broken_xref', 'no page can be found in the file');
  const unreadable = scan.unreadable + members;
  const missing = (await findMissingObjects(file)).count();
  return { bytes: written, pages: pages.length, objects: objects.size, unreadable, missing, repaired: describe({ hasHeader, named, unreadable, missing, malformed: scan.malformed, objects: objects.size }) };
}

const isSignature = (object: PdfObject) => {
  const own = dictOf(object);
  return own !== undefined && own.has('ByteRange') && own.has('Contents');
};

/** The catalog that the last trailer names; without one that leads to a catalog, the last catalog in the file. */
function findRoot({ trailers }: Scan, objects: Gathered['objects']): { root: PdfRef | undefined; named: boolean } {
  const hasPages = (number: number) => dictOf(objects.get(number)?.object ?? null)?.has('Pages') === true;
  const roots = trailers.map((trailer) => trailer.get('Root')).filter((root) => root instanceof PdfRef);
  const named = roots.reverse().find(({ number }) => hasPages(number));
  const last = [...objects.keys()].reverse().find((number) => hasPages(number) && isName(dictOf(objects.get(number)?.object ?? null)?.get('Type') ?? null, 'Catalog'));
  return { root: named ?? (last === undefined ? undefined : new PdfRef(last)), named: named !== undefined };
}

/** What the key of an encrypted file hangs on comes from one trailer; anything else from the last that has it. */
function trailerOf(trailers: readonly PdfDict[], root: PdfRef): PdfDict {
  const last = (key: string) => trailers.findLast((trailer) => trailer.has(key))?.get(key);
  const locked = trailers.findLast((trailer) => trailer.has('Encrypt'));
  const id = locked ? (locked.has('ID') ? locked.get('ID') : undefined) : last('ID');
  return dict({ Root: root, Info: last('Info') instanceof PdfRef ? last('Info') : undefined, ID: id, Encrypt: locked?.get('Encrypt') });
}

function describe({ hasHeader, named, unreadable, missing, malformed, objects }: { hasHeader: boolean; named: boolean; unreadable: number; missing: number; malformed: number; objects: number }): string[] {
  return [
    `the cross-reference table was broken and is made anew from the ${objects} objects that stand in the file`,
    ...(hasHeader ? [] : ['the header was missing']),
    ...(named ? [] : ['no trailer led to the catalog; the last catalog in the file was taken']),
    ...(malformed > 0 ? [`objects that were malformed and are read as viewers read them: ${malformed}`] : []),
    ...(unreadable > 0 ? [`places that looked like objects, could not be read and are left out: ${unreadable}`] : []),
    ...(missing > 0 ? [`objects that the file refers to and does not have: ${missing}`] : []),
  ];
}
