import type { ByteSource } from '../byte-source.js';
import { readFields, type FormField } from '../form/fields.js';
import { readDss } from '../ltv/dss.js';
import { createKnownObjects, openPdf, readCatalog, type OpenOptions, type PdfFile } from '../pdf/file.js';
import { PdfRef, type PdfObject } from '../pdf/objects.js';
import { readPages } from '../pdf/pages.js';
import { changedNumbers, isUsed, sameEntry } from '../difference/changed-objects.js';
import { readRevisions } from '../validate/revisions.js';

/** Numbers of certificates, OCSP responses and lists. */
export interface DssSize {
  readonly certificates: number;
  readonly ocsps: number;
  readonly crls: number;
}

/** What one revision did to the file; numbers of pages count from 1. */
export interface RevisionFacts {
  /** Its length in bytes from the start of the file. */
  readonly end: number;
  readonly newObjects: number;
  /** Objects that were there and are others now: `catalog`, `form`, `page 2`, `field name`, `object 17`. */
  readonly changed: readonly string[];
  readonly newFields: readonly string[];
  /** Fields that were signed or stamped in it. */
  readonly signed: readonly string[];
  readonly dss: DssSize;
}

/** Every revision, the first one first. Says what happened, not whether it was allowed: that is `validatePdf`. */
export async function describeRevisions(source: ByteSource, options: OpenOptions = {}): Promise<RevisionFacts[]> {
  const known = createKnownObjects(source.length);
  const file = await openPdf(source, options, known);
  const described: RevisionFacts[] = [];
  let before: PdfFile | undefined;
  for (const { end, file: after } of await readRevisions(source, file, known)) {
    described.push(before ? await describe(before, after, end) : await describeFirst(after, end));
    before = after;
  }
  return described;
}

async function describeFirst(file: PdfFile, end: number): Promise<RevisionFacts> {
  const fields = await readFields(file);
  return { end, newObjects: file.size - 1, changed: [], newFields: fields.map(({ name }) => name), signed: fields.filter(isSigned).map(({ name }) => name), dss: await sizeOfDss(file) };
}

async function describe(before: PdfFile, after: PdfFile, end: number): Promise<RevisionFacts> {
  const roles = await rolesOf(before);
  const changed: string[] = [];
  let newObjects = 0;
  for (const number of changedNumbers(before, after)) {
    const [old, now] = [await before.entry(number), await after.entry(number)];
    if (sameEntry(old, now)) continue;
    if (isUsed(old)) changed.push(roles.get(number) ?? `object ${number}`);
    else newObjects++;
  }
  const fields = await readFields(before);
  const fieldsAfter = await readFields(after);
  const wasSigned = new Set(fields.filter(isSigned).map(({ name }) => name));
  return {
    end,
    newObjects,
    changed,
    newFields: fieldsAfter.filter(({ name }) => !fields.some((known) => known.name === name)).map(({ name }) => name),
    signed: fieldsAfter.filter((field) => isSigned(field) && !wasSigned.has(field.name)).map(({ name }) => name),
    dss: await sizeOfDss(after),
  };
}

/** What the objects are that a reader knows by a name. */
async function rolesOf(file: PdfFile): Promise<Map<number, string>> {
  const roles = new Map<number, string>();
  const set = (object: PdfObject, role: string) => {
    if (object instanceof PdfRef) roles.set(object.number, role);
  };
  const { ref, catalog } = await readCatalog(file);
  const pages = await readPages(file);
  pages.forEach(({ dict }, i) => set(dict.get('Annots'), `annotations of page ${i + 1}`));
  pages.forEach((page, i) => set(page.ref, `page ${i + 1}`));
  for (const { name, ref: own, widgets } of await readFields(file)) for (const place of [own, ...widgets.map((widget) => widget.ref)]) set(place ?? null, `field ${name}`);
  set(catalog.get('DSS'), 'DSS');
  set(catalog.get('AcroForm'), 'form');
  set(file.trailer.get('Info'), 'document information');
  set(ref, 'catalog');
  return roles;
}

async function sizeOfDss(file: PdfFile): Promise<DssSize> {
  const { certificates, ocsps, crls } = await readDss(file);
  return { certificates: certificates.length, ocsps: ocsps.length, crls: crls.length };
}

const isSigned = ({ type, value }: FormField) => type === 'Sig' && value !== null;
