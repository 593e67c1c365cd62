import type { PdfFile } from '../pdf/file.js';
import { PdfRef, type PdfObject } from '../pdf/objects.js';

/** The object of a number, whatever its generation. */
export async function resolveNumber(file: PdfFile, number: number): Promise<PdfObject> {
  return file.resolve(await referenceTo(file, number));
}

export async function referenceTo(file: PdfFile, number: number): Promise<PdfRef> {
  const entry = await file.entry(number);
  return new PdfRef(number, entry?.kind === 'offset' ? entry.generation : 0);
}
