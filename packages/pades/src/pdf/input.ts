import type { ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { fromLatin1 } from './characters.js';
import { Parser, WindowEnd } from './parser.js';

/** A source as the file's own offsets see it: they count from `%PDF-`, whatever stands before. */
export interface Input {
  readonly source: ByteSource;
  /** Bytes before `%PDF-`. */
  readonly leading: number;
  readonly version: string;
}

const HEADER_WITHIN = 1024;
const FIRST_WINDOW = 2048;
const LONGEST_OBJECT = 64 << 20;
const TAIL_LIMIT = 1 << 20;
/** Objects: some viewers read them, others the state before them. */
const UPDATE = /\d\s+\d+\s+obj\b/;

export async function openInput(source: ByteSource): Promise<Input> {
  const head = fromLatin1(await source.read(0, HEADER_WITHIN + 16));
  const leading = head.indexOf('%PDF-');
  if (leading < 0 || leading > HEADER_WITHIN) throw new PadesError('not_pdf', `no %PDF- header in the first ${HEADER_WITHIN} bytes`);
  return { source, leading, version: /^\d\.\d/.exec(head.slice(leading + 5))?.[0] ?? '' };
}

/** Parses at a position of the source, widening the window until the object fits. */
export async function parseAt<T>({ source }: Input, position: number, parse: (parser: Parser) => T): Promise<T> {
  if (position < 0 || position >= source.length) throw new PadesError('broken_xref', `an offset of ${position} lies outside the file`);
  for (let size = FIRST_WINDOW; ; size *= 4) {
    const bytes = await source.read(position, size);
    const final = position + bytes.length >= source.length;
    try {
      return parse(new Parser({ bytes, origin: position, final }));
    } catch (thrown) {
      if (!(thrown instanceof WindowEnd)) throw thrown;
      if (size > LONGEST_OBJECT) throw new PadesError('limit_exceeded', `an object at byte ${position} is longer than ${LONGEST_OBJECT} bytes`);
    }
  }
}

export interface Tail {
  /** What the last startxref says, an offset as the file counts. */
  readonly startxref: number;
  /** Bytes after the last %%EOF and its end-of-line. */
  readonly trailing: number;
}

/** The last startxref; a megabyte of trailing garbage is looked through for it. */
export async function findTail({ source }: Input): Promise<Tail> {
  for (let size = 1024; ; size = Math.min(size * 8, TAIL_LIMIT)) {
    const from = Math.max(0, source.length - size);
    const tail = fromLatin1(await source.read(from, source.length - from));
    const at = tail.lastIndexOf('startxref');
    const [whole = '', digits] = at < 0 ? [] : (/^startxref\s*(\d+)\s*(?:%%EOF(?:\r\n|\r|\n)?)?/.exec(tail.slice(at)) ?? []);
    if (digits !== undefined) {
      const behind = tail.slice(at + whole.length);
      if (UPDATE.test(behind)) throw new PadesError('broken_xref', 'an update behind the last startxref is cut off');
      return { startxref: Number(digits), trailing: behind.length };
    }
    if (from === 0 || size >= TAIL_LIMIT) throw new PadesError('broken_xref', 'no startxref at the end of the file');
  }
}
