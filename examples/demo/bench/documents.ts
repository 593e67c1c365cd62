import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';

export interface BenchDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Words on every page. */
export async function wordsOn(pages: number): Promise<BenchDocument> {
  const document = await PDFDocument.create();
  document.setLanguage('en');
  for (let page = 0; page < pages; page += 1) {
    const sheet = document.addPage([595, 842]);
    for (let line = 0; line < 40; line += 1) sheet.drawText(`Article ${String(page * 40 + line)}. The parties agree to what this line says.`, { x: 60, y: 780 - line * 17, size: 10 });
  }
  return { name: `${String(pages)} pages of text`, bytes: await document.save() };
}

/** Pages that are one picture each, as a scanner makes them; noise, so that nothing compresses. */
export async function scanOf(megabytes: number): Promise<BenchDocument> {
  const document = await PDFDocument.create();
  const [width, height] = [1000, 1000];
  let seed = 1;
  for (let page = 0; page < megabytes; page += 1) {
    const pixels = new Uint8Array(width * height);
    for (let i = 0; i < pixels.length; i += 1) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      pixels[i] = seed >> 16;
    }
    const image = document.context.register(
      document.context.stream(deflateSync(pixels), { Type: 'XObject', Subtype: 'Image', Width: width, Height: height, ColorSpace: 'DeviceGray', BitsPerComponent: 8, Filter: 'FlateDecode' }),
    );
    const sheet = document.addPage([595, 842]);
    const name = sheet.node.newXObject('Scan', image);
    const content = document.context.stream(`q 515 0 0 515 40 200 cm /${name.asString().slice(1)} Do Q`);
    sheet.node.addContentStream(document.context.register(content));
  }
  return { name: `${String(megabytes)} MB scan`, bytes: await document.save() };
}
