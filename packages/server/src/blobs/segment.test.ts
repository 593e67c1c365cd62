import { expect } from 'chai';
import { concat } from '../bytes.js';
import { importMasterKey, openKeyRing } from '../keys/key-ring.js';
import type { KeyRing } from '../keys/key-ring.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { beginSegment, chunkBytes, rechunk } from './segment.js';
import { openSource } from './source.js';

describe('segments', () => {
  let store: Store;
  let keys: KeyRing;
  const masterKey = () => importMasterKey(crypto, new Uint8Array(32).fill(7));
  beforeEach(async () => {
    store = createMemoryStore();
    keys = await openKeyRing({ crypto, store, masterKey: await masterKey() });
  });

  const write = async (segmentId: string, bytes: Uint8Array): Promise<void> => {
    const writer = await beginSegment(crypto, keys, { tenant: 'city', segmentId });
    const parts = async function* () {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += 300_000) yield bytes.subarray(at, at + 300_000);
    };
    for await (const chunk of rechunk(parts())) await writer.write(store.tables, chunk);
    await store.tables.segments.insert(writer.row(1));
  };
  const sample = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed + (i >> 11)) & 0xff);
  const refused = async (ids = ['a']): Promise<boolean> => {
    const source = await openSource({ crypto, keys, store }, ids);
    return source.read(0, source.length).then(() => false, () => true);
  };

  it('refuses a chunk that was flipped, swapped, moved from another segment, cut off, dropped or given to another tenant', async () => {
    const tamper: readonly (() => Promise<unknown>)[] = [
      async () => {
        const [row] = await store.tables.chunks.find({ segmentId: 'a', idx: 1 });
        await store.tables.chunks.update({ segmentId: 'a', idx: 1 }, { data: (row?.data ?? new Uint8Array()).map((byte, i) => (i === 5 ? byte ^ 1 : byte)) });
      },
      async () => {
        const [one, two] = await store.tables.chunks.find({ segmentId: 'a' }, { orderBy: 'idx' });
        await store.tables.chunks.update({ segmentId: 'a', idx: 0 }, { data: two?.data ?? new Uint8Array() });
        await store.tables.chunks.update({ segmentId: 'a', idx: 1 }, { data: one?.data ?? new Uint8Array() });
      },
      async () => {
        const [other] = await store.tables.chunks.find({ segmentId: 'b', idx: 0 });
        await store.tables.chunks.update({ segmentId: 'a', idx: 0 }, { data: other?.data ?? new Uint8Array() });
      },
      () => store.tables.segments.update({ id: 'a' }, { length: 2 * chunkBytes }),
      () => store.tables.segments.update({ id: 'a' }, { length: 2 * chunkBytes + 9 }),
      () => store.tables.chunks.delete({ segmentId: 'a', idx: 2 }),
      () => store.tables.segments.update({ id: 'a' }, { tenant: 'another city' }),
    ];
    for (const [i, attack] of tamper.entries()) {
      store = createMemoryStore();
      keys = await openKeyRing({ crypto, store, masterKey: await masterKey() });
      await write('a', sample(2 * chunkBytes + 10));
      await write('b', sample(2 * chunkBytes + 10));
      expect(await refused(), `before ${String(i)}`).to.equal(false);
      await attack();
      expect(await refused(), `attack ${String(i)}`).to.equal(true);
    }
  });

  it('does not open with another master key', async () => {
    const other = await importMasterKey(crypto, new Uint8Array(32).fill(8));
    const error: unknown = await openKeyRing({ crypto, store, masterKey: other }).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message').that.includes('master key');
  });

  it('gives back every range across chunks and segments', async () => {
    const [a, b, c] = [sample(chunkBytes + 5), sample(3, 9), sample(2 * chunkBytes, 4)];
    await write('a', a);
    await write('b', b);
    await write('c', c);
    const whole = concat(a, b, c);
    const source = await openSource({ crypto, keys, store }, ['a', 'b', 'c']);
    expect(source.length).to.equal(whole.length);
    for (const [offset, length] of [[0, 10], [chunkBytes - 3, 12], [chunkBytes + 4, 6], [a.length + 1, 2 * chunkBytes], [whole.length - 4, 99], [0, whole.length]] as const) {
      expect(Buffer.compare(await source.read(offset, length), whole.subarray(offset, offset + length)), `${String(offset)}+${String(length)}`).to.equal(0);
    }
  });

  it('keeps nothing readable at rest', async () => {
    await write('a', new TextEncoder().encode('工事請負契約書 '.repeat(10)));
    const [row] = await store.tables.chunks.find({});
    expect(new TextDecoder().decode(row?.data)).to.not.include('工事');
  });
});
