import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { lengthOctets } from './der.js';

const DEEPEST = 64;
const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;

/** The first value in bytes, and how many of them it takes up. */
export interface Normalized {
  /** With definite lengths, and strings in one piece. */
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Whether it stood there as DER wants lengths. */
  readonly der: boolean;
}

/**
 * Older signers write lengths as they go (X.690, 8.1.3.6). What is signed in a CMS is DER all the same (RFC 5652, 5.3),
 * so that nothing is lost by writing the lengths first. Throws `malformed_signature`.
 */
export function normalizeBer(bytes: Uint8Array): Normalized {
  const { parts, end, der } = readValue(bytes, 0, 0);
  return { bytes: der ? bytes.subarray(0, end) : joinBytes(parts), length: end, der };
}

interface Value {
  readonly parts: Uint8Array[];
  readonly end: number;
  readonly der: boolean;
}

function readValue(bytes: Uint8Array, at: number, depth: number): Value {
  const tag = bytes[at] ?? 0;
  const first = bytes[at + 1];
  if (depth > DEEPEST || first === undefined || (tag & 0x1f) === 0x1f) throw malformed();
  if (first === 0x80) return readIndefinite(bytes, at, depth);
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) throw malformed();
  let length = first < 0x80 ? first : 0;
  for (const byte of bytes.subarray(at + 2, at + 2 + count)) length = length * 256 + byte;
  const start = at + 2 + count;
  const end = start + length;
  if (end > bytes.length) throw malformed();
  if ((tag & CONSTRUCTED) === 0) return { parts: [bytes.subarray(at, end)], end, der: true };
  const inner = readAll(bytes, start, { end, depth });
  return inner.der ? { parts: [bytes.subarray(at, end)], end, der: true } : { parts: wrap(tag, inner.parts), end, der: false };
}

function readIndefinite(bytes: Uint8Array, at: number, depth: number): Value {
  const tag = bytes[at] ?? 0;
  if ((tag & CONSTRUCTED) === 0) throw malformed();
  const { parts, end } = readAll(bytes, at + 2, { end: undefined, depth });
  return { parts: wrap(tag, parts), end, der: false };
}

/** Values up to an end, or to the two zeros that stand for one. */
function readAll(bytes: Uint8Array, from: number, { end, depth }: { end: number | undefined; depth: number }): Value {
  const parts: Uint8Array[] = [];
  let der = true;
  let at = from;
  while (end === undefined ? bytes[at] !== 0 || bytes[at + 1] !== 0 : at < end) {
    const value = readValue(bytes, at, depth + 1);
    for (const part of value.parts) parts.push(part);
    der &&= value.der;
    at = value.end;
  }
  if (end !== undefined && at !== end) throw malformed();
  return { parts, end: end ?? at + 2, der };
}

/** An OCTET STRING in pieces becomes one (8.7). */
function wrap(tag: number, parts: readonly Uint8Array[]): Uint8Array[] {
  if (tag !== (OCTET_STRING | CONSTRUCTED)) return [Uint8Array.of(tag, ...lengthOctets(sizeOf(parts))), ...parts];
  const pieces = joinBytes(parts);
  const contents: Uint8Array[] = [];
  for (let at = 0; at < pieces.length; ) {
    const { end } = readValue(pieces, at, 0);
    const first = pieces[at + 1] ?? 0;
    if (pieces[at] !== OCTET_STRING) throw malformed();
    contents.push(pieces.subarray(at + 2 + (first < 0x80 ? 0 : first & 0x7f), end));
    at = end;
  }
  return [Uint8Array.of(OCTET_STRING, ...lengthOctets(sizeOf(contents))), ...contents];
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);
const malformed = () => new PadesError('malformed_signature', 'not BER: a length leads nowhere');
