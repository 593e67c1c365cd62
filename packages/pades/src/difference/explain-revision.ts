import { resolveArray, type PdfFile } from '../pdf/file.js';
import { PdfRef, dictOf, type PdfObject } from '../pdf/objects.js';
import { generationOf, isUsed, type RevisionChanges } from './changed-objects.js';
import { equalObjects, equalWithStreams } from './equal-objects.js';
import { explainCatalog, explainInformation } from './explain-catalog.js';
import { explainForm } from './explain-form.js';
import { explainOrphans, explainStructure } from './explain-structure.js';
import { resolveNumber } from './resolve-number.js';
import { explainValidationData } from './explain-validation-data.js';
import { createLedger } from './ledger.js';
import { worse, type Modification } from './modification.js';
import { partsOf, type Permissions, type Step } from './step.js';
import type { UsageGraph } from './usage-graph.js';

/** A revision that writes more is not looked through object by object. */
const MOST_WRITTEN = 100_000;

/** What one later revision did to what a signature covers. */
export interface Explained {
  readonly modification: Modification;
  readonly changedFields: readonly string[];
  /** Stable codes of what no rule explains. */
  readonly problems: readonly string[];
}

export interface Revisions {
  /** As the signature covers it, and who refers to what in it. */
  readonly old: PdfFile;
  readonly graph: UsageGraph;
  /** Right before this revision. */
  readonly previous: PdfFile;
  readonly now: PdfFile;
  /** From the state right before. */
  readonly changes: RevisionChanges;
  readonly permissions: Permissions;
  /** What the revisions between have written; gets what this one writes. */
  readonly since: Set<number>;
}

/**
 * Whether every object that a revision writes is explained by a rule, and by every way on which the object that it takes
 * the place of could be reached. A whitelist: whatever no rule names is a problem.
 */
export async function explainRevision({ old, graph, previous, now, changes, permissions, since }: Revisions): Promise<Explained> {
  if (changes.written.size > MOST_WRITTEN) return { modification: 'OTHER', changedFields: [], problems: ['unexplained_change'] };
  const ledger = createLedger(graph);
  const numbers = new Set<number>();
  for (const number of changes.written) if (!(await isSameAsSigned(old, now, number))) numbers.add(number);
  for (const number of numbers) since.add(number);
  const step: Step = { old, graph, previous, now, permissions, ledger, numbers, since, changedFields: new Set(), problems: new Set() };
  for (const code of [...(await trailerProblems(previous, now)), ...chainProblems(previous, now), ...changes.problems]) step.problems.add(code);
  await explainOrphans(step);
  await explainCatalog(step);
  await explainInformation(step);
  await explainStructure(step);
  await explainValidationData(step);
  await explainForm(step);

  let modification: Modification = 'LTA_UPDATES';
  for (const number of step.numbers) {
    if (isAmbiguous(await resolveNumber(now, number))) step.problems.add('ambiguous_object');
    const level = ledger.levelOf(number);
    if (level === undefined) step.problems.add(await nameOf(step, number));
    else modification = worse(modification, level);
  }
  const problems = [...step.problems];
  return { modification: problems.length > 0 ? 'OTHER' : modification, changedFields: [...step.changedFields].sort(), problems };
}

/** Whether a key stands somewhere in it twice: readers disagree on which one counts. */
function isAmbiguous(object: PdfObject): boolean {
  return (dictOf(object)?.ambiguous ?? false) || [...partsOf(object)].some((part) => !(part instanceof PdfRef) && isAmbiguous(part));
}

async function nameOf({ old, graph }: Step, number: number): Promise<string> {
  if (graph.pages.has(number)) return 'page_changed';
  return graph.isUsed(number) && !isUsed(await old.entry(number)) ? 'missing_object_supplied' : 'unexplained_change';
}

/** Some software writes objects again as they were. */
async function isSameAsSigned(old: PdfFile, now: PdfFile, number: number): Promise<boolean> {
  const [was, is] = [await old.entry(number), await now.entry(number)];
  if (!isUsed(was) || !isUsed(is) || generationOf(was) !== generationOf(is)) return false;
  const ref = new PdfRef(number, generationOf(is));
  return equalWithStreams({ object: await old.resolve(ref), file: old }, { object: await now.resolve(ref), file: now });
}

async function trailerProblems(before: PdfFile, after: PdfFile): Promise<string[]> {
  const same = (key: string) => equalObjects(before.trailer.get(key), after.trailer.get(key));
  const firstId = async (file: PdfFile) => (await resolveArray(file, file.trailer.get('ID')))?.[0] ?? null;
  const keepsId = (await firstId(before)) === null || equalObjects(await firstId(before), await firstId(after));
  return same('Root') && same('Encrypt') && keepsId ? [] : ['trailer_changed'];
}

/** The earlier chain must be the end of the later one: a section that is skipped would take its changes with it. */
function chainProblems(before: PdfFile, after: PdfFile): string[] {
  const kept = after.sections.slice(-before.sections.length);
  return after.sections.length > before.sections.length && before.sections.every(({ offset }, i) => kept[i]?.offset === offset) ? [] : ['xref_chain'];
}
