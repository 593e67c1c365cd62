import { PdfDict, PdfRef, PdfStream, isArray, isName } from '../pdf/objects.js';
import { explainAppearance } from './explain-appearance.js';
import type { FieldPair } from './explain-form.js';
import { compareDictionaries, waysOfField } from './field-dictionary.js';
import { isVisible, type FieldNode } from './field-tree.js';
import { approveForField, isFresh, type Step } from './step.js';

/** An empty signature field may be signed, once. */
export async function explainSignatureField(step: Step, pair: FieldPair): Promise<void> {
  const { name: field, before, after } = pair;
  const difference = compareDictionaries(before.dict, after.dict);
  if (difference === 'other') {
    step.problems.add('field_changed');
    return;
  }
  const signed = !before.dict.has('V') && after.dict.has('V');
  if (!signed && difference !== 'same') {
    step.problems.add(before.dict.has('V') ? 'signature_replaced' : 'field_changed');
    return;
  }
  for (const seen of waysOfField(step, pair)) approveForField(step, after.ref.number, { field, level: 'LTA_UPDATES', seen, evenLocked: difference === 'same' });
  if (!signed) return;
  await explainAppearance(step, pair);
  await explainSignature(step, field, after);
}

/** The signature itself: a new object. A document timestamp that shows nothing is no more than maintenance. */
export async function explainSignature(step: Step, field: string, { dict }: Pick<FieldNode, 'dict'>): Promise<void> {
  const ref = dict.get('V');
  const signature = await step.now.resolve(ref);
  if (!(ref instanceof PdfRef) || !(signature instanceof PdfDict) || !(await isFresh(step, ref.number))) {
    step.problems.add('signature_replaced');
    return;
  }
  const silent = isName(signature.get('Type'), 'DocTimeStamp') && !(await isVisible(step.now, dict));
  const change = { field, level: silent ? 'LTA_UPDATES' : 'FORM_FILLING', evenLocked: silent } as const;
  approveForField(step, ref.number, change);
  // Some software keeps the parameters of a reference as an object of its own.
  const references = signature.get('Reference');
  for (const reference of isArray(references) ? references : []) {
    const parameters = reference instanceof PdfDict && !(reference instanceof PdfStream) ? reference.get('TransformParams') : null;
    if (parameters instanceof PdfRef && (await isFresh(step, parameters.number))) approveForField(step, parameters.number, change);
  }
}
