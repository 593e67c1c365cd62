import { bytesSource } from '../byte-source.js';
import { PadesError, isPadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { openPdf, resolveArray, type PdfFile, type Resolver } from './file.js';
import { deflate } from './filters.js';
import { PdfDict, PdfRef, PdfStream, isArray, isName, name, type PdfObject } from './objects.js';
import { readPage, type Page } from './pages.js';
import type { Revision } from './revision.js';

/** A drawing made elsewhere (pdf-lib): page 1 of a PDF, taken over as one form XObject with the page's box as /BBox. */
export interface Drawing {
  readonly pdf: Uint8Array;
}

export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const MAX_OBJECTS = 10_000;
const NEWLINE = Uint8Array.of(10);

/** Brings the object graph of a scratch PDF's first page into the revision, renumbered, as a form XObject. */
export async function importDrawing(revision: Revision, { pdf }: Drawing, matrix: Matrix = IDENTITY): Promise<PdfRef> {
  try {
    const file = await openPdf(bytesSource(pdf));
    const page = await readPage(file, 1);
    if (page.rotate !== 0) throw new PadesError('scratch_invalid', 'the page of a drawing has no /Rotate');
    const copy = createCopier(file, revision);
    const form = new PdfDict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: page.cropBox,
      ...(matrix === IDENTITY ? {} : { Matrix: matrix }),
      Resources: await copy(await file.resolve(page.resources)),
      ...(page.dict.has('Group') && { Group: await copy(page.dict.get('Group')) }),
      Filter: name('FlateDecode'),
    });
    return revision.add(new PdfStream(form, deflate(await contentOf(file, page))));
  } catch (cause) {
    if (isPadesError(cause) && cause.code !== 'scratch_invalid') throw new PadesError('scratch_invalid', `a drawing cannot be taken over: ${cause.message}`, cause);
    throw cause;
  }
}

async function contentOf(file: Resolver, { dict }: Page): Promise<Uint8Array> {
  const contents = (await resolveArray(file, dict.get('Contents'))) ?? [dict.get('Contents')];
  const parts: Uint8Array[] = [];
  for (const item of contents) {
    const stream = await file.resolve(item);
    if (stream instanceof PdfStream) parts.push(await file.decoded(stream), NEWLINE);
  }
  return joinBytes(parts);
}

/** Copies objects with everything that they refer to; the same object is copied once. */
function createCopier(file: PdfFile, revision: Revision): (object: PdfObject) => Promise<PdfObject> {
  const copied = new Map<number, PdfRef>();

  async function copy(object: PdfObject): Promise<PdfObject> {
    if (object instanceof PdfRef) return copyIndirect(object);
    if (isArray(object)) return Promise.all(object.map(copy));
    if (!(object instanceof PdfDict)) return object;
    if (isName(object.get('Type'), 'Page') || isName(object.get('Type'), 'Pages')) throw new PadesError('scratch_invalid', 'the resources of a drawing lead to a page');
    const entries = new Map<string, PdfObject>();
    for (const [key, value] of object.entries) entries.set(key, await copy(value));
    return new PdfDict(entries);
  }

  async function copyIndirect({ number, generation }: PdfRef): Promise<PdfObject> {
    const known = copied.get(number);
    if (known) return known;
    if (copied.size >= MAX_OBJECTS) throw new PadesError('scratch_invalid', `a drawing of more than ${MAX_OBJECTS} objects`);
    const own = revision.allocate();
    copied.set(number, own);
    const object = await file.resolve(new PdfRef(number, generation));
    if (object instanceof PdfStream) {
      const dict = await copy(object.dict.with({ Length: undefined }));
      revision.set(own, new PdfStream(dict as PdfDict, await file.streamBytes(object)));
    } else {
      revision.set(own, await copy(object));
    }
    return own;
  }

  return copy;
}
