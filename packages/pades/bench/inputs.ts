import { createHash } from 'node:crypto';
import { classicWriter, compressedWriter, type PdfWriter } from './pdf-writers.js';

/** What is signed; the same bytes on every machine. */
export const INPUTS = {
  '100 KB scan': () => scan(1, 100_000),
  '1 MB, 30 objects a page': () => dense({ pages: 125, elements: 28, text: 160 }),
  '10 MB scan': () => scan(20, 500_000),
  '10 MB object-dense': () => dense({ pages: 1000, elements: 58, text: 68 }),
  '60,000 objects in streams': () => dense({ pages: 1000, elements: 58, text: 68 }, compressedWriter()),
  '100 MB scan': () => scan(200, 500_000),
} as const;

export type InputName = keyof typeof INPUTS;

/** Pages with one picture each, as from a scanner; nobody who signs decodes it. */
function scan(pages: number, imageBytes: number): Buffer {
  const writer = classicWriter();
  const root = writer.reserve();
  const tree = writer.reserve();
  const kids = Array.from({ length: pages }, (_, page) => {
    const image = noise(imageBytes, page);
    const picture = writer.add(['<< /Type /XObject /Subtype /Image', ` /Width 1000 /Height ${imageBytes / 1000} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${image.length} >>\nstream\n`, image, '\nendstream']);
    const content = writer.add([stream('q 595 0 0 842 0 0 cm /Im Do Q')]);
    return writer.add([`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im ${picture} 0 R >> >> /Contents ${content} 0 R >>`]);
  });
  writer.add([pageTree(kids)], tree);
  writer.add([`<< /Type /Catalog /Pages ${tree} 0 R >>`], root);
  return writer.finish(root);
}

/** Tagged text: a page, its content, and a structure element for each of its lines. */
function dense({ pages, elements, text }: { pages: number; elements: number; text: number }, writer: PdfWriter = classicWriter()): Buffer {
  const root = writer.reserve();
  const tree = writer.reserve();
  const structure = writer.reserve();
  const font = writer.add(['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']);
  const sections: number[] = [];
  const kids = Array.from({ length: pages }, (_, index) => {
    const words = noise(elements * text, index).toString('hex');
    const content = writer.add([stream('BT /F1 10 Tf 50 800 Td (text) Tj ET')]);
    const page = writer.add([`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${content} 0 R >>`]);
    for (let line = 0; line < elements; line++) {
      const spoken = words.slice(line * text, (line + 1) * text);
      sections.push(writer.add([`<< /Type /StructElem /S /P /P ${structure} 0 R /Pg ${page} 0 R /K ${line} /ActualText (${spoken}) >>`]));
    }
    return page;
  });
  writer.add([`<< /Type /StructTreeRoot /K [${sections.map((number) => `${number} 0 R`).join(' ')}] >>`], structure);
  writer.add([pageTree(kids)], tree);
  writer.add([`<< /Type /Catalog /Pages ${tree} 0 R /StructTreeRoot ${structure} 0 R >>`], root);
  return writer.finish(root);
}

function pageTree(kids: readonly number[]): string {
  return `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** Bytes that do not compress, from a seed. */
function noise(length: number, seed: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(`sky-sign ${seed}`).digest();
}
