import { isPadesError } from '../errors.js';
import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { readObjectStream } from '../pdf/object-stream.js';
import { decodeStream } from '../pdf/filters.js';
import { PdfDict, PdfStream, isInteger, isName, type PdfObject } from '../pdf/objects.js';
import { Parser, parseWithStream } from '../pdf/parser.js';

/** What stands in the bytes, whatever the cross-reference says. */
export interface Scan {
  /** By number, the last one of each; streams with their data. */
  readonly objects: ReadonlyMap<number, PdfObject>;
  /** Dictionaries of trailers and cross-reference streams, in order. */
  readonly trailers: readonly PdfDict[];
  /** Places that look like an object and cannot be read. */
  readonly unreadable: number;
}

/** The next object mostly follows at once; a file that was cut has long stretches without any. */
const FIRST_CHUNK = 256;
const LONGEST_CHUNK = 1 << 20;
const OVERLAP = 64;
/** The highest object number (ISO 32000-2, Annex C). */
const HIGHEST = 8_388_607;

/** Looks through all bytes for `n g obj` and `trailer`; data of streams is skipped. */
export function scanObjects(bytes: Uint8Array): Scan {
  const objects = new Map<number, PdfObject>();
  const trailers: PdfDict[] = [];
  let unreadable = 0;
  for (let at = 0; ; ) {
    const mark = nextMark(bytes, at);
    if (!mark) break;
    at = mark.end;
    const found = (mark.number ?? 0) <= HIGHEST ? tryRead(bytes, mark.end) : undefined;
    if (!found) {
      unreadable++;
      continue;
    }
    at = Math.max(found.end, mark.end);
    const { object } = found;
    if (mark.number === undefined) {
      if (object instanceof PdfDict) trailers.push(object);
      continue;
    }
    if (object instanceof PdfStream && isName(object.dict.get('Type'), 'XRef')) trailers.push(object.dict);
    else if (object instanceof PdfStream && isName(object.dict.get('Type'), 'ObjStm')) unreadable += readMembers(object, objects);
    else objects.set(mark.number, object);
  }
  return { objects, trailers, unreadable };
}

interface Mark {
  /** Undefined for a trailer. */
  readonly number: number | undefined;
  /** Where the object's value begins. */
  readonly end: number;
}

function nextMark(bytes: Uint8Array, from: number): Mark | undefined {
  for (let start = from, size = FIRST_CHUNK; start < bytes.length; start += size, size = Math.min(size * 4, LONGEST_CHUNK)) {
    // A mark may have begun in the chunk before.
    const base = Math.max(from, start - OVERLAP);
    const text = fromLatin1(bytes.subarray(base, start + size));
    const match = /(?<![\d.])(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+obj(?![a-z])|(?<![a-z])trailer(?![a-z])/.exec(text);
    // One that touches the end of the chunk may go on behind it.
    const cut = match && base + match.index + match[0].length === start + size && start + size < bytes.length;
    if (match && !cut) return { number: match[1] === undefined ? undefined : Number(match[1]), end: base + match.index + match[0].length };
  }
  return undefined;
}

function tryRead(bytes: Uint8Array, from: number): { object: PdfObject; end: number } | undefined {
  try {
    const parser = new Parser({ bytes, origin: 0, final: true }, from);
    if (parser.keyword('endobj')) return { object: null, end: parser.position };
    const object = parseWithStream(parser);
    if (!(object instanceof PdfStream) || typeof object.data !== 'number') return { object, end: parser.position };
    const end = streamEnd(bytes, object.data, object.dict.get('Length'));
    return { object: new PdfStream(object.dict, bytes.subarray(object.data, end)), end };
  } catch (cause) {
    if (isPadesError(cause)) return undefined;
    throw cause;
  }
}

/** Where /Length says, if `endstream` follows there; else before the next `endstream`. */
function streamEnd(bytes: Uint8Array, start: number, length: PdfObject): number {
  if (isInteger(length) && length >= 0 && start + length <= bytes.length) {
    if (new Parser({ bytes, origin: 0, final: true }, start + length).keyword('endstream')) return start + length;
  }
  const end = indexOf(bytes, 'endstream', start);
  if (end < 0) return bytes.length;
  if (bytes[end - 1] === 10) return Math.max(start, bytes[end - 2] === 13 ? end - 2 : end - 1);
  return bytes[end - 1] === 13 ? Math.max(start, end - 1) : end;
}

function indexOf(bytes: Uint8Array, word: string, from: number): number {
  const wanted = toLatin1(word);
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** Takes in what an object stream holds; counts what cannot be read. */
function readMembers(stream: PdfStream, objects: Map<number, PdfObject>): number {
  let unreadable = 0;
  try {
    const { numbers, object } = readObjectStream(decodeStream(stream.data as Uint8Array, stream.dict), stream.dict);
    numbers.forEach((number, i) => {
      try {
        objects.set(number, object(i));
      } catch {
        unreadable++;
      }
    });
  } catch {
    unreadable++;
  }
  return unreadable;
}
