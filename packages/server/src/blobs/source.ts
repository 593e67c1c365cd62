import type { ByteSource } from '@sky-sign/pades';
import { concat } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import type { Services } from '../services.js';
import type { SegmentRow } from '../store/rows.js';
import { chunkBytes, readChunk } from './segment.js';

type Needs = Pick<Services, 'crypto' | 'keys' | 'store'>;

/** Decrypted bytes that are kept while one source is read: every signature of a contract is a segment, and a chain is followed through all of them. */
const cachedBytes = 4 * chunkBytes;

/** The file that these segments make up, one after the other, decrypted as it is read. */
export async function openSource(needs: Needs, segmentIds: readonly string[]): Promise<ByteSource> {
  const segments = await Promise.all(segmentIds.map((id) => openSegment(needs, id)));
  const length = segments.reduce((sum, { row }) => sum + row.length, 0);
  const cache = new Map<string, { readonly size: number; readonly data: Promise<Bytes> }>();
  let cached = 0;

  const chunk = (segment: OpenSegment, index: number): Promise<Bytes> => {
    const name = `${segment.row.id}/${String(index)}`;
    const held = cache.get(name);
    cache.delete(name);
    const size = Math.min(chunkBytes, segment.row.length - index * chunkBytes);
    const kept = held ?? { size, data: readChunk(needs.crypto, needs.store.tables, { segment: segment.row, key: segment.key, index }) };
    cache.set(name, kept);
    if (!held) cached += size;
    for (const [oldest, { size: freed }] of cache) {
      if (cached <= cachedBytes || oldest === name) break;
      cache.delete(oldest);
      cached -= freed;
    }
    return kept.data;
  };
  return {
    length,
    async read(offset, wanted) {
      const parts: Uint8Array[] = [];
      const end = Math.min(offset + wanted, length);
      let start = 0;
      for (const segment of segments) {
        const stop = start + segment.row.length;
        let at = Math.max(offset, start);
        while (at < Math.min(end, stop)) {
          const index = Math.floor((at - start) / chunkBytes);
          const from = at - start - index * chunkBytes;
          const data = await chunk(segment, index);
          const part = data.subarray(from, Math.min(data.length, from + Math.min(end, stop) - at));
          if (part.length === 0) throw new Error(`Segment ${segment.row.id} is shorter than its row says.`);
          parts.push(part);
          at += part.length;
        }
        start = stop;
      }
      const [only] = parts;
      return only && parts.length === 1 ? only : concat(...parts);
    },
  };
}

interface OpenSegment {
  readonly row: SegmentRow;
  readonly key: CryptoKey;
}

async function openSegment({ keys, store }: Needs, id: string): Promise<OpenSegment> {
  const [row] = await store.tables.segments.find({ id });
  if (!row) throw new Error(`There is no segment ${id}.`);
  return { row, key: await keys.unwrapDataKey(row.keyId, row.wrappedKey) };
}
