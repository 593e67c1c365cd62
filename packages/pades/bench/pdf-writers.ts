import { deflateSync } from 'node:zlib';

export type Part = string | Buffer;

/** Writes a file object by object; `add` gives the object's number. */
export interface PdfWriter {
  reserve(): number;
  add(body: readonly Part[], number?: number): number;
  finish(root: number): Buffer;
}

/** With a cross-reference table. */
export function classicWriter(): PdfWriter {
  const { offsets, parts, reserve, position, object } = fileParts();
  return {
    reserve,
    add: object,
    finish(root) {
      const startxref = position();
      const rows = offsets.map((offset, number) => `${String(offset).padStart(10, '0')} ${number ? '00000 n' : '65535 f'} \n`);
      parts.push(Buffer.from(`xref\n0 ${offsets.length}\n${rows.join('')}trailer\n<< /Size ${offsets.length} /Root ${root} 0 R >>\nstartxref\n${startxref}\n%%EOF\n`));
      return Buffer.concat(parts);
    },
  };
}

const IN_ONE_STREAM = 100;

/** With object streams and a cross-reference stream, predicted and deflated, as today's writers do it. */
export function compressedWriter(): PdfWriter {
  const { offsets, parts, reserve, position, object } = fileParts();
  const places = new Map<number, readonly [stream: number, index: number]>();
  let waiting: { number: number; body: Buffer }[] = [];

  function flush(): void {
    if (waiting.length === 0) return;
    const container = reserve();
    let at = 0;
    const head = waiting.map(({ number, body }, index) => {
      places.set(number, [container, index]);
      const entry = `${number} ${at}`;
      at += body.length + 1;
      return entry;
    });
    const first = Buffer.from(`${head.join(' ')} `);
    const data = deflateSync(Buffer.concat([first, ...waiting.flatMap(({ body }) => [body, Buffer.from(' ')])]));
    object([`<< /Type /ObjStm /N ${waiting.length} /First ${first.length} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`, data, '\nendstream'], container);
    waiting = [];
  }

  return {
    reserve,
    add(body, number = reserve()) {
      const bytes = Buffer.concat(body.map(toBuffer));
      if (bytes.includes('endstream')) return object([bytes], number);
      waiting.push({ number, body: bytes });
      if (waiting.length === IN_ONE_STREAM) flush();
      return number;
    },
    finish(root) {
      flush();
      const own = reserve();
      const startxref = (offsets[own] = position());
      const rows = offsets.map((offset, number) => {
        const [stream, index] = places.get(number) ?? [];
        return Buffer.from(stream === undefined ? [number === 0 ? 0 : 1, ...fourBytes(offset), 0] : [2, ...fourBytes(stream), index ?? 0]);
      });
      const predicted = rows.flatMap((row, number) => [Buffer.of(2), row.map((byte, column) => byte - (rows[number - 1]?.[column] ?? 0))]);
      const data = deflateSync(Buffer.concat(predicted));
      const dict = `<< /Type /XRef /Size ${offsets.length} /Root ${root} 0 R /W [1 4 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >> /Length ${data.length} >>`;
      parts.push(Buffer.from(`${own} 0 obj\n${dict}\nstream\n`), data, Buffer.from(`\nendstream\nendobj\nstartxref\n${startxref}\n%%EOF\n`));
      return Buffer.concat(parts);
    },
  };
}

function fileParts() {
  const offsets: number[] = [0];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const reserve = () => offsets.push(0) - 1;
  return {
    offsets,
    parts,
    reserve,
    position: () => length,
    object(body: readonly Part[], number = reserve()): number {
      offsets[number] = length;
      for (const part of [`${number} 0 obj\n`, ...body, '\nendobj\n'].map(toBuffer)) {
        parts.push(part);
        length += part.length;
      }
      return number;
    },
  };
}

const toBuffer = (part: Part): Buffer => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
const fourBytes = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
