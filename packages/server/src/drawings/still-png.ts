import { concat, own } from '../bytes.js';

/** What a picture needs: the rest could hold further frames, each as large as the picture, and compressed text. */
const kept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/**
 * The one picture of a PNG (PNG, 5.3), without anything else, and only where its pixels unpack to no more than `maxBytes`:
 * what a decoder would do with the rest nobody has to find out. Throws a RangeError for what is cut off or unpacks to more.
 */
export async function stillPng(png: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Uint8Array[] = [png.subarray(0, 8)];
  const pixels: Uint8Array[] = [];
  for (let at = 8; at < png.length; ) {
    if (at + 12 > png.length || at + 12 + view.getUint32(at) > png.length) throw new RangeError('The picture is cut off.');
    const end = at + 12 + view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (kept.has(type)) chunks.push(png.subarray(at, end));
    if (type === 'IDAT') pixels.push(png.subarray(at + 8, end - 4));
    if (type === 'IEND') break;
    at = end;
  }
  await checkUnpacked(concat(...pixels), maxBytes);
  return concat(...chunks);
}

/** Unpacks into nothing, counting; header and checksum (RFC 1950) are left out, as the decoder does that comes after. */
async function checkUnpacked(zlib: Uint8Array, maxBytes: number): Promise<void> {
  const reader = new Blob([own(zlib.subarray(2, -4))]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > maxBytes) throw new RangeError('The picture unpacks to more than its size.');
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
