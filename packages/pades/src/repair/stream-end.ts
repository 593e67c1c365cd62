import { fromLatin1, toLatin1 } from '../pdf/characters.js';
import { PdfRef, isInteger, type PdfObject } from '../pdf/objects.js';
import { Parser } from '../pdf/parser.js';

const CHUNK = 1 << 20;
/** Longer than any `n g obj number endobj`. */
const OVERLAP = 96;
/** Lengths that are tried for one number. */
const MAX_CANDIDATES = 16;

/** Finds where the data of a stream ends: where /Length says, if `endstream` follows there; else before the next `endstream`. */
export function createStreamEnds(bytes: Uint8Array): (start: number, length: PdfObject) => number {
  let integers: ReadonlyMap<number, readonly number[]> | undefined;
  const fits = (end: number) => end <= bytes.length && new Parser({ bytes, origin: 0, final: true }, end).keyword('endstream');
  const lengths = (length: PdfObject) => {
    if (!(length instanceof PdfRef)) return isInteger(length) && length >= 0 ? [length] : [];
    integers ??= findIntegers(bytes);
    return integers.get(length.number) ?? [];
  };
  return (start, length) => {
    const said = lengths(length).find((value) => fits(start + value));
    return said === undefined ? guess(bytes, start) : start + said;
  };
}

function guess(bytes: Uint8Array, start: number): number {
  const end = indexOf(bytes, 'endstream', start);
  if (end < 0) return bytes.length;
  if (bytes[end - 1] === 10) return Math.max(start, bytes[end - 2] === 13 ? end - 2 : end - 1);
  return bytes[end - 1] === 13 ? Math.max(start, end - 1) : end;
}

/** Objects that are one number, by their own; the largest of the last ones first, so that a file inside a stream does not end it. */
function findIntegers(bytes: Uint8Array): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const text = fromLatin1(bytes.subarray(Math.max(0, start - OVERLAP), start + CHUNK));
    for (const [, number, value] of text.matchAll(/(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\s{1,9}(\d{1,10})\s{1,9}endobj/g)) found.set(Number(number), [...(found.get(Number(number)) ?? []).slice(1 - MAX_CANDIDATES), Number(value)]);
  }
  for (const values of found.values()) values.sort((a, b) => b - a);
  return found;
}

function indexOf(bytes: Uint8Array, word: string, from: number): number {
  const wanted = toLatin1(word);
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}
