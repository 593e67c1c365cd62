import { readCatalog } from '../pdf/file.js';
import { PdfDict, PdfRef, PdfStream, dict, isArray, type PdfObject } from '../pdf/objects.js';
import { equalObjects } from './equal-objects.js';
import { compareKey, isFresh, newObjectsFrom, takesNoOtherPlace, type Step } from './step.js';

const LISTS = ['Certs', 'CRLs', 'OCSPs'] as const;
const LISTS_OF_ONE = ['Cert', 'CRL', 'OCSP'] as const;
const KEYS: readonly string[] = ['Type', 'VRI', ...LISTS];
const KEYS_OF_ONE: readonly string[] = ['Type', 'TU', 'TS', ...LISTS_OF_ONE];
const VRI_KEY = /^[A-Z0-9]{40}$/;
const WAY = '/Root/DSS';
const EMPTY = dict({});

/**
 * The DSS may get more of what validators need, and lose what they need no more; the VRI only grows
 * (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4.2).
 */
export async function explainValidationData(step: Step): Promise<void> {
  const refuse = () => void step.problems.add('validation_data_changed');
  const { catalog: before } = await readCatalog(step.old);
  const { catalog: after } = await readCatalog(step.now);
  if (!before.has('DSS') && !after.has('DSS')) return;
  const dss = await compareKey(step, 'DSS', { before, after, level: 'LTA_UPDATES', seen: { way: WAY }, problem: 'validation_data_changed' });
  if (!dss) return;
  if (!(dss.after instanceof PdfDict) || keysOf(dss.after).some((key) => !KEYS.includes(key))) return refuse();
  const was = dss.before instanceof PdfDict ? dss.before : EMPTY;
  for (const key of LISTS) if (!(await explainList(step, { was, is: dss.after, key, way: WAY }))) return refuse();

  if (!was.has('VRI') && !keysOf(dss.after).includes('VRI')) return;
  const vri = await compareKey(step, 'VRI', { before: was, after: dss.after, level: 'LTA_UPDATES', seen: { way: `${WAY}/VRI` }, problem: 'validation_data_changed' });
  if (!vri) return;
  if (!(vri.after instanceof PdfDict) || !(await explainEntries(step, vri.before instanceof PdfDict ? vri.before : EMPTY, vri.after))) refuse();
}

interface ListChange {
  readonly was: PdfDict;
  readonly is: PdfDict;
  readonly key: string;
  /** Of the dictionary. */
  readonly way: string;
}

/** An array of streams, each of them new or one that was there. */
async function explainList(step: Step, { was, is, key, way }: ListChange): Promise<boolean> {
  if (!keysOf(is).includes(key)) return true;
  const list = is.get(key);
  if (!(await isListOfStreams(step, list))) return false;
  const old = was.get(key);
  if (list instanceof PdfRef && old instanceof PdfRef && !(await takesNoOtherPlace(step, old, list))) return false;
  if (list instanceof PdfRef && old instanceof PdfRef) step.ledger.approve('LTA_UPDATES', list.number, { way: `${way}/${key}` });
  for (const number of await newObjectsFrom(step, list)) step.ledger.approve('LTA_UPDATES', number, { way: `${way}/${key}` });
  return true;
}

async function isListOfStreams({ now }: Step, list: PdfObject): Promise<boolean> {
  const items = await now.resolve(list);
  if (!isArray(items)) return false;
  for (const item of items) if (!(item instanceof PdfRef) || !((await now.resolve(item)) instanceof PdfStream)) return false;
  return true;
}

/** Keys with null too: nobody writes them in good faith. */
const keysOf = ({ entries, nulls }: PdfDict): string[] => [...entries.keys(), ...nulls];

async function explainEntries(step: Step, was: PdfDict, is: PdfDict): Promise<boolean> {
  if (is.nulls.size > 0) return false;
  if ([...was.entries].some(([key, entry]) => !equalObjects(entry, is.get(key)))) return false;
  for (const [key, value] of is.entries) {
    if (was.has(key)) continue;
    const entry = await step.now.resolve(value);
    if (!VRI_KEY.test(key) || !(entry instanceof PdfDict) || keysOf(entry).some((each) => !KEYS_OF_ONE.includes(each))) return false;
    if (value instanceof PdfRef && (await isFresh(step, value.number))) step.ledger.approve('LTA_UPDATES', value.number);
    for (const each of LISTS_OF_ONE) if (!(await explainList(step, { was: EMPTY, is: entry, key: each, way: `${WAY}/VRI/${key}` }))) return false;
    const stamp = entry.get('TS');
    if (stamp instanceof PdfRef && (await isFresh(step, stamp.number))) step.ledger.approve('LTA_UPDATES', stamp.number);
  }
  return true;
}
