import { joinBytes } from '../hash.js';
import { toLatin1 } from '../pdf/characters.js';

/** Objects by number, as they are written between `obj` and `endobj`, one character per byte. */
export type RawObjects = Readonly<Record<number, string>>;

export interface RawOptions {
  readonly trailer?: string;
  /** Stands before %PDF-. */
  readonly leading?: string;
  /** Stands after %%EOF. */
  readonly trailing?: string;
}

/** A page tree with one empty page, to be varied. */
export const ONE_PAGE: RawObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>',
};

/** A file with one cross-reference table, written down byte by byte. */
export function rawPdf(objects: RawObjects, { trailer = '/Root 1 0 R', leading = '', trailing = '' }: RawOptions = {}): Uint8Array<ArrayBuffer> {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const numbers = Object.keys(objects).map(Number);
  const size = Math.max(...numbers) + 1;
  const offsets = new Map<number, number>();
  for (const number of numbers) {
    offsets.set(number, text.length);
    text += `${number} 0 obj\n${objects[number] ?? ''}\nendobj\n`;
  }
  const startxref = text.length;
  text += `xref\n0 ${size}\n0000000000 65535 f\r\n`;
  for (let number = 1; number < size; number++) {
    const offset = offsets.get(number);
    text += offset === undefined ? '0000000000 00000 f\r\n' : `${String(offset).padStart(10, '0')} 00000 n\r\n`;
  }
  text += `trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${startxref}\n%%EOF\n`;
  return toLatin1(leading + text + trailing);
}

/** Appends a revision as an attacker would, whatever it says. */
export function appendRaw(base: Uint8Array, objects: RawObjects, trailer: string): Uint8Array<ArrayBuffer> {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(new TextDecoder('latin1').decode(base.subarray(-64)))?.[1] ?? '0';
  let text = '';
  let table = '';
  for (const number of Object.keys(objects).map(Number)) {
    table += `${number} 1\n${String(base.length + text.length).padStart(10, '0')} 00000 n\r\n`;
    text += `${number} 0 obj\n${objects[number] ?? ''}\nendobj\n`;
  }
  const startxref = base.length + text.length;
  return joinBytes([base, toLatin1(`${text}xref\n${table}trailer\n<< ${trailer} /Prev ${previous} >>\nstartxref\n${startxref}\n%%EOF\n`)]);
}
