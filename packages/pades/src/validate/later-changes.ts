import type { ByteSource } from '../byte-source.js';
import { readChanges, type RevisionChanges } from '../difference/changed-objects.js';
import { explainRevision } from '../difference/explain-revision.js';
import { atMost, worse, type Modification } from '../difference/modification.js';
import { readUsageGraph, type UsageGraph, type UsageReader } from '../difference/usage-graph.js';
import { PadesError, isPadesError } from '../errors.js';
import { readsAlike } from './compare-bytes.js';
import { readPermissions } from './permissions.js';
import type { SignatureInFile } from './read-signature.js';
import type { Coverage } from './report.js';
import type { FileRevision } from './revisions.js';

/** What happened to a file after a signature. */
export interface LaterChanges {
  readonly modification: Modification;
  readonly changedFields: readonly string[];
  /** Whether this signature allows it; null where that cannot be told. */
  readonly docmdp: boolean | null;
  readonly problems: readonly string[];
}

/** Signatures times revisions after them. */
const MOST_COMPARISONS = 10_000;

/** Finds out for one signature after the other; what states hold is read once. */
export function createChangeReader(source: ByteSource, revisions: readonly FileRevision[]): (signature: SignatureInFile, coverage: Coverage) => Promise<LaterChanges> {
  let comparisons = 0;
  let at = -1;
  let graph: UsageReader | undefined;
  const changesIn = once(({ file }: FileRevision, previous: FileRevision): Promise<RevisionChanges> => readChanges(previous.file, file));
  const isReadAlike = once((revision, previous) => readsAlike(source, previous, revision));

  /** Signatures are asked about in the order in which they were made, so that most of what is known stays true. */
  async function graphOf(index: number): Promise<UsageGraph> {
    const start = graph && at <= index ? { graph, at } : undefined;
    let previous = revisions[start?.at ?? index];
    if (!previous) throw new PadesError('broken_xref', 'there is no such state of the file');
    // Until it has arrived, nobody may rely on where it stands.
    graph = undefined;
    const reader = start?.graph ?? (await readUsageGraph(previous.file));
    for (const next of revisions.slice((start?.at ?? index) + 1, index + 1)) {
      await reader.advance(next.file, (await changesIn(next, previous)).written);
      previous = next;
    }
    [graph, at] = [reader, index];
    return reader;
  }

  async function read({ field, byteRange }: SignatureInFile): Promise<LaterChanges> {
    const end = byteRange[2] + byteRange[3];
    const first = revisions.findIndex((revision) => revision.end === end);
    const signed = revisions[first];
    if (!signed) return OTHER;
    const { allowed, ...permissions } = await readPermissions(signed.file, field);
    const used = await graphOf(first);
    const since = new Set<number>();
    let modification: Modification = 'NONE';
    const changedFields = new Set<string>();
    const problems = new Set<string>();
    let previous = signed;
    comparisons += revisions.length - first;
    if (comparisons > MOST_COMPARISONS) throw new PadesError('limit_exceeded', `more than ${MOST_COMPARISONS} signatures times revisions`);
    for (const revision of revisions.slice(first + 1)) {
      const explained = await explainRevision({ old: signed.file, graph: used, previous: previous.file, now: revision.file, changes: await changesIn(revision, previous), permissions, since });
      if (!(await isReadAlike(revision, previous))) problems.add('two_readings');
      modification = worse(modification, explained.modification);
      for (const name of explained.changedFields) changedFields.add(name);
      for (const problem of explained.problems) problems.add(problem);
      previous = revision;
    }
    if (problems.size > 0) modification = 'OTHER';
    const docmdp = modification !== 'OTHER' && atMost(modification, allowed);
    return { modification, changedFields: [...changedFields].sort(), docmdp, problems: [...problems, ...(docmdp || modification === 'OTHER' ? [] : ['not_permitted'])] };
  }

  return async (signature, coverage) => {
    if (coverage === 'ENTIRE_FILE') return NONE;
    if (coverage !== 'ENTIRE_REVISION') return OTHER;
    try {
      return await read(signature);
    } catch (cause) {
      if (!isPadesError(cause)) throw cause;
      return { ...OTHER, docmdp: null, problems: ['later_revision_unreadable'] };
    }
  };
}

/** Every signature asks about the same revisions. */
function once<T>(ask: (revision: FileRevision, previous: FileRevision) => Promise<T>): (revision: FileRevision, previous: FileRevision) => Promise<T> {
  const answers = new Map<FileRevision, Promise<T>>();
  return (revision, previous) => {
    const answer = answers.get(revision) ?? ask(revision, previous);
    answers.set(revision, answer);
    return answer;
  };
}

const NONE: LaterChanges = { modification: 'NONE', changedFields: [], docmdp: true, problems: [] };
const OTHER: LaterChanges = { modification: 'OTHER', changedFields: [], docmdp: false, problems: [] };
