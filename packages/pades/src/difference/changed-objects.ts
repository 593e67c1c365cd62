import type { PdfFile } from '../pdf/file.js';
import { rangesOf, type XrefEntry } from '../pdf/xref.js';

/** The numbers that sections newer than the earlier state speak of. */
export function changedNumbers(before: PdfFile, after: PdfFile): Set<number> {
  const known = new Set(before.sections.map(({ offset }) => offset));
  const numbers = new Set<number>();
  for (const section of after.sections) {
    if (known.has(section.offset)) continue;
    for (const [first, count] of rangesOf(section)) for (let i = 0; i < count; i++) numbers.add(first + i);
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

/** What the cross-reference of one revision says beside that of the state right before it. */
export interface RevisionChanges {
  /** Numbers to which it gives an object. */
  readonly written: ReadonlySet<number>;
  /** `object_removed`: one that was there is none any more; `generation_changed`: it answers to other references than before. */
  readonly problems: readonly string[];
}

export async function readChanges(previous: PdfFile, now: PdfFile): Promise<RevisionChanges> {
  const written = new Set<number>();
  const problems = new Set<string>();
  for (const number of changedNumbers(previous, now)) {
    const [was, is] = [await previous.entry(number), await now.entry(number)];
    if (isUsed(is) && !sameEntry(was, is)) written.add(number);
    if (isUsed(was) && !isUsed(is)) problems.add('object_removed');
    if (isUsed(was) && isUsed(is) && generationOf(was) !== generationOf(is)) problems.add('generation_changed');
  }
  return { written, problems: [...problems] };
}
