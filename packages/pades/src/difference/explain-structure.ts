import { PdfRef, type PdfObject } from '../pdf/objects.js';
import { resolveNumber } from './resolve-number.js';
import { isFresh, lacks, partsOf, type Step } from './step.js';

/** What a revision needs to stand in the file: new object streams, and its own cross-reference streams. */
export async function explainStructure(step: Step): Promise<void> {
  const [newest] = step.now.sections;
  const own = new Set([newest.offset, ...(newest.hybrid ? [newest.hybrid.offset] : [])]);
  const containers = new Set<number>();
  for (const number of step.numbers) {
    const entry = await step.now.entry(number);
    if (entry?.kind === 'compressed') containers.add(entry.stream);
    if (entry?.kind === 'offset' && own.has(entry.offset)) containers.add(number);
  }
  for (const number of containers) if (await isFresh(step, number)) step.ledger.approve('LTA_UPDATES', number);
}

/** New objects to which nothing leads that this revision changed: they show nothing, as long as nothing waited for them. */
export async function explainOrphans(step: Step): Promise<void> {
  const { now, previous, numbers, graph, ledger } = step;
  const candidates = new Set<number>();
  const pending: PdfObject[] = [...now.trailer.entries.values()];
  for (const number of numbers) {
    if (await lacks(previous, number)) candidates.add(number);
    else for (const part of partsOf(await resolveNumber(now, number))) pending.push(part);
  }
  while (pending.length > 0 && candidates.size > 0) {
    const part = pending.pop() ?? null;
    if (part instanceof PdfRef && !candidates.delete(part.number)) continue;
    for (const inside of partsOf(part instanceof PdfRef ? await now.resolve(part) : part)) pending.push(inside);
  }
  for (const number of candidates) if (!graph.isUsed(number)) ledger.approve('LTA_UPDATES', number);
}
