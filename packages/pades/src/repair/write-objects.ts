import { joinBytes } from '../hash.js';
import { toLatin1 } from '../pdf/characters.js';
import { PdfDict, PdfRef, PdfStream, isArray, type PdfObject } from '../pdf/objects.js';
import { serialize } from '../pdf/serialize.js';
import type { FoundObject } from './scan-objects.js';

/** A file of these objects with one cross-reference table. */
export function writeObjects(objects: ReadonlyMap<number, FoundObject>, trailer: PdfDict): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (part: string | Uint8Array) => {
    const bytes = typeof part === 'string' ? toLatin1(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const text = (object: PdfObject) => serialize(pointAt(objects, object));
  push('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const numbers = [...objects.keys()].filter((number) => number > 0).sort((a, b) => a - b);
  const entries = new Map<number, string>();
  for (const number of numbers) {
    const { ref, object } = objects.get(number) ?? { ref: new PdfRef(number), object: null };
    entries.set(number, `${String(length).padStart(10, '0')} ${String(ref.generation).padStart(5, '0')} n\r\n`);
    push(`${number} ${ref.generation} obj\n`);
    if (object instanceof PdfStream && typeof object.data !== 'number') {
      push(`${text(object.dict.with({ Length: object.data.length }))}\nstream\n`);
      push(object.data);
      push('\nendstream\nendobj\n');
    } else push(`${text(object)}\nendobj\n`);
  }
  const startxref = length;
  push(`xref\n0 1\n0000000000 65535 f\r\n${runsOf(numbers).map((run) => `${run[0] ?? 0} ${run.length}\n${run.map((number) => entries.get(number) ?? '').join('')}`).join('')}`);
  push(`trailer\n${text(trailer.with({ Size: (numbers.at(-1) ?? 0) + 1 }))}\nstartxref\n${startxref}\n%%EOF\n`);
  return joinBytes(parts);
}

function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** Each number is there once, with the generation that it is encrypted for: references lead to it, whatever they said. */
function pointAt(objects: ReadonlyMap<number, FoundObject>, object: PdfObject): PdfObject {
  if (object instanceof PdfRef) return objects.get(object.number)?.ref ?? object;
  if (isArray(object)) return object.map((item) => pointAt(objects, item));
  if (!(object instanceof PdfDict)) return object;
  return new PdfDict(new Map([...object.entries].map(([key, value]) => [key, pointAt(objects, value)])));
}
