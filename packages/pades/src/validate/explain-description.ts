import { readCatalog, type PdfFile } from '../pdf/file.js';
import { PdfDict, PdfName, PdfRef, PdfStream, PdfString, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';
import { changedKeys } from './equal-objects.js';

/** What software that writes a file says of itself; nothing of it is shown on a page. */
const WRITTEN_BY = ['ModDate', 'Producer'];

/** Whether only the words about the writing of a file differ: harmless whatever else the dictionary is used for. */
export function isRewritten(old: PdfObject, now: PdfObject): boolean {
  return old instanceof PdfDict && now instanceof PdfDict && changedKeys(old, now).every((key) => WRITTEN_BY.includes(key) && now.get(key) instanceof PdfString);
}

/** A catalog may say a later version of PDF, never an earlier one. */
export const isLaterVersion = (old: PdfObject, now: PdfObject): boolean => now instanceof PdfName && /^\d\.\d$/.test(now.value) && (old === null || (old instanceof PdfName && old.value <= now.value));

/** Whether this object is the XMP metadata of the document and nothing else: what is used in two ways is not explained by one. */
export async function isOnlyMetadata(file: PdfFile, number: number): Promise<boolean> {
  const { ref, catalog } = await readCatalog(file);
  const metadata = catalog.get('Metadata');
  if (!(metadata instanceof PdfRef) || metadata.number !== number || !isMetadata(await file.resolve(metadata))) return false;
  const pending: PdfObject[] = [catalog.with({ Metadata: undefined }), file.trailer.get('Info')];
  const seen = new Set([ref.number]);
  while (pending.length > 0) {
    const object = pending.pop() ?? null;
    if (object instanceof PdfRef) {
      if (object.number === number) return false;
      if (seen.has(object.number)) continue;
      seen.add(object.number);
    }
    const value = object instanceof PdfRef ? await file.resolve(object) : object;
    for (const item of isArray(value) ? value : (dictOf(value)?.entries.values() ?? [])) pending.push(item);
  }
  return true;
}

export const isMetadata = (object: PdfObject): boolean => object instanceof PdfStream && isName(object.dict.get('Type'), 'Metadata') && isName(object.dict.get('Subtype'), 'XML');
