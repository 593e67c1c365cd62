import type { PdfFile } from '../pdf/file.js';
import { PdfDict, PdfRef, dictOf, isArray, type PdfObject } from '../pdf/objects.js';

/**
 * Object numbers that a state of the file refers to but does not have. Whoever supplies such an object later
 * changes what is shown without changing any object that was there.
 */
export interface MissingObjects {
  has(number: number): boolean;
  count(): number;
  /** Takes in what a later state refers to from these objects on. */
  extend(file: PdfFile, from: readonly PdfRef[]): Promise<void>;
}

export async function findMissingObjects(file: PdfFile): Promise<MissingObjects> {
  const missing = new Set<number>();
  const seen = new Set<number>();

  async function walk(state: PdfFile, from: readonly PdfObject[]): Promise<void> {
    const pending = [...from];
    while (pending.length > 0) {
      const object = pending.pop() ?? null;
      if (object instanceof PdfRef) {
        if (seen.has(object.number)) continue;
        const entry = await state.entry(object.number);
        if (!entry || entry.kind === 'free') {
          missing.add(object.number);
          continue;
        }
        seen.add(object.number);
      }
      const value = object instanceof PdfRef ? await state.resolve(object) : object;
      const dict = dictOf(value);
      const items = isArray(value) ? value : (dict?.entries.values() ?? []);
      for (const item of items) if (item instanceof PdfRef || item instanceof PdfDict || isArray(item)) pending.push(item);
    }
  }

  await walk(file, [file.trailer.get('Root'), file.trailer.get('Info')]);
  return {
    has: (number) => missing.has(number),
    count: () => missing.size,
    async extend(state, from) {
      for (const { number } of from) {
        missing.delete(number);
        seen.delete(number);
      }
      await walk(state, from);
    },
  };
}
