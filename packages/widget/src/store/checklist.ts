import { checkValue, type Field, type FieldKind, type FieldReason, type SessionDocument } from '@sky-sign/protocol';
import type { Work } from './state.js';

export interface ChecklistItem {
  readonly field: Field;
  /** 署名1, 署名2 …: counted for each kind over the whole envelope. */
  readonly number: number;
  readonly done: boolean;
  readonly current: boolean;
  /** Why it may not stay as it is. */
  readonly problem: FieldReason | undefined;
}

export interface ChecklistGroup {
  readonly document: SessionDocument;
  /** 1 is the first document. */
  readonly number: number;
  readonly items: readonly ChecklistItem[];
  /** Required items that are missing. */
  readonly left: number;
}

export interface Checklist {
  readonly groups: readonly ChecklistGroup[];
  readonly items: readonly ChecklistItem[];
  readonly required: number;
  readonly requiredDone: number;
}

/** What there is to do, grouped by document, in the order in which it is to be filled. */
export function checklistOf(work: Work): Checklist {
  const counts: Record<FieldKind, number> = { signature: 0, text: 0, checkbox: 0, date: 0, radio: 0, choice: 0 };
  const byDocument = new Map(work.session.documents.map(({ id }, index) => [id, index]));
  const fields = [...work.session.fields].sort((a, b) => (byDocument.get(a.documentId) ?? 0) - (byDocument.get(b.documentId) ?? 0));
  const items = fields.map((field) => ({
    field,
    number: (counts[countedAs(field.kind)] += 1),
    done: isDone(work, field),
    current: work.current === field.id,
    problem: work.problems.get(field.id),
  }));
  const groups = work.session.documents.map((document, index) => {
    const own = items.filter(({ field }) => field.documentId === document.id);
    return { document, number: index + 1, items: own, left: own.filter(({ field, done }) => field.required && !done).length };
  });
  const required = items.filter(({ field }) => field.required);
  return { groups, items, required: required.length, requiredDone: required.filter(({ done }) => done).length };
}

/** Buttons and lists are counted together: to people both are a choice. */
export function countedAs(kind: FieldKind): FieldKind {
  return kind === 'choice' ? 'radio' : kind;
}

function isDone(work: Work, field: Field): boolean {
  if (field.kind === 'signature') return work.seals.has(field.id);
  const value = work.values.get(field.id);
  if (value === undefined || value === '' || value === false) return false;
  return checkValue(field, value) === undefined;
}

/** 次の項目へ: the next required item that is missing, after the current one and then from the top. */
export function nextMissing({ items }: Checklist): ChecklistItem | undefined {
  const at = items.findIndex(({ current }) => current);
  const missing = ({ field, done }: ChecklistItem): boolean => field.required && !done;
  return items.slice(at + 1).find(missing) ?? items.find(missing);
}

/** The neighbour of the current item, whatever its state; none past either end. */
export function neighbour({ items }: Checklist, step: 1 | -1): ChecklistItem | undefined {
  const at = items.findIndex(({ current }) => current);
  return at < 0 ? items[0] : items[at + step];
}
