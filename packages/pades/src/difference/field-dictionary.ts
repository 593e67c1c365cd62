import { PdfStream, isName, type PdfDict } from '../pdf/objects.js';
import { changedKeys } from './equal-objects.js';
import type { FieldPair } from './explain-form.js';
import type { Seen } from './ledger.js';
import { resolveNumber } from './resolve-number.js';
import type { Step } from './step.js';

/** What some software sets when it signs, whatever the field. */
const ALWAYS: readonly string[] = ['Ff', 'Type'];
/** What filling in a field changes. */
const FILLED: readonly string[] = [...ALWAYS, 'AP', 'AS', 'V', 'F', 'DA', 'Q'];

/** How much of a field's dictionary has changed: nothing that counts, what filling in changes, or more. */
export function compareDictionaries(before: PdfDict, after: PdfDict): 'same' | 'filled' | 'other' {
  const changed = changedKeys(before, after);
  const [type, was] = [after.get('Type'), before.get('Type')];
  if (changed.includes('Type') && !(was === null && isName(type, 'Annot'))) return 'other';
  if (changed.every((key) => ALWAYS.includes(key))) return 'same';
  return changed.every((key) => FILLED.includes(key)) ? 'filled' : 'other';
}

/** The ways on which a field may be reached: through the form, as an annotation of a page, and once through the structure tree. */
export function waysOfField({ graph }: Step, { before }: FieldPair): Seen[] {
  const ways = (graph.waysTo(before.ref.number) ?? []).map(({ path }) => path);
  const annotations = ways.filter((path) => /^<page \d+>\/Annots\/\d+$/.test(path));
  const structure = ways.find((path) => /^<structure \d+>(?:\/K(?:\/\d+)?)?\/Obj$/.test(path));
  return [before.way, ...annotations, ...(structure === undefined ? [] : [structure])].map((way) => ({ way }));
}

/** Whether the object of a field holds it as such: a stream could be read as something else. */
export async function isPlainDictionary({ now }: Step, { after }: FieldPair): Promise<boolean> {
  return !((await resolveNumber(now, after.ref.number)) instanceof PdfStream);
}
