import { PDFDocument, degrees } from 'pdf-lib';

export interface SampleOptions {
  readonly pages?: number;
  /** Object streams and a cross-reference stream instead of a table. */
  readonly objectStreams?: boolean;
  readonly rotate?: number;
}

/** A plain document. */
export async function samplePdf({ pages = 2, objectStreams = false, rotate = 0 }: SampleOptions = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let number = 1; number <= pages; number++) {
    const page = document.addPage([595, 842]);
    page.setRotation(degrees(rotate));
    page.drawText(`Page ${number}`, { x: 72, y: 760, size: 18 });
  }
  return document.save({ useObjectStreams: objectStreams });
}
