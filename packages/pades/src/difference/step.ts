import { PdfRef, PdfStream, dictOf, isArray, isInteger, type PdfDict, type PdfObject } from '../pdf/objects.js';
import type { PdfFile, Resolver } from '../pdf/file.js';
import { equalObjects } from './equal-objects.js';
import type { Ledger, Seen } from './ledger.js';
import type { Modification } from './modification.js';
import type { UsageGraph } from './usage-graph.js';

/** What a signature allows to happen later. */
export interface Permissions {
  isLocked(field: string): boolean;
  /** Certified, or locked with permissions: new fields that show something are refused. */
  readonly certified: boolean;
}

/** From the state that a signature covers to one later revision: what the rules look at, and where they say what they found. */
export interface Step {
  /** As the signature covers it. */
  readonly old: PdfFile;
  readonly graph: UsageGraph;
  /** As this later revision has it. */
  readonly now: PdfFile;
  /** The state right before this revision, which may be the signed one. */
  readonly previous: PdfFile;
  /** Numbers to which this revision itself gives another object than the signed one. */
  readonly numbers: ReadonlySet<number>;
  /** As above, with those of the revisions between. */
  readonly since: ReadonlySet<number>;
  readonly permissions: Permissions;
  readonly ledger: Ledger;
  readonly changedFields: Set<string>;
  /** Stable codes of what no rule explains. */
  readonly problems: Set<string>;
}

export interface FieldChange {
  readonly field: string;
  readonly level: Modification;
  readonly seen?: Seen;
  /** Allowed although the field is locked. */
  readonly evenLocked?: boolean;
  /** Refused once the document is certified. */
  readonly notCertified?: boolean;
}

/** A change that belongs to a field: locks and certification have their say. */
export function approveForField({ ledger, permissions, problems, changedFields }: Step, number: number, change: FieldChange): void {
  ledger.approve(change.level, number, change.seen);
  if (!change.evenLocked) {
    if (permissions.isLocked(change.field)) problems.add('locked_field_changed');
    changedFields.add(change.field);
  }
  if (change.notCertified && permissions.certified) problems.add('field_added');
}

/**
 * Whether the state that is signed could not have had an object of this number: none stands there, nothing refers to it,
 * and it lies outside of what the trailer counts.
 */
export const isFresh = async ({ old, graph }: Step, number: number): Promise<boolean> => !graph.isUsed(number) && lacks(old, number);

/** Whether a state has no object of this number, and counts none. */
export async function lacks(file: PdfFile, number: number): Promise<boolean> {
  const size = file.trailer.get('Size');
  if (isInteger(size) && number < size) return false;
  const entry = await file.entry(number);
  return entry === undefined || entry.kind === 'free';
}

/** Objects that were not there before, reached from a value through nothing else than such objects. */
export async function newObjectsFrom({ old, now }: Step, value: PdfObject): Promise<Set<number>> {
  const found = new Set<number>();
  const pending: PdfObject[] = [value];
  while (pending.length > 0) {
    let object = pending.pop() ?? null;
    if (object instanceof PdfRef) {
      const entry = await old.entry(object.number);
      if (found.has(object.number) || (entry && entry.kind !== 'free')) continue;
      found.add(object.number);
      object = await now.resolve(object);
    }
    for (const part of partsOf(object)) pending.push(part);
  }
  return found;
}

/** What stands in an array, dictionary or stream. */
export const partsOf = (object: PdfObject): Iterable<PdfObject> => (isArray(object) ? object : (dictOf(object)?.entries.values() ?? []));

export interface TwoValues {
  readonly before: PdfObject;
  readonly after: PdfObject;
}

/**
 * A key whose value another rule looks into: it may come, change, and move between a direct value and an object of its
 * own. It may not go away, be a stream, or take the place of another object. Undefined where that is not so.
 */
export async function compareKey(step: Step, key: string, { before, after, level, seen, problem }: { before: PdfDict | undefined; after: PdfDict; level: Modification; seen?: Seen; problem: string }): Promise<TwoValues | undefined> {
  const [was, is] = [before?.get(key) ?? null, after.get(key)];
  const values = { before: await step.old.resolve(was), after: await step.now.resolve(is) };
  if (is === null) {
    if (values.before === null) return values;
    step.problems.add(problem);
    return undefined;
  }
  if (is instanceof PdfRef && !(await takesNoOtherPlace(step, was instanceof PdfRef ? was : undefined, is))) {
    step.problems.add(problem);
    return undefined;
  }
  if (is instanceof PdfRef) step.ledger.approve(level, is.number, seen);
  return values;
}

/** The same object, or a fresh one; streams never. */
export async function takesNoOtherPlace(step: Step, was: PdfRef | undefined, is: PdfRef): Promise<boolean> {
  if (was && (await step.old.resolve(was)) instanceof PdfStream) return false;
  if (was && equalObjects(was, is)) return !((await step.now.resolve(is)) instanceof PdfStream);
  return isFresh(step, is.number);
}

/** The references of an array; undefined where it is none, or holds something else. */
export async function referencesIn(file: Resolver, object: PdfObject): Promise<PdfRef[] | undefined> {
  const value = await file.resolve(object);
  if (!isArray(value)) return undefined;
  const refs = value.filter((item) => item instanceof PdfRef);
  return refs.length === value.length ? refs : undefined;
}
