import { PadesError } from '../errors.js';
import { fromLatin1, hexValue, isDigit, isRegular, isSpace } from './characters.js';
import { PdfDict, PdfName, PdfRef, PdfStream, PdfString, type PdfObject } from './objects.js';

/** The window of bytes was too short for the object: read more and parse again. */
export class WindowEnd extends Error {}

export interface Window {
  readonly bytes: Uint8Array;
  /** Where in the file the window begins; absent inside object streams. */
  readonly origin?: number;
  /** Nothing follows the window. */
  readonly final: boolean;
  /** Passes over what does not belong inside a dictionary or an array, as viewers do; for repair only. */
  readonly lenient?: boolean;
}

const MAX_DEPTH = 100;
/** What ends an object, whatever is still open in it. */
const CLOSING: ReadonlySet<string> = new Set(['endobj', 'endstream', 'stream']);
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** A parser of the syntax of ISO 32000-2, 7.2 and 7.3, over one window of bytes. */
export class Parser {
  position: number;
  /** How often something was passed over. */
  skipped = 0;
  readonly #bytes: Uint8Array;
  readonly #origin: number | undefined;
  readonly #final: boolean;
  readonly #lenient: boolean;

  constructor({ bytes, origin, final, lenient = false }: Window, position = 0) {
    this.#bytes = bytes;
    this.#origin = origin;
    this.#final = final;
    this.#lenient = lenient;
    this.position = position;
  }

  /** An object; a dictionary that `stream` follows becomes a stream whose data is a position in the file. */
  object(depth = 0): PdfObject {
    if (depth > MAX_DEPTH) throw new PadesError('limit_exceeded', `objects are nested deeper than ${MAX_DEPTH}`);
    this.skipSpace();
    const byte = this.#peek();
    switch (byte) {
      case 0x2f:
        return new PdfName(this.#name());
      case 0x28:
        return this.#literalString();
      case 0x3c:
        return this.#peek(1) === 0x3c ? this.#dictionary(depth) : this.#hexString();
      case 0x5b:
        return this.#array(depth);
    }
    if (isDigit(byte)) return this.#numberOrReference();
    if (byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.#number();
    return this.#literal(depth);
  }

  /** A non-negative integer, or undefined (and the position stays). */
  integer(): number | undefined {
    const before = this.position;
    this.skipSpace();
    const start = this.position;
    const value = this.#digits();
    if (this.position > start && !isRegular(this.#peek())) return value;
    this.position = before;
    return undefined;
  }

  /** As many digits as come. */
  #digits(): number {
    let value = 0;
    for (let byte = this.#peek(); isDigit(byte); byte = this.#peek()) {
      value = value * 10 + byte - 48;
      this.position++;
    }
    return value;
  }

  /** Takes the keyword if it comes next. */
  keyword(word: string): boolean {
    const before = this.position;
    this.skipSpace();
    for (let i = 0; i < word.length; i++) {
      if (this.#peek(i) !== word.charCodeAt(i)) {
        this.position = before;
        return false;
      }
    }
    this.position += word.length;
    return true;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.#peek();
      if (byte === 0x25) while (this.#peek() !== 10 && this.#peek() !== 13 && this.#peek() !== -1) this.position++;
      else if (isSpace(byte)) this.position++;
      else return;
    }
  }

  /** A dictionary directly followed by stream data: where the data begins, after the one end-of-line that ends the keyword. */
  streamStart(): number | undefined {
    if (!this.keyword('stream')) return undefined;
    if (this.#peek() === 13 && this.#peek(1) === 10) this.position += 2;
    else if (this.#peek() === 10 || this.#peek() === 13) this.position++;
    return this.position + (this.#origin ?? 0);
  }

  #peek(ahead = 0): number {
    const byte = this.#bytes[this.position + ahead];
    if (byte !== undefined) return byte;
    if (!this.#final) throw new WindowEnd();
    return -1;
  }

  #text(from: number, to: number): string {
    return fromLatin1(this.#bytes.subarray(from, to));
  }

  #malformed(what: string): PadesError {
    return new PadesError('broken_xref', `malformed object at byte ${this.position + (this.#origin ?? 0)}: ${what}`);
  }

  #name(): string {
    const start = ++this.position;
    let escaped = false;
    for (let byte = this.#peek(); isRegular(byte); byte = this.#peek()) {
      if (byte === 0x23) escaped = true;
      this.position++;
    }
    const text = this.#text(start, this.position);
    return escaped ? text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;
  }

  #number(): number {
    const start = this.position;
    const whole = this.#digits();
    const next = this.#peek();
    // Nearly every number is a short integer.
    if (this.position > start && this.position - start < 16 && next !== 0x2b && next !== 0x2d && next !== 0x2e) return whole;
    for (let byte = next; isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e; byte = this.#peek()) this.position++;
    if (this.position === start) throw this.#malformed('a number was expected');
    // Viewers read "--5" as -5, "4-2" as 4 and "." as 0.
    const [, sign = '', digits = '0'] = /^([+-]?)[+-]*(\d*\.?\d*)/.exec(this.#text(start, this.position)) ?? [];
    const value = Number(digits === '' || digits === '.' ? 0 : digits);
    return sign === '-' && value !== 0 ? -value : value;
  }

  #numberOrReference(): number | PdfRef {
    const value = this.#number();
    if (!Number.isSafeInteger(value)) return value;
    const after = this.position;
    const generation = this.integer();
    if (generation !== undefined) {
      this.skipSpace();
      if (this.#peek() === 0x52 && !isRegular(this.#peek(1))) {
        this.position++;
        return new PdfRef(value, generation);
      }
    }
    this.position = after;
    return value;
  }

  #literal(depth: number): null | boolean {
    const start = this.position;
    for (let byte = this.#peek(); isRegular(byte); byte = this.#peek()) this.position++;
    const word = this.#text(start, this.position);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (this.#lenient && depth > 0) {
      this.skipped++;
      if (CLOSING.has(word)) this.position = start;
      return null;
    }
    this.position = start;
    throw this.#malformed(word === '' ? 'an object was expected' : `unknown keyword ${word.slice(0, 20)}`);
  }

  #array(depth: number): PdfObject[] {
    this.position++;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.#peek() === 0x5d) {
        this.position++;
        return items;
      }
      if (this.#closes()) return items;
      const before = this.position;
      items.push(this.object(depth + 1));
      if (this.position === before) this.#next();
    }
  }

  #dictionary(depth: number): PdfDict {
    this.position += 2;
    const entries = new Map<string, PdfObject>();
    let nulls: Set<string> | undefined;
    let ambiguous = false;
    for (;;) {
      this.skipSpace();
      const byte = this.#peek();
      if (byte === 0x3e && this.#peek(1) === 0x3e) {
        this.position += 2;
        return new PdfDict(entries, { ambiguous, ...(nulls && { nulls }) });
      }
      if (byte !== 0x2f && this.#lenient) {
        if (this.#closes()) return new PdfDict(entries, { ambiguous, ...(nulls && { nulls }) });
        this.#passOver(depth);
        continue;
      }
      if (byte !== 0x2f) throw this.#malformed('a dictionary key was expected');
      const key = this.#name();
      const value = this.object(depth + 1);
      if (entries.has(key) || nulls?.has(key)) ambiguous = true;
      if (value === null) (nulls ??= new Set()).add(key);
      else entries.set(key, value);
    }
  }

  /** The object ends before what is open in it was closed. */
  #closes(): boolean {
    const first = this.#peek();
    if (!this.#lenient || (first !== 0x65 && first !== 0x73)) return false;
    const before = this.position;
    const closes = [...CLOSING].some((word) => this.keyword(word));
    this.position = before;
    if (closes) this.skipped++;
    return closes;
  }

  /** Something that stands where a key should. */
  #passOver(depth: number): void {
    this.skipped++;
    const before = this.position;
    this.object(depth + 1);
    if (this.position === before) this.#next();
  }

  #literalString(): PdfString {
    const start = this.position++;
    const plain = this.#plainString();
    if (plain) return new PdfString(plain, false, this.#span(start));
    const out: number[] = [];
    for (let nesting = 1; ; ) {
      let byte = this.#next();
      if (byte === 0x28) nesting++;
      else if (byte === 0x29 && --nesting === 0) break;
      else if (byte === 13) {
        if (this.#peek() === 10) this.position++;
        byte = 10;
      } else if (byte === 0x5c) {
        const escaped = this.#escape();
        if (escaped === undefined) continue;
        byte = escaped;
      }
      out.push(byte);
    }
    return new PdfString(Uint8Array.from(out), false, this.#span(start));
  }

  /** What stands up to the closing parenthesis, where every byte means itself, as in most strings. */
  #plainString(): Uint8Array | undefined {
    const end = this.#bytes.indexOf(0x29, this.position);
    if (end < 0) return undefined;
    for (let at = this.position; at < end; at++) {
      const byte = this.#bytes[at];
      if (byte === 0x28 || byte === 0x5c || byte === 13) return undefined;
    }
    const bytes = this.#bytes.slice(this.position, end);
    this.position = end + 1;
    return bytes;
  }

  #escape(): number | undefined {
    const byte = this.#next();
    if (byte >= 48 && byte <= 55) {
      let value = byte - 48;
      for (let i = 0; i < 2 && this.#peek() >= 48 && this.#peek() <= 55; i++) value = value * 8 + this.#next() - 48;
      return value & 255;
    }
    if (byte === 10) return undefined;
    if (byte === 13) {
      if (this.#peek() === 10) this.position++;
      return undefined;
    }
    return ESCAPES[String.fromCharCode(byte)] ?? byte;
  }

  /** A signature's contents have tens of thousands of digits, so they are read in one go, and not at all where the window is too short. */
  #hexString(): PdfString {
    const start = this.position++;
    const from = this.position;
    const end = this.#bytes.indexOf(0x3e, from);
    if (end < 0) {
      this.position = this.#bytes.length;
      this.#next();
    }
    const bytes = new Uint8Array((end - from + 1) >> 1);
    let digits = 0;
    for (this.position = from; this.position < end; this.position++) {
      const byte = this.#bytes[this.position] ?? 0;
      const digit = hexValue(byte);
      if (digit < 0) {
        if (!isSpace(byte) && !this.#lenient) throw this.#malformed('a hexadecimal digit was expected');
        continue;
      }
      const at = digits++ >> 1;
      bytes[at] = digits & 1 ? digit << 4 : (bytes[at] ?? 0) | digit;
    }
    this.position = end + 1;
    return new PdfString(bytes.subarray(0, (digits + 1) >> 1), true, this.#span(start));
  }

  #next(): number {
    const byte = this.#peek();
    if (byte === -1) throw this.#malformed('the file ends inside a string');
    this.position++;
    return byte;
  }

  #span(start: number): readonly [number, number] | undefined {
    return this.#origin === undefined ? undefined : [start + this.#origin, this.position + this.#origin];
  }
}

/** An object, or a stream where stream data follows its dictionary. */
export function parseWithStream(parser: Parser): PdfObject {
  const object = parser.object();
  if (!(object instanceof PdfDict)) return object;
  const start = parser.streamStart();
  return start === undefined ? object : new PdfStream(object, start);
}
