import { readChunks, type ByteSource } from '../byte-source.js';
import { readFields } from '../form/fields.js';
import { joinBytes } from '../hash.js';
import { fromLatin1, isSpace } from '../pdf/characters.js';
import { openPdf, readCatalog, resolveDict, type OpenOptions, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';
import { scanObjects, type FoundObject } from '../repair/scan-objects.js';
import type { Finding } from './findings.js';

/** Between what a cross-reference names and the object itself. */
const MOST_SPACE = 64;

/**
 * Reads the file a second time as programs do that take the last object of each number, wherever the cross-reference
 * leads, and says where the two readings differ: then people may see different documents. Reads the whole file into memory.
 */
export async function compareReadings(source: ByteSource, options: OpenOptions = {}): Promise<Finding[]> {
  const parts: Uint8Array[] = [];
  for await (const chunk of readChunks(source, 0, source.length)) parts.push(chunk.slice());
  const bytes = joinBytes(parts);
  const file = await openPdf(source, options);
  const { found } = scanObjects(bytes);
  const last = new Map(found.map((object) => [object.ref.number, object]));
  const reached = await reachable(file);

  const findings = new Map<string, Finding>();
  const refuse = (message: string) => findings.set('two_readings', { code: 'two_readings', severity: 'refuse', message });
  if (countClosings(bytes, found) > file.sections.filter(({ closing }) => closing).length) refuse('a revision stands in the file to which its cross-reference does not lead');
  for (const object of last.values()) {
    const differs = await difference(file, object, { bytes, last });
    if (differs !== undefined) refuse(differs);
  }
  const shown = await shownSignatures(file);
  for (const { ref, object } of last.values()) {
    const dict = object instanceof PdfDict ? object : undefined;
    if (dict?.has('ByteRange') && dict.has('Contents') && !shown.has(ref.number)) refuse(`object ${ref.number} is a signature that no field shows`);
  }
  for (const section of file.sections) {
    if (section.hybrid && (await contradicts(section, file.size))) refuse('a hybrid cross-reference says two places of one object');
  }
  const aids = linearization(found);
  const idle = [...last.values()].filter((each) => !reached.has(each.ref.number) && !isContainer(each.object) && !aids.has(each)).length;
  if (idle > 0) findings.set('unreachable_objects', { code: 'unreachable_objects', severity: 'flag', message: `objects to which nothing leads: ${idle}` });
  return [...findings.values()];
}

interface Reading {
  readonly bytes: Uint8Array;
  readonly last: ReadonlyMap<number, FoundObject>;
}

/** Why the last object of a number is not the one that the cross-reference leads to; undefined where it is, or where none is. */
async function difference(file: PdfFile, { ref, object, span }: FoundObject, { bytes, last }: Reading): Promise<string | undefined> {
  const at = span?.[0] ?? 0;
  const entry = await file.entry(ref.number);
  if (!entry || entry.kind === 'free') return isContainer(object) ? `object stream ${ref.number} is in no cross-reference` : undefined;
  if (entry.kind === 'offset') {
    const named = entry.offset + file.input.leading;
    const same = named <= at && at - named <= MOST_SPACE && bytes.subarray(named, at).every((byte) => isSpace(byte));
    return same ? undefined : `object ${ref.number} stands in the file more than once, and the last one is not the one that the cross-reference names`;
  }
  const container = last.get(entry.stream)?.span?.[0];
  return container === undefined || at > container ? `object ${ref.number} stands in the file and, otherwise, in an object stream before it` : undefined;
}

/** What stands in a linearized file for whoever reads its first page first: a dictionary, and hints at a place that it names (Annex F). */
function linearization(found: readonly FoundObject[]): Set<FoundObject> {
  const [first] = found;
  const dict = dictOf(first?.object ?? null);
  if (!first || !dict?.has('Linearized')) return new Set();
  const hints = dict.get('H');
  const [at] = isArray(hints) ? hints : [];
  return new Set([first, ...found.filter(({ span }) => span?.[0] === at)]);
}

const isContainer = (object: PdfObject) => object instanceof PdfStream && isName(object.dict.get('Type'), 'ObjStm');

/** Ends of revisions outside of objects. */
function countClosings(bytes: Uint8Array, found: readonly FoundObject[]): number {
  let [count, from] = [0, 0];
  const look = (to: number) => {
    for (let at = from; at < to; at += 1 << 20) count += [...fromLatin1(bytes.subarray(at, Math.min(to, at + (1 << 20)))).matchAll(/startxref\s+\d+\s+%%EOF/g)].length;
  };
  for (const { span } of found) {
    if (!span) continue;
    look(span[0]);
    from = Math.max(from, span[1]);
  }
  look(bytes.length);
  return count;
}

/** Objects of signatures that a field or the catalog shows. */
async function shownSignatures(file: PdfFile): Promise<Set<number>> {
  const { catalog } = await readCatalog(file);
  const permissions = await resolveDict(file, catalog.get('Perms'));
  const values = [...(await readFields(file)).map(({ value }) => value), ...(permissions?.entries.values() ?? [])];
  return new Set(values.flatMap((value) => (value instanceof PdfRef ? [value.number] : [])));
}

async function contradicts({ lookup, hybrid, ranges }: PdfFile['sections'][number], size: number): Promise<boolean> {
  for (const [first, count] of ranges) {
    for (let number = first; number < Math.min(first + count, size); number++) {
      const [own, other] = [await lookup(number), await hybrid?.lookup(number)];
      if (own && other && own.kind !== 'free' && other.kind !== 'free' && JSON.stringify(own) !== JSON.stringify(other)) return true;
    }
  }
  return false;
}

/** Numbers of everything that the trailer leads to. */
async function reachable(file: PdfFile): Promise<Set<number>> {
  const seen = new Set<number>();
  const pending: PdfObject[] = [...file.trailer.entries.values()];
  while (pending.length > 0) {
    let object = pending.pop() ?? null;
    if (object instanceof PdfRef) {
      if (seen.has(object.number)) continue;
      seen.add(object.number);
      object = await file.resolve(object);
    }
    for (const value of isArray(object) ? object : (dictOf(object)?.entries.values() ?? [])) if (value !== null && typeof value === 'object') pending.push(value);
  }
  return seen;
}
