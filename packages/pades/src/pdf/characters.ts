const [SPACE, DELIMITER] = [1, 2];
/** Character classes of ISO 32000-2, 7.2.3, by byte; every other one is regular. */
const CLASSES = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) CLASSES[byte] = SPACE;
for (const character of '()<>[]{}/%') CLASSES[character.charCodeAt(0)] = DELIMITER;

export const isSpace = (byte: number): boolean => CLASSES[byte] === SPACE;
export const isDelimiter = (byte: number): boolean => CLASSES[byte] === DELIMITER;
export const isRegular = (byte: number): boolean => CLASSES[byte] === 0;
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
  // Names and numbers, of which a file has many.
  if (bytes.length <= 16) for (const byte of bytes) text += String.fromCharCode(byte);
  else for (let at = 0; at < bytes.length; at += 8192) text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 8192));
  return text;
}

export function toLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
