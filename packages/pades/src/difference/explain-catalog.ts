import { readCatalog, type Resolver } from '../pdf/file.js';
import { PdfName, PdfRef, PdfStream, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { changedKeys, equalObjects } from './equal-objects.js';
import { compareKey, isFresh, takesNoOtherPlace, type Step } from './step.js';
import { isWellFormedXmp } from './xmp.js';

/** Keys that other rules look into, or that say nothing of what is shown (ISO 32000-2, 7.7.2). */
const OTHERWISE_CHECKED: readonly string[] = ['AcroForm', 'DSS', 'Extensions', 'MarkInfo', 'Metadata', 'Version'];

/** The catalog may get validation data, a form's signatures, and words about the file itself. */
export async function explainCatalog(step: Step): Promise<void> {
  const { catalog: before } = await readCatalog(step.old);
  const { ref, catalog: after } = await readCatalog(step.now);
  if (changedKeys(before, after).some((key) => !OTHERWISE_CHECKED.includes(key))) step.problems.add('catalog_changed');
  const version = after.get('Version');
  if (!equalObjects(before.get('Version'), version) && version !== null && !(version instanceof PdfName)) step.problems.add('catalog_changed');
  for (const key of ['Extensions', 'MarkInfo']) {
    if (before.has(key) || after.has(key)) await compareKey(step, key, { before, after, level: 'LTA_UPDATES', seen: { way: `/Root/${key}` }, problem: 'catalog_changed' });
  }
  step.ledger.approve('LTA_UPDATES', ref.number, 'all');
  await explainMetadata(step, before, after);
}

/** The document information dictionary may be replaced: nothing of it is shown on a page. */
export async function explainInformation(step: Step): Promise<void> {
  const [was, is] = [step.old.trailer.get('Info'), step.now.trailer.get('Info')];
  if (!(is instanceof PdfRef)) return;
  if (await takesNoOtherPlace(step, was instanceof PdfRef ? was : undefined, is)) step.ledger.approve('LTA_UPDATES', is.number, { way: '/Info' });
  else step.problems.add('trailer_changed');
}

/** XMP metadata may be replaced by XMP metadata, in place too: what is no XML could be read as something else. */
async function explainMetadata(step: Step, before: PdfDict, after: PdfDict): Promise<void> {
  const [was, is] = [before.get('Metadata'), after.get('Metadata')];
  if (is === null) {
    if (after.nulls.has('Metadata')) step.problems.add('metadata_changed');
    return;
  }
  if (!(is instanceof PdfRef) || (was !== null && !(was instanceof PdfRef))) {
    step.problems.add('metadata_changed');
    return;
  }
  if (!step.numbers.has(is.number) && was !== null && equalObjects(was, is)) return;
  const states: readonly (readonly [Resolver, PdfRef])[] = [[step.now, is], ...(was === null ? [] : [[step.old, was] as const])];
  for (const [file, ref] of states) {
    if (await isXmp(file, ref)) continue;
    step.problems.add('metadata_changed');
    return;
  }
  if ((was !== null && equalObjects(was, is)) || (await isFresh(step, is.number))) step.ledger.approve('LTA_UPDATES', is.number, { way: '/Root/Metadata' });
}

async function isXmp(file: Resolver, ref: PdfRef): Promise<boolean> {
  const stream: PdfObject = await file.resolve(ref);
  return stream instanceof PdfStream && isWellFormedXmp(await file.decoded(stream));
}
