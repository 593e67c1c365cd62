import { toLatin1 } from '../pdf/characters.js';
import { resolveArray, resolveDict } from '../pdf/file.js';
import { importDrawing, type Drawing, type Matrix } from '../pdf/import-drawing.js';
import { PdfRef, PdfStream, dict, type PdfObject } from '../pdf/objects.js';
import type { Page } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { serializeNumber } from '../pdf/serialize.js';
import { balance } from './balance.js';

/** Distance of the stamp from the left and lower edge of the page as shown, in points. */
const MARGIN = 12;

/** Draws one shared form XObject at the bottom left of each page as it is shown, after what is there. */
export async function stampPages(revision: Revision, pages: readonly Page[], stamp: Drawing): Promise<void> {
  const form = await importDrawing(revision, stamp);
  const shared = createSharing(revision);
  for (const page of pages) {
    const dictNow = (await resolveDict(revision, page.ref)) ?? page.dict;
    const contents = dictNow.get('Contents');
    const old = (await resolveArray(revision, contents)) ?? (contents === null ? [] : [contents]);
    const { resources, key } = await shared.resources(page.resources, form);
    const { contents: balanced, open } = await balance(revision, old);
    const drawing = `${'Q '.repeat(open + 1)}q ${placement(page).map(serializeNumber).join(' ')} cm /${key} Do Q\n`;
    revision.set(page.ref, dictNow.with({ Resources: resources, Contents: [shared.content('q\n'), ...balanced, shared.content(`\n${drawing}`)] }));
  }
}

/** From the stamp's space to the user space of a page, turned so that it reads upright. */
export function placement({ cropBox: [left, bottom, right, top], rotate, userUnit }: Pick<Page, 'cropBox' | 'rotate' | 'userUnit'>): Matrix {
  const scale = round(1 / userUnit);
  const margin = MARGIN / userUnit;
  const corners: Record<Page['rotate'], Matrix> = {
    0: [scale, 0, 0, scale, left + margin, bottom + margin],
    90: [0, scale, -scale, 0, right - margin, bottom + margin],
    180: [-scale, 0, 0, -scale, right - margin, top - margin],
    270: [0, -scale, scale, 0, left + margin, top - margin],
  };
  const [a, b, c, d, e, f] = corners[rotate];
  return [a, b, c, d, round(e), round(f)];
}

/** Pages with the same resources or the same geometry share the objects made for them. */
function createSharing(revision: Revision) {
  const contents = new Map<string, PdfRef>();
  const resources = new Map<number, { resources: PdfObject; key: string }>();

  async function withStamp(object: PdfObject, form: PdfRef): Promise<{ resources: PdfObject; key: string }> {
    const own = (await resolveDict(revision, object)) ?? dict({});
    const xobjects = (await resolveDict(revision, own.get('XObject'))) ?? dict({});
    let key = 'SkyStamp';
    for (let i = 1; xobjects.has(key); i++) key = `SkyStamp${i}`;
    return { resources: own.with({ XObject: xobjects.with({ [key]: form }) }), key };
  }

  return {
    content(text: string): PdfRef {
      const known = contents.get(text) ?? revision.add(new PdfStream(dict({}), toLatin1(text)));
      contents.set(text, known);
      return known;
    },
    async resources(object: PdfObject, form: PdfRef): Promise<{ resources: PdfObject; key: string }> {
      if (!(object instanceof PdfRef)) return withStamp(object, form);
      let known = resources.get(object.number);
      if (!known) {
        const made = await withStamp(object, form);
        known = { resources: revision.add(made.resources), key: made.key };
        resources.set(object.number, known);
      }
      return known;
    },
  };
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
