import { normalRotation } from '@sky-sign/protocol';
import type { FieldReason } from '@sky-sign/protocol';
import { toBase64 } from '../bytes.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow, PreparedField } from '../store/rows.js';

/** A text that the font cannot draw, or that has no room. */
export class TextRefused extends Error {
  readonly reason: FieldReason;
  constructor(reason: FieldReason) {
    super(`The text cannot be drawn: ${reason}.`);
    this.name = 'TextRefused';
    this.reason = reason;
  }
}

interface Box {
  readonly width: number;
  readonly height: number;
}

/** The places of a field as their pages are shown: on a page that is turned by a quarter, width and height change places. */
export function shownBoxes({ page, rect, places = [{ page, rect }] }: PreparedField, document: DocumentRow): Box[] {
  const pages = fromJson(document.pages);
  return places.map((place) => {
    const [, , width, height] = place.rect;
    const rotation = normalRotation(pages[place.page - 1]?.rotate ?? 0);
    return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
  });
}

/** A drawing of the text for each place (PDF, base64), the same one where they are of the same size. */
export async function drawPlaces({ heavy }: Services, { field, document, text }: { field: PreparedField; document: DocumentRow; text: string }): Promise<string[]> {
  const { fontSize, multiline, cells } = field;
  const bySize = new Map<string, string>();
  const drawings: string[] = [];
  for (const box of shownBoxes(field, document)) {
    const size = `${box.width.toFixed(2)} ${box.height.toFixed(2)}`;
    let drawing = bySize.get(size);
    if (drawing === undefined) {
      const drawn = await heavy.drawText({ text, ...box, fontSize, multiline, ...(cells !== undefined && { cells }) });
      if ('refused' in drawn) throw new TextRefused(drawn.refused);
      drawing = toBase64(drawn.pdf);
      bySize.set(size, drawing);
    }
    drawings.push(drawing);
  }
  return drawings;
}
