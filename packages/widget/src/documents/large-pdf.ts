// For tests: a PDF as large as one likes, valid, each page one picture of noise.
export interface LargePdf {
  readonly length: number;
  read(begin: number, end: number): Uint8Array<ArrayBuffer>;
}

/**
 * `pages` pages with one incompressible picture of about `bytesPerPage` each. The page objects stand together at the end, as
 * they do once sending has stamped every page: PDF.js reads all of them before it shows the first.
 */
export function makeLargePdf({ pages, bytesPerPage }: { pages: number; bytesPerPage: number }): LargePdf {
  const width = 1000;
  const height = Math.round(bytesPerPage / width);
  const parts: (string | number)[] = ['%PDF-1.7\n'];
  const offsets: number[] = [];
  let length = 9;
  const add = (part: string | number): void => {
    parts.push(part);
    length += typeof part === 'string' ? part.length : part;
  };
  const object = (number: number, body: string, stream?: number): void => {
    offsets[number] = length;
    add(`${number} 0 obj\n${body}\n`);
    if (stream !== undefined) {
      add('stream\n');
      add(stream);
      add('\nendstream\n');
    }
    add('endobj\n');
  };
  const content = 'q 595 0 0 842 0 0 cm /I Do Q';
  for (let page = 0; page < pages; page += 1) {
    object(3 + page * 3, `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${width * height} >>`, width * height);
  }
  for (let page = 0; page < pages; page += 1) {
    const first = 3 + page * 3;
    object(first + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    object(first + 2, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + 1} 0 R /Resources << /XObject << /I ${first} 0 R >> >> >>`);
  }
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, page) => `${5 + page * 3} 0 R`).join(' ')}] >>`);
  object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  const startxref = length;
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${startxref}\n%%EOF\n`);
  return { length, read: (begin, end) => readParts(parts, begin, Math.min(end, length)) };
}

function readParts(parts: readonly (string | number)[], begin: number, end: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(end - begin);
  let at = 0;
  for (const part of parts) {
    const size = typeof part === 'string' ? part.length : part;
    for (let index = Math.max(begin, at); index < Math.min(end, at + size); index += 1) {
      out[index - begin] = typeof part === 'string' ? part.charCodeAt(index - at) : noise(index);
    }
    at += size;
    if (at >= end) break;
  }
  return out;
}

function noise(index: number): number {
  const mixed = Math.imul(index ^ (index >>> 13), 0x5bd1e995);
  return (mixed ^ (mixed >>> 15)) & 0xff;
}
