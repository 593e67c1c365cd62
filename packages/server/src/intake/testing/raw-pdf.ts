/** Objects by number, as they are written between `obj` and `endobj`, one character a byte. */
export type RawObjects = Readonly<Record<number, string>>;

/** A page tree with one empty page, to be varied. */
export const onePageObjects: RawObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>',
};

/** A file with one cross-reference table, written down byte by byte, whatever it says. */
export function rawPdf(objects: RawObjects, trailer = ''): Uint8Array {
  let text = '%PDF-1.7\n';
  const size = Object.keys(objects).reduce((highest, number) => Math.max(highest, Number(number)), 0) + 1;
  const rows = ['0000000000 65535 f\r\n'];
  for (let number = 1; number < size; number += 1) {
    rows.push(objects[number] === undefined ? '0000000000 00000 f\r\n' : `${String(text.length).padStart(10, '0')} 00000 n\r\n`);
    if (objects[number] !== undefined) text += `${String(number)} 0 obj\n${objects[number]}\nendobj\n`;
  }
  const tail = `trailer\n<< /Size ${String(size)} /Root 1 0 R ${trailer} >>\nstartxref\n${String(text.length)}\n%%EOF\n`;
  return latin1(`${text}xref\n0 ${String(size)}\n${rows.join('')}${tail}`);
}

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
export const fromLatin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Objects of a page with these entries; more objects may follow from number 4 on. */
export const page = (entries: string): RawObjects => ({ ...onePageObjects, 3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] ${entries} >>` });
export const annotation = (entries: string): RawObjects => page(`/Annots [<< /Type /Annot /Rect [0 0 9 9] ${entries} >>]`);
export const catalog = (entries: string): RawObjects => ({ ...onePageObjects, 1: `<< /Type /Catalog /Pages 2 0 R ${entries} >>` });
export const stream = (entries: string, data = ''): string => `<< ${entries} /Length ${String(data.length)} >>\nstream\n${data}\nendstream`;
