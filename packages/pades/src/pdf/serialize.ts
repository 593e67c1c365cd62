import { fromLatin1, isRegular } from './characters.js';
import { PdfDict, PdfName, PdfRef, PdfString, isArray, type PdfObject } from './objects.js';

/** The syntax of an object, one character per byte. Streams are written by the revision, not here. */
export function serialize(object: PdfObject): string {
  if (object === null) return 'null';
  if (typeof object === 'boolean') return String(object);
  if (typeof object === 'number') return serializeNumber(object);
  if (object instanceof PdfName) return serializeName(object.value);
  if (object instanceof PdfString) return object.hex ? hexString(object.bytes) : literalString(object.bytes);
  if (object instanceof PdfRef) return `${object.number} ${object.generation} R`;
  if (object instanceof PdfDict) return `<<${[...object.entries].map(([key, value]) => ` ${serializeName(key)} ${serialize(value)}`).join('')} >>`;
  if (isArray(object)) return `[${object.map(serialize).join(' ')}]`;
  throw new TypeError('a stream is always an object of its own');
}

export function serializeNumber(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(0);
  // No exponents in PDF (7.3.3); ten places are more than any viewer keeps.
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexString(bytes: Uint8Array): string {
  let text = '<';
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i] ?? 0];
  return `${text}>`;
}

function literalString(bytes: Uint8Array): string {
  return `(${fromLatin1(bytes).replace(/[\\()\r]/g, (character) => (character === '\r' ? '\\r' : `\\${character}`))})`;
}

function serializeName(value: string): string {
  let text = '/';
  for (const character of value) {
    const code = character.charCodeAt(0);
    text += isRegular(code) && code > 32 && code < 127 && code !== 0x23 ? character : `#${code.toString(16).padStart(2, '0')}`;
  }
  return text;
}

