import { PdfDict, PdfRef, type PdfObject } from '../pdf/objects.js';
import { changedKeys, equalObjects } from './equal-objects.js';
import type { FieldPair } from './explain-form.js';
import { approveForField, compareKey, newObjectsFrom, type Step } from './step.js';

/** Normal, rollover, down (ISO 32000-2, 12.5.5). */
const KINDS = ['N', 'R', 'D'] as const;

/** A field that changes may look otherwise: by new streams, or by its own old one where nobody else shows that. */
export async function explainAppearance(step: Step, pair: FieldPair): Promise<void> {
  const { name: field, before, after } = pair;
  const [old, now] = [before.dict.get('AP'), after.dict.get('AP')];
  if (old === null && now === null) return;
  const refuse = () => void step.problems.add('appearance_changed');
  const values = await compareKey(step, 'AP', { before: before.dict, after: after.dict, level: 'FORM_FILLING', problem: 'appearance_changed' });
  if (!values) return;
  if (!(values.after instanceof PdfDict)) return refuse();
  const touched = changedKeys(before.dict, after.dict).length > 0 || (old instanceof PdfRef && step.numbers.has(old.number));
  if (touched && old instanceof PdfRef && step.graph.usagesOf(old.number).length > 1) return refuse();
  if (now instanceof PdfRef && step.numbers.has(now.number)) approveForField(step, now.number, { field, level: 'FORM_FILLING', seen: 'all' });
  for (const kind of KINDS) {
    for (const number of await newObjectsFrom(step, values.after.get(kind))) approveForField(step, number, { field, level: 'FORM_FILLING' });
    // Where a field has states, filling it in chooses one and draws none.
    if (!before.dict.has('AS')) await explainSameStream(step, pair, { kind, was: values.before, is: values.after });
  }
}

interface Appearances {
  readonly kind: (typeof KINDS)[number];
  readonly was: PdfObject;
  readonly is: PdfDict;
}

/** Some software writes the new appearance into the old stream; good only where nothing but this field shows it. */
async function explainSameStream(step: Step, { name: field, before }: FieldPair, { kind, was, is }: Appearances): Promise<void> {
  const stream = was instanceof PdfDict ? was.get(kind) : null;
  if (!(stream instanceof PdfRef) || !equalObjects(stream, is.get(kind)) || !step.numbers.has(stream.number)) return;
  const holder = before.dict.get('AP');
  const usage = holder instanceof PdfRef ? { holder: holder.number, path: `/${kind}` } : { holder: before.ref.number, path: `/AP/${kind}` };
  approveForField(step, stream.number, { field, level: 'FORM_FILLING', seen: { usage } });
  for (const number of await newObjectsFrom(step, await step.now.resolve(stream))) {
    if (number !== stream.number) approveForField(step, number, { field, level: 'FORM_FILLING' });
  }
}
