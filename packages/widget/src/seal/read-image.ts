export type ImageProblem = 'type' | 'bytes' | 'pixels' | 'broken';

export const mostBytes = 5 * 1024 * 1024;
export const mostPixels = 16_000_000;

/** Size of a picture by its own header, before anything is decoded; or why it is refused. SVG is refused: it can hold scripts. */
export function readImageHeader(bytes: Uint8Array): { width: number; height: number } | ImageProblem {
  if (bytes.length > mostBytes) return 'bytes';
  const size = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes);
  if (!size) return 'type';
  if (!(size.width > 0 && size.height > 0)) return 'broken';
  return size.width * size.height > mostPixels ? 'pixels' : size;
}

function starts(bytes: Uint8Array, magic: readonly number[], at = 0): boolean {
  return magic.every((byte, index) => bytes[at + index] === byte);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Size {
  readonly width: number;
  readonly height: number;
}
const nothing: Size = { width: 0, height: 0 };

/** PNG, 11.2.2: IHDR is the first chunk. */
function pngSize(bytes: Uint8Array): Size | undefined {
  if (!starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return undefined;
  if (bytes.length < 24 || !starts(bytes, [0x49, 0x48, 0x44, 0x52], 12)) return nothing;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** JPEG (ITU T.81, B.2.2): the first start-of-frame segment. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  if (!starts(bytes, [0xff, 0xd8, 0xff])) return undefined;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return nothing;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return nothing;
}

/** WebP (RFC 9649): lossy, lossless or extended. */
function webpSize(bytes: Uint8Array): Size | undefined {
  if (!starts(bytes, [0x52, 0x49, 0x46, 0x46]) || !starts(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return undefined;
  if (bytes.length < 30) return nothing;
  const view = viewOf(bytes);
  switch (String.fromCharCode(...bytes.subarray(12, 16))) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: ((view.getUint32(26, true) >>> 8) & 0xffffff) + 1 };
    default:
      return nothing;
  }
}
