import { readForm } from '../form/fields.js';
import { readCatalog } from '../pdf/file.js';
import { PdfDict } from '../pdf/objects.js';
import { changedKeys, equalObjects } from './equal-objects.js';
import { explainFieldValue } from './explain-field-value.js';
import { explainNewFields, type NewField } from './explain-new-fields.js';
import { explainSignatureField } from './explain-signature-field.js';
import { readFieldTree, type FieldNode } from './field-tree.js';
import { compareKey, newObjectsFrom, type Step } from './step.js';

const WAY = '/Root/AcroForm';
/** Checked field by field, or how values are shown (ISO 32000-2, 12.7.3). */
const OTHERWISE_CHECKED: readonly string[] = ['Fields', 'DR', 'DA', 'Q', 'NeedAppearances'];

/** A field in both states. */
export interface FieldPair {
  readonly name: string;
  readonly before: FieldNode;
  readonly after: FieldNode;
}

/** Filling in, signing, and new signature fields: nothing else may happen to a form. */
export async function explainForm(step: Step): Promise<void> {
  const refuse = (code: string) => void step.problems.add(code);
  const { catalog: before } = await readCatalog(step.old);
  const { catalog: after } = await readCatalog(step.now);
  const form = await compareKey(step, 'AcroForm', { before, after, level: 'LTA_UPDATES', seen: { way: WAY }, problem: 'form_changed' });
  if (!form) return;
  const [was, is] = [form.before, form.after];
  if (!(was instanceof PdfDict) || !(is instanceof PdfDict)) return refuse('form_changed');
  if (changedKeys(was, is).some((key) => !OTHERWISE_CHECKED.includes(key))) refuse('form_changed');

  const fields = await compareKey(step, 'Fields', { before: was, after: is, level: 'LTA_UPDATES', seen: { way: `${WAY}/Fields` }, problem: 'form_changed' });
  if (was.has('DR') || is.has('DR')) await explainResources(step, was, is);
  const old = fields && (await readFieldTree(step.old, fields.before));
  const now = fields && (await readFieldTree(step.now, fields.after));
  if (!old || !now) return refuse('form_changed');

  const added: NewField[] = [];
  for (const [name, field] of now) {
    const known = old.get(name);
    if (!known) added.push({ name, ...field });
    else await explainPair(step, { name, before: known, after: field });
  }
  if ([...old.keys()].some((name) => !now.has(name))) refuse('field_removed');
  if (await losesSignature(step, now)) refuse('signature_removed');
  await explainNewFields(step, added);
}

/** Whether what was signed right before is not any more, though the signed state had it empty, or not at all. */
async function losesSignature({ previous }: Step, now: ReadonlyMap<string, FieldNode>): Promise<boolean> {
  const form = await readForm(previous);
  const earlier = form && (await readFieldTree(previous, form.get('Fields')));
  return [...(earlier ?? [])].some(([name, { type, dict }]) => type === 'Sig' && dict.has('V') && !now.get(name)?.dict.has('V'));
}

/** The resources that appearances of fields are made with: some software adds fonts to them. */
async function explainResources(step: Step, was: PdfDict, is: PdfDict): Promise<void> {
  const resources = await compareKey(step, 'DR', { before: was, after: is, level: 'FORM_FILLING', seen: { way: `${WAY}/DR` }, problem: 'form_changed' });
  if (resources) for (const number of await newObjectsFrom(step, resources.after)) step.ledger.approve('FORM_FILLING', number);
}

async function explainPair(step: Step, pair: FieldPair): Promise<void> {
  const { before, after } = pair;
  if (before.type !== after.type || !equalObjects(before.ref, after.ref)) step.problems.add('field_changed');
  else if (after.type === 'Sig') await explainSignatureField(step, pair);
  else await explainFieldValue(step, pair);
}
