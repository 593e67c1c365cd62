import type { PdfFile } from '../pdf/file.js';
import type { XrefEntry } from '../pdf/xref.js';

/** The numbers that sections newer than the earlier state speak of. */
export function changedNumbers(before: PdfFile, after: PdfFile): Set<number> {
  const known = new Set(before.sections.map(({ offset }) => offset));
  const numbers = new Set<number>();
  for (const { offset, ranges, hybrid } of after.sections) {
    if (known.has(offset)) continue;
    for (const [first, count] of [...ranges, ...(hybrid?.ranges ?? [])]) for (let i = 0; i < count; i++) numbers.add(first + i);
  }
  return numbers;
}

/** A reference with another generation leads nowhere, so a new one could bring up what was hidden. */
export const generationOf = (entry: XrefEntry) => (entry.kind === 'offset' ? entry.generation : 0);

type UsedEntry = Exclude<XrefEntry, { kind: 'free' }>;
export const isUsed = (entry: XrefEntry | undefined): entry is UsedEntry => entry !== undefined && entry.kind !== 'free';

export function sameEntry(a: XrefEntry | undefined, b: XrefEntry | undefined): boolean {
  if (a?.kind === 'offset') return b?.kind === 'offset' && a.offset === b.offset && a.generation === b.generation;
  if (a?.kind === 'compressed') return b?.kind === 'compressed' && a.stream === b.stream && a.index === b.index;
  return isUsed(a) === isUsed(b);
}
