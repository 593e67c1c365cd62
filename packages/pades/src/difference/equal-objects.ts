import { equalBytes } from '../cms/der.js';
import type { Resolver } from '../pdf/file.js';
import { PdfDict, PdfName, PdfRef, PdfStream, PdfString, isArray, type PdfObject } from '../pdf/objects.js';

/** Whether two direct objects say the same; references are equal where they name the same object. */
export function equalObjects(a: PdfObject, b: PdfObject): boolean {
  if (a === b) return true;
  if (a instanceof PdfRef) return b instanceof PdfRef && a.number === b.number && a.generation === b.generation;
  if (a instanceof PdfName) return b instanceof PdfName && a.value === b.value;
  if (a instanceof PdfString) return b instanceof PdfString && equalBytes(a.bytes, b.bytes);
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, i) => equalObjects(item, b[i] ?? null));
  return a instanceof PdfDict && b instanceof PdfDict && changedKeys(a, b).length === 0;
}

/** The keys whose values differ. */
export function changedKeys(a: PdfDict, b: PdfDict): string[] {
  return [...new Set([...a.entries.keys(), ...b.entries.keys()])].filter((key) => !equalObjects(a.get(key), b.get(key)));
}

/** As above for whole objects, streams with their encoded bytes. */
export async function equalWithStreams(a: { object: PdfObject; file: Resolver }, b: { object: PdfObject; file: Resolver }): Promise<boolean> {
  if (!(a.object instanceof PdfStream) || !(b.object instanceof PdfStream)) return equalObjects(a.object, b.object);
  return equalObjects(a.object.dict, b.object.dict) && equalBytes(await a.file.streamBytes(a.object), await b.file.streamBytes(b.object));
}
