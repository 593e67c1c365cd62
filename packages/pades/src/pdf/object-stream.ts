import { PadesError } from '../errors.js';
import { isInteger, type PdfDict, type PdfObject } from './objects.js';
import { Parser } from './parser.js';

/** An object stream, decoded (ISO 32000-2, 7.5.7). */
export interface ObjectStream {
  /** Decoded bytes. */
  readonly length: number;
  readonly numbers: readonly number[];
  object(index: number): PdfObject;
}

export function readObjectStream(bytes: Uint8Array, dict: PdfDict): ObjectStream {
  const [count, start] = [dict.get('N'), dict.get('First')];
  if (!isInteger(count) || !isInteger(start) || count < 0 || count > bytes.length) throw new PadesError('broken_xref', 'an object stream has a malformed /N or /First');
  const parser = new Parser({ bytes, final: true });
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < count; i++) {
    const [number, offset] = [parser.integer(), parser.integer()];
    if (number === undefined || offset === undefined) throw new PadesError('broken_xref', 'the head of an object stream is malformed');
    numbers.push(number);
    offsets.push(offset);
  }
  const objects = new Map<number, PdfObject>();
  const object = (index: number): PdfObject => {
    const known = objects.get(index);
    if (known !== undefined) return known;
    const read = new Parser({ bytes, final: true }, start + (offsets[index] ?? 0)).object();
    objects.set(index, read);
    return read;
  };
  return { length: bytes.length, numbers, object };
}
