import { PadesError } from '../errors.js';
import { isInteger, type PdfDict, type PdfObject } from './objects.js';
import { Parser } from './parser.js';
import type { Work } from './work.js';

const MOST_OBJECTS = 1_000_000;

/** An object stream, decoded (ISO 32000-2, 7.5.7). */
export interface ObjectStream {
  /** Decoded bytes. */
  readonly length: number;
  readonly numbers: readonly number[];
  /** Where an object stands, which need not be where the cross-reference says. */
  positionOf(number: number, index: number): number | undefined;
  object(position: number): PdfObject;
}

export function readObjectStream(bytes: Uint8Array, dict: PdfDict, work?: Work): ObjectStream {
  const [count, start] = [dict.get('N'), dict.get('First')];
  if (!isInteger(count) || !isInteger(start) || count < 0 || count > Math.min(bytes.length, MOST_OBJECTS)) throw new PadesError('broken_xref', 'an object stream has a malformed /N or /First');
  const parser = new Parser({ bytes, final: true });
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < count; i++) {
    const [number, offset] = [parser.integer(), parser.integer()];
    if (number === undefined || offset === undefined) throw new PadesError('broken_xref', 'the head of an object stream is malformed');
    numbers.push(number);
    offsets.push(offset);
  }
  let positions: Map<number, number> | undefined;
  const positionOf = (number: number, index: number): number | undefined => (numbers[index] === number ? index : (positions ??= new Map(numbers.map((each, i) => [each, i] as const).reverse())).get(number));
  const objects = new Map<number, PdfObject>();
  const object = (index: number): PdfObject => {
    const known = objects.get(index);
    if (known !== undefined) return known;
    const at = start + (offsets[index] ?? 0);
    const own = new Parser({ bytes, final: true }, at);
    work?.parsed(0);
    try {
      const read = own.object();
      objects.set(index, read);
      return read;
    } finally {
      work?.parsed(own.position - at);
    }
  };
  return { length: bytes.length, numbers, positionOf, object };
}
