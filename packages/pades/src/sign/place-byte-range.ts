import { PadesError } from '../errors.js';
import { toLatin1 } from '../pdf/characters.js';
import type { PdfRef } from '../pdf/objects.js';
import type { WrittenRevision } from '../pdf/revision.js';

export type ByteRange = readonly [number, number, number, number];

/** A revision that waits for its signature: /ByteRange is final, /Contents is zeros. */
export interface PreparedSignature {
  readonly delta: Uint8Array;
  readonly byteRange: ByteRange;
  /** Length of the file that the delta is appended to. */
  readonly baseLength: number;
}

interface Place {
  readonly signature: PdfRef;
  readonly baseLength: number;
  readonly contentsBytes: number;
}

/** Writes the final /ByteRange over its placeholder. */
export function placeByteRange({ bytes: delta, positions }: WrittenRevision, { signature, baseLength, contentsBytes }: Place): PreparedSignature {
  const at = positions.get(signature.number) ?? 0;
  const rangeAt = indexOf(delta, '/ByteRange [', at) + '/ByteRange '.length;
  const contentsAt = indexOf(delta, '/Contents <', rangeAt) + '/Contents '.length;
  const start = baseLength + contentsAt;
  const end = start + contentsBytes * 2 + 2;
  const byteRange: ByteRange = [0, start, end, baseLength + delta.length - end];
  const place = delta.indexOf(0x5d, rangeAt) + 1 - rangeAt;
  const text = `[${byteRange.join(' ')}]`.padEnd(place);
  if (text.length > place) throw new PadesError('limit_exceeded', 'the file is longer than 9,999,999,999 bytes');
  delta.set(toLatin1(text), rangeAt);
  return { delta, byteRange, baseLength };
}

function indexOf(bytes: Uint8Array, text: string, from: number): number {
  const wanted = toLatin1(text);
  for (let at = bytes.indexOf(wanted[0] ?? 0, from); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  throw new RangeError(`the revision has no ${text}`);
}
