import { concat, utf8 } from '../bytes.js';
import type { Bytes } from '../bytes.js';
import type { Services } from '../services.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { ChunkRow, SegmentRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** Plain bytes of each chunk but the last. */
export const chunkBytes = 1024 * 1024;

interface Place {
  readonly tenant: string;
  readonly segmentId: string;
}

/** STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): an 11-byte counter and a flag on the last chunk. */
function nonce(index: number, last: boolean): Bytes {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setUint32(7, index);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function gcm({ tenant, segmentId }: Place, index: number, last: boolean): AesGcmParams {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setUint32(4, index);
  const additionalData = concat(utf8(`sky-sign/blob/1\0${tenant}\0${segmentId}\0`), counter);
  return { name: 'AES-GCM', iv: nonce(index, last), additionalData };
}

/** Cuts a stream into chunks of `chunkBytes`, telling which one is the last. */
export async function* rechunk(parts: AsyncIterable<Uint8Array>): AsyncGenerator<{ data: Bytes; last: boolean }> {
  let held = new Uint8Array(chunkBytes);
  let filled = 0;
  for await (const part of parts) {
    let at = 0;
    while (at < part.length) {
      if (filled === chunkBytes) {
        yield { data: held, last: false };
        held = new Uint8Array(chunkBytes);
        filled = 0;
      }
      const taken = part.subarray(at, at + chunkBytes - filled);
      held.set(taken, filled);
      filled += taken.length;
      at += taken.length;
    }
  }
  yield { data: held.subarray(0, filled), last: true };
}

export interface SegmentWriter {
  /** Encrypts and stores the next chunk; call once a chunk, in order. */
  write(tables: Pick<Tables, 'chunks'>, chunk: { data: Bytes; last: boolean }): Promise<void>;
  /** The row that makes the segment readable. */
  row(now: number): SegmentRow;
}

/** Begins a segment under a fresh data key, which is forgotten when the segment is written. */
export async function beginSegment(crypto: Crypto, keys: KeyRing, place: Place): Promise<SegmentWriter> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const { keyId, wrapped } = await keys.wrapDataKey(key);
  let index = 0;
  let length = 0;
  return {
    async write(tables, { data, last }) {
      const encrypted = await crypto.subtle.encrypt(gcm(place, index, last), key, data);
      const row: ChunkRow = { segmentId: place.segmentId, idx: index, data: new Uint8Array(encrypted) };
      index += 1;
      length += data.length;
      await tables.chunks.insert(row);
    },
    row: (now) => ({ id: place.segmentId, tenant: place.tenant, keyId, wrappedKey: wrapped, length, createdAt: now }),
  };
}

/** Keeps bytes that are at hand as a segment. */
export async function storeSegment({ crypto, keys, now }: Pick<Services, 'crypto' | 'keys' | 'now'>, tables: Pick<Tables, 'chunks' | 'segments'>, { bytes, ...place }: Place & { bytes: Uint8Array }): Promise<void> {
  const writer = await beginSegment(crypto, keys, place);
  for await (const chunk of rechunk(once(bytes))) await writer.write(tables, chunk);
  await tables.segments.insert(writer.row(now()));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

/** Decrypts one chunk; throws where it was changed, moved, cut off or is missing. */
export async function readChunk(crypto: Crypto, tables: Pick<Tables, 'chunks'>, { segment, key, index }: { segment: SegmentRow; key: CryptoKey; index: number }): Promise<Bytes> {
  const [row] = await tables.chunks.find({ segmentId: segment.id, idx: index });
  if (!row) throw new Error(`Chunk ${String(index)} of segment ${segment.id} is missing.`);
  const last = (index + 1) * chunkBytes >= segment.length;
  const plain = await crypto.subtle.decrypt(gcm({ tenant: segment.tenant, segmentId: segment.id }, index, last), key, new Uint8Array(row.data));
  // The row is not encrypted: a shorter length in it must not cut the file off within its last chunk.
  if (plain.byteLength !== Math.min(chunkBytes, segment.length - index * chunkBytes)) throw new Error(`Segment ${segment.id} is not as long as its row says.`);
  return new Uint8Array(plain);
}
