import { explainAppearance } from './explain-appearance.js';
import { equalObjects } from './equal-objects.js';
import type { FieldPair } from './explain-form.js';
import { compareDictionaries, waysOfField } from './field-dictionary.js';
import { approveForField, newObjectsFrom, type Step } from './step.js';

/** A field that is no signature may be filled in. */
export async function explainFieldValue(step: Step, pair: FieldPair): Promise<void> {
  const { name: field, before, after } = pair;
  const difference = compareDictionaries(before.dict, after.dict);
  if (difference === 'other') {
    step.problems.add('field_changed');
    return;
  }
  const change = { field, level: 'FORM_FILLING', evenLocked: difference === 'same' } as const;
  for (const seen of waysOfField(step, pair)) approveForField(step, after.ref.number, { ...change, seen });
  await explainAppearance(step, pair);
  const [was, is] = [before.dict.get('V'), after.dict.get('V')];
  if (is !== null && !equalObjects(was, is)) for (const number of await newObjectsFrom(step, is)) approveForField(step, number, { field, level: 'FORM_FILLING' });
}
