import { PadesError } from '../errors.js';
import { importDrawing, type Drawing } from '../pdf/import-drawing.js';
import { PdfStream, dict, type PdfRef } from '../pdf/objects.js';
import { readBox } from '../pdf/pages.js';
import type { Revision } from '../pdf/revision.js';
import { serializeNumber } from '../pdf/serialize.js';
import { form, type Place } from './appearance.js';

/** One drawing for each character; each is stretched to its cell. */
export interface CombCells {
  readonly cells: readonly Drawing[];
}

/** A comb field's appearance: as many cells of the same width as it takes characters, filled from the left (ISO 32000-2, 12.7.5.3). */
export async function drawComb(revision: Revision, { cells }: CombCells, { place, count }: { place: Place; count: number }): Promise<PdfRef> {
  if (cells.length > count) throw new PadesError('field_invalid', `there are drawings for ${cells.length} characters, and cells for ${count}`);
  const width = place.width / count;
  const xobjects: Record<string, PdfRef> = {};
  const drawn: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const ref = await importDrawing(revision, cell);
    const stream = await revision.resolve(ref);
    const [left, bottom, right, top] = (stream instanceof PdfStream && (await readBox(revision, stream.dict.get('BBox')))) || [0, 0, 1, 1];
    const [scaleX, scaleY] = [width / (right - left), place.height / (top - bottom)];
    const matrix = [scaleX, 0, 0, scaleY, i * width - left * scaleX, -bottom * scaleY];
    xobjects[`C${i}`] = ref;
    drawn.push(`q ${matrix.map((value) => serializeNumber(Math.round(value * 10_000) / 10_000)).join(' ')} cm /C${i} Do Q`);
  }
  return revision.add(form(drawn.join('\n'), place, { XObject: dict(xobjects) }));
}
