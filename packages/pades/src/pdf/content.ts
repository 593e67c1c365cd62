import { isPadesError } from '../errors.js';
import { isRegular, isSpace } from './characters.js';
import { decodeStream } from './filters.js';
import { PdfDict, isArray, isName, type PdfObject, type PdfStream } from './objects.js';
import { OLD_FILTERS } from './old-filters.js';
import type { Resolver } from './resolver.js';

/** A content stream decoded; undefined where it cannot be. */
export async function readContent(file: Resolver, stream: PdfStream): Promise<Uint8Array | undefined> {
  try {
    file.work.inflated(0);
    let bytes = await file.streamBytes(stream);
    const filters = await listOf(file, stream.dict.get('Filter'));
    const parameters = await listOf(file, stream.dict.get('DecodeParms'));
    for (const [i, filter] of filters.entries()) {
      const own = parameters[i] ?? null;
      const old = isName(filter) ? OLD_FILTERS[filter.value] : undefined;
      bytes = old ? old(bytes, !(own instanceof PdfDict) || own.get('EarlyChange') !== 0) : decodeStream(bytes, new PdfDict({ Filter: filter, DecodeParms: own }), file.work);
      if (old) file.work.inflated(bytes.length);
    }
    return bytes;
  } catch (cause) {
    if (isPadesError(cause)) return undefined;
    throw cause;
  }
}

async function listOf(file: Resolver, object: PdfObject): Promise<PdfObject[]> {
  const value = await file.resolve(object);
  return Promise.all((isArray(value) ? value : value === null ? [] : [value]).map((item) => file.resolve(item)));
}

export interface StateOperator {
  readonly kind: 'save' | 'restore';
  readonly at: number;
}

const [PERCENT, OPEN, CLOSE, BACKSLASH, LESS, GREATER, SLASH] = [0x25, 0x28, 0x29, 0x5c, 0x3c, 0x3e, 0x2f];

/** Where `q` and `Q` stand (ISO 32000-2, 8.4.4), strings, comments and inline images passed over. */
export function stateOperators(content: Uint8Array): StateOperator[] {
  const found: StateOperator[] = [];
  for (let at = 0; at < content.length; ) {
    const byte = content[at] ?? 0;
    if (byte === PERCENT) at = endOfLine(content, at);
    else if (byte === OPEN) at = endOfString(content, at);
    else if (byte === LESS && content[at + 1] !== LESS) at = content.indexOf(GREATER, at) + 1 || content.length;
    else if (byte === SLASH) at = endOfWord(content, at + 1);
    else if (isRegular(byte)) {
      const end = endOfWord(content, at);
      const word = String.fromCharCode(...content.subarray(at, Math.min(end, at + 3)));
      if (word === 'q' || word === 'Q') found.push({ kind: word === 'q' ? 'save' : 'restore', at });
      at = word === 'ID' ? endOfImage(content, end) : end;
    } else at++;
  }
  return found;
}

function endOfWord(content: Uint8Array, from: number): number {
  let at = from;
  while (at < content.length && isRegular(content[at] ?? 0)) at++;
  return at;
}

function endOfLine(content: Uint8Array, from: number): number {
  let at = from;
  while (at < content.length && content[at] !== 10 && content[at] !== 13) at++;
  return at;
}

function endOfString(content: Uint8Array, from: number): number {
  let nesting = 0;
  for (let at = from; at < content.length; at++) {
    const byte = content[at];
    if (byte === BACKSLASH) at++;
    else if (byte === OPEN) nesting++;
    else if (byte === CLOSE && --nesting === 0) return at + 1;
  }
  return content.length;
}

/** Behind an `EI` that stands alone and that text follows, as viewers look for it. */
function endOfImage(content: Uint8Array, from: number): number {
  for (let at = content.indexOf(0x45, from); at >= 0; at = content.indexOf(0x45, at + 1)) {
    if (content[at + 1] !== 0x49 || !isSpace(content[at - 1] ?? 0) || isRegular(content[at + 2] ?? 32)) continue;
    if (content.subarray(at + 2, at + 12).every((byte) => isSpace(byte) || (byte > 32 && byte < 127))) return at + 2;
  }
  return content.length;
}
