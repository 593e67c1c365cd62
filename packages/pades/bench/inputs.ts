import { createHash } from 'node:crypto';

/** What is signed; the same bytes on every machine. */
export const INPUTS = {
  '100 KB scan': () => scan(1, 100_000),
  '1 MB, 30 objects a page': () => dense({ pages: 125, elements: 28, text: 160 }),
  '10 MB scan': () => scan(20, 500_000),
  '10 MB object-dense': () => dense({ pages: 1000, elements: 58, text: 68 }),
  '100 MB scan': () => scan(200, 500_000),
} as const;

export type InputName = keyof typeof INPUTS;

/** Pages with one picture each, as scanners write them; nobody who signs decodes it. */
function scan(pages: number, imageBytes: number): Buffer {
  const writer = createWriter();
  const root = writer.reserve();
  const tree = writer.reserve();
  const kids = Array.from({ length: pages }, (_, page) => {
    const image = noise(imageBytes, page);
    const picture = writer.add(['<< /Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', ` /Length ${image.length} >>\nstream\n`, image, '\nendstream']);
    const content = writer.add([stream('q 595 0 0 842 0 0 cm /Im Do Q')]);
    return writer.add([`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im ${picture} 0 R >> >> /Contents ${content} 0 R >>`]);
  });
  writer.add([pageTree(kids)], tree);
  writer.add([`<< /Type /Catalog /Pages ${tree} 0 R >>`], root);
  return writer.finish(root);
}

/** Tagged text: a page, its content, and a structure element for each of its lines. */
function dense({ pages, elements, text }: { pages: number; elements: number; text: number }): Buffer {
  const writer = createWriter();
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

/** A classic file, object by object. */
function createWriter() {
  const parts: Buffer[] = [];
  const offsets: number[] = [0];
  let length = 0;
  const write = (part: string | Buffer) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const reserve = () => offsets.push(0) - 1;
  write('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  return {
    reserve,
    add(body: readonly (string | Buffer)[], number = reserve()): number {
      offsets[number] = length;
      for (const part of [`${number} 0 obj\n`, ...body, '\nendobj\n']) write(part);
      return number;
    },
    finish(root: number): Buffer {
      const startxref = length;
      const rows = offsets.map((offset, number) => `${String(offset).padStart(10, '0')} ${number ? '00000 n' : '65535 f'} \n`);
      write(`xref\n0 ${offsets.length}\n${rows.join('')}trailer\n<< /Size ${offsets.length} /Root ${root} 0 R >>\nstartxref\n${startxref}\n%%EOF\n`);
      return Buffer.concat(parts);
    },
  };
}

/** Bytes that do not compress, from a seed. */
function noise(length: number, seed: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(`sky-sign ${seed}`).digest();
}
