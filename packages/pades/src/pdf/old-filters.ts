import { PadesError } from '../errors.js';
import { MAX_DECODED } from './filters.js';
import { hexValue, isSpace } from './characters.js';

/** The filters of ISO 32000-2, 7.4, that only content of old files has; each reads as far as its data goes. */
export const OLD_FILTERS: Readonly<Record<string, (bytes: Uint8Array, earlyChange: boolean) => Uint8Array>> = {
  ASCIIHexDecode: decodeHex,
  AHx: decodeHex,
  ASCII85Decode: decodeBase85,
  A85: decodeBase85,
  RunLengthDecode: decodeRuns,
  RL: decodeRuns,
  LZWDecode: decodeLzw,
  LZW: decodeLzw,
};

function decodeHex(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0x3e);
  const digits = Array.from(end < 0 ? bytes : bytes.subarray(0, end), hexValue).filter((digit) => digit >= 0);
  return Uint8Array.from({ length: (digits.length + 1) >> 1 }, (_, i) => ((digits[i * 2] ?? 0) << 4) | (digits[i * 2 + 1] ?? 0));
}

function decodeBase85(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (count: number) => {
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let i = 0; i < count; i++) out.push(Math.floor(value / 256 ** (3 - i)) & 255);
    group = [];
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (isSpace(byte)) continue;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    else group.push(byte - 33);
    if (group.length === 5) flush(4);
  }
  const rest = group.length;
  if (rest > 1) {
    while (group.length < 5) group.push(84);
    flush(rest - 1);
  }
  return Uint8Array.from(out);
}

function decodeRuns(bytes: Uint8Array): Uint8Array {
  const out = createOutput();
  for (let at = 0; at < bytes.length && bytes[at] !== 128; ) {
    const length = bytes[at] ?? 0;
    if (length < 128) out.push(bytes.subarray(at + 1, at + 2 + length));
    else out.push(new Uint8Array(257 - length).fill(bytes[at + 1] ?? 0));
    at += length < 128 ? length + 2 : 2;
  }
  return out.bytes();
}

const CLEAR = 256;
const END = 257;

function decodeLzw(bytes: Uint8Array, earlyChange: boolean): Uint8Array {
  const out = createOutput();
  const early = earlyChange ? 1 : 0;
  const singles = Array.from({ length: END + 1 }, (_, code) => Uint8Array.of(code & 255));
  let table = [...singles];
  let previous: Uint8Array | undefined;
  for (let at = 0, width = 9; at + width <= bytes.length * 8; ) {
    let code = 0;
    for (let i = 0; i < width; i++, at++) code = (code << 1) | (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    if (code === END) break;
    if (code === CLEAR) {
      [table, previous, width] = [[...singles], undefined, 9];
      continue;
    }
    const entry: Uint8Array | undefined = code < table.length ? table[code] : previous && Uint8Array.of(...previous, previous[0] ?? 0);
    if (!entry) break;
    if (previous && table.length < 4096) table.push(Uint8Array.of(...previous, entry[0] ?? 0));
    out.push(entry);
    previous = entry;
    width = table.length + early >= 2048 ? 12 : table.length + early >= 1024 ? 11 : table.length + early >= 512 ? 10 : 9;
  }
  return out.bytes();
}

function createOutput() {
  let buffer = new Uint8Array(1 << 12);
  let length = 0;
  return {
    push(part: Uint8Array): void {
      if (length + part.length > MAX_DECODED) throw new PadesError('limit_exceeded', `a content stream decodes to more than ${MAX_DECODED} bytes`);
      if (length + part.length > buffer.length) {
        const larger = new Uint8Array(Math.max(buffer.length * 2, length + part.length));
        larger.set(buffer);
        buffer = larger;
      }
      buffer.set(part, length);
      length += part.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
}
