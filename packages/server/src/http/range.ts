import { ServerError } from '../problem.js';

export interface ByteRange {
  readonly start: number;
  /** The byte after the last. */
  readonly end: number;
}

/** What a Range header asks for (RFC 9110, 14.2): `undefined` for the whole, which is also the answer to several ranges. */
export function parseRange(header: string | null, length: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= end) {
    throw new ServerError('range_not_satisfiable', `The document has ${String(length)} bytes.`, { headers: { 'Content-Range': `bytes */${String(length)}` } });
  }
  return { start, end };
}
