import { PadesError, isPadesError } from '../errors.js';
import { fromLatin1 } from '../pdf/characters.js';
import { PdfDict, PdfRef, PdfStream, isName, type PdfObject } from '../pdf/objects.js';
import { Parser, parseWithStream } from '../pdf/parser.js';
import { createStreamEnds } from './stream-end.js';

/** What stands in the bytes, whatever the cross-reference says. */
export interface Scan {
  /** In the order of the file, object streams as they are; streams with their data. */
  readonly found: readonly FoundObject[];
  /** Dictionaries of trailers and cross-reference streams, in order. */
  readonly trailers: readonly PdfDict[];
  /** Places that look like an object and cannot be read. */
  readonly unreadable: number;
  /** Objects in which something was passed over. */
  readonly malformed: number;
}

export interface FoundObject {
  readonly ref: PdfRef;
  readonly object: PdfObject;
  /** Where it begins, and where what was read of it ends; absent for members of object streams. */
  readonly span?: readonly [number, number];
}

/** The next object mostly follows at once; a file that was cut has long stretches without any. */
const FIRST_CHUNK = 256;
const LONGEST_CHUNK = 1 << 20;
const OVERLAP = 64;
/** The highest object number (ISO 32000-2, Annex C). */
const HIGHEST = 8_388_607;
/** What is read in vain, in lengths of the file: a mark inside what cannot be read is tried again. */
const VAIN_LENGTHS = 8;

/** Looks through all bytes for `n g obj` and `trailer`; data of streams is skipped. */
export function scanObjects(bytes: Uint8Array): Scan {
  const found: FoundObject[] = [];
  const trailers: PdfDict[] = [];
  const streamEnd = createStreamEnds(bytes);
  let [unreadable, malformed, vain] = [0, 0, 0];
  for (let at = 0; ; ) {
    const mark = nextMark(bytes, at);
    if (!mark) break;
    at = mark.end;
    const read = (mark.ref?.number ?? 0) <= HIGHEST ? tryRead(bytes, mark.end, streamEnd) : mark.end;
    if (typeof read === 'number') {
      unreadable++;
      vain += read - mark.end;
      if (vain > bytes.length * VAIN_LENGTHS) throw new PadesError('limit_exceeded', 'the file consists of objects that do not end');
      continue;
    }
    if (read.skipped > 0) malformed++;
    at = Math.max(read.end, mark.end);
    const { object } = read;
    if (!mark.ref) {
      if (object instanceof PdfDict) trailers.push(object);
    } else if (object instanceof PdfStream && isName(object.dict.get('Type'), 'XRef')) trailers.push(object.dict);
    else found.push({ ref: mark.ref, object, span: [mark.start, at] });
  }
  return { found, trailers, unreadable, malformed };
}

interface Mark {
  /** Undefined for a trailer. */
  readonly ref: PdfRef | undefined;
  readonly start: number;
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
    if (match && !cut) return { ref: match[1] === undefined ? undefined : new PdfRef(Number(match[1]), Number(match[2])), start: base + match.index, end: base + match.index + match[0].length };
  }
  return undefined;
}

/** An object and where it ends; or, where it cannot be read, how far that took. */
function tryRead(bytes: Uint8Array, from: number, streamEnd: (start: number, length: PdfObject) => number): { object: PdfObject; end: number; skipped: number } | number {
  const parser = new Parser({ bytes, origin: 0, final: true, lenient: true }, from);
  try {
    if (parser.keyword('endobj')) return { object: null, end: parser.position, skipped: 0 };
    const object = parseWithStream(parser);
    const { skipped } = parser;
    if (!(object instanceof PdfStream) || typeof object.data !== 'number') return { object, end: parser.position, skipped };
    const end = streamEnd(object.data, object.dict.get('Length'));
    return { object: new PdfStream(object.dict, bytes.subarray(object.data, end)), end, skipped };
  } catch (cause) {
    if (isPadesError(cause)) return parser.position;
    throw cause;
  }
}
