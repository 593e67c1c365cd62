import { resolveDict } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, type PdfObject } from '../pdf/objects.js';
import { changedKeys, equalObjects } from './equal-objects.js';
import { explainSignature } from './explain-signature-field.js';
import { referenceTo } from './resolve-number.js';
import { isVisible, type FieldNode } from './field-tree.js';
import type { Modification } from './modification.js';
import { approveForField, isFresh, newObjectsFrom, referencesIn, type FieldChange, type Step } from './step.js';

export interface NewField extends FieldNode {
  readonly name: string;
}

/** Signature fields may be added, with their widgets on pages; other fields may not. */
export async function explainNewFields(step: Step, added: readonly NewField[]): Promise<void> {
  if (added.some(({ type }) => type !== 'Sig')) step.problems.add('field_added');
  /** Whose widget an object is. */
  const owners = new Map<number, string>();
  for (const field of added) if (field.type === 'Sig') await explainNewField(step, field, owners);
  if (owners.size > 0) await explainAnnotations(step, owners);
}

async function explainNewField(step: Step, field: NewField, owners: Map<number, string>): Promise<void> {
  const { name, ref, dict } = field;
  const visible = await isVisible(step.now, dict);
  const level: Modification = visible ? 'FORM_FILLING' : 'LTA_UPDATES';
  const change: FieldChange = { field: name, level, evenLocked: !visible, notCertified: visible };
  if (await isFresh(step, ref.number)) approveForField(step, ref.number, change);
  for (const key of ['AP', 'Lock', 'SV']) await approveNew(step, name, dict.get(key));

  const kids = dict.get('Kids');
  if (kids === null) {
    owners.set(ref.number, name);
  } else {
    const { notCertified: _, ...widgetChange } = change;
    if (kids instanceof PdfRef && (await isFresh(step, kids.number))) approveForField(step, kids.number, widgetChange);
    const widgets = await referencesIn(step.now, kids);
    if (!widgets) step.problems.add('field_added');
    for (const widget of widgets ?? []) {
      const shown = await resolveDict(step.now, widget);
      if (!shown || shown.has('T')) continue;
      owners.set(widget.number, name);
      if (await isFresh(step, widget.number)) approveForField(step, widget.number, widgetChange);
      await approveNew(step, name, shown.get('AP'));
    }
  }
  if (dict.has('V')) await explainSignature(step, name, field);
}

async function approveNew(step: Step, field: string, value: PdfObject): Promise<void> {
  for (const number of await newObjectsFrom(step, value)) approveForField(step, number, { field, level: 'FORM_FILLING' });
}

/** Pages may get the widgets of new signature fields; nothing else of a page changes. */
async function explainAnnotations(step: Step, owners: ReadonlyMap<number, string>): Promise<void> {
  const { graph, since } = step;
  const pages = new Map<number, PdfRef>();
  for (const number of since) {
    const holders = graph.pages.has(number) ? [number] : graph.usagesOf(number).flatMap(({ holder, path }) => (path === '/Annots' && graph.pages.has(holder) ? [holder] : []));
    for (const page of holders) pages.set(page, await referenceTo(step.old, page));
  }
  for (const page of pages.values()) {
    const before = await resolveDict(step.old, page);
    if (before) await comparePage(step, page, { before, owners });
  }
}

async function comparePage(step: Step, page: PdfRef, { before, owners }: { before: PdfDict; owners: ReadonlyMap<number, string> }): Promise<void> {
  const after = await step.now.resolve(page);
  if (!(after instanceof PdfDict) || after instanceof PdfStream) {
    step.problems.add('page_changed');
    return;
  }
  const list = after.get('Annots');
  if (list === null) return;
  const [was, is] = [before.has('Annots') ? await referencesIn(step.old, before.get('Annots')) : [], await referencesIn(step.now, list)];
  if (!was || !is) {
    step.problems.add('annotation_changed');
    return;
  }
  const has = (refs: readonly PdfRef[], ref: PdfRef) => refs.some((each) => equalObjects(each, ref));
  const added = is.filter((ref) => !has(was, ref));
  const removed = was.filter((ref) => !has(is, ref));
  if (added.length === 0 && removed.length === 0) return;
  const names = added.flatMap(({ number }) => owners.get(number) ?? []);
  if (removed.length > 0 || names.length < added.length || changedKeys(before, after).some((key) => key !== 'Annots')) {
    step.problems.add('annotation_changed');
    return;
  }
  step.ledger.approve('LTA_UPDATES', page.number, 'all');
  const known = before.get('Annots');
  if (!(list instanceof PdfRef)) return;
  if ((known instanceof PdfRef && equalObjects(known, list)) || (await isFresh(step, list.number))) {
    step.ledger.approve('LTA_UPDATES', list.number, { usage: { holder: page.number, path: '/Annots' } });
  }
}
