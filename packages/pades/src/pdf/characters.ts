/** Character classes of ISO 32000-2, 7.2.3. */
export const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0;

const DELIMITERS = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));
export const isDelimiter = (byte: number): boolean => DELIMITERS.has(byte);
export const isRegular = (byte: number): boolean => !isSpace(byte) && !DELIMITERS.has(byte);
export const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** The value of a hexadecimal digit, or -1. */
export function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  if (byte >= 97 && byte <= 102) return byte - 87;
  return -1;
}

/** One character per byte. */
export function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 8192));
  return text;
}

export function toLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
