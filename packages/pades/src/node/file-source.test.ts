import { randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import { bytesSource, concatSource, passChunks, prefixSource, type ByteSource } from '../byte-source.js';
import { joinBytes, webCryptoHash } from '../hash.js';
import { fileSource } from './file-source.js';
import { nodeHash } from './node-hash.js';
import { inFolder } from './testing/tools.js';

const LENGTH = 3_300_000;

describe('a file as a source', () => {
  const bytes = new Uint8Array(randomBytes(LENGTH));
  const withFile = (use: (source: ByteSource, path: string) => Promise<void>) =>
    inFolder(async (file) => {
      const path = file('some', bytes);
      const source = await fileSource(path);
      await use(source, path);
      await source.close();
    });
  const passed = async (source: ByteSource, from: number, to: number) => {
    const copies: Uint8Array[] = [];
    for await (const chunk of passChunks(source, from, to)) copies.push(new Uint8Array(chunk));
    return joinBytes(copies);
  };
  const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

  it('reads any part, no further than the end', async () => {
    await withFile(async (source) => {
      for (const [offset, length] of [[0, 10], [32_767, 1], [32_760, 16], [65_536, 32_768], [100, 2_000_000], [LENGTH - 3, 100], [LENGTH, 5], [LENGTH + 70_000, 5], [40_000, 0]] as const) {
        expect(isSame(await source.read(offset, length), bytes.subarray(offset, offset + length)), `${offset}+${length}`).to.equal(true);
      }
    });
  });

  it('keeps what it has given, however much is read afterwards', async () => {
    await withFile(async (source) => {
      const early = await source.read(5, 1000);
      for (let at = 0; at < LENGTH; at += 32_768) await source.read(at, 100);
      expect(isSame(early, bytes.subarray(5, 1005))).to.equal(true);
    });
  });

  it('passes any part by, alone, before other bytes, and cut off', async () => {
    await withFile(async (source) => {
      for (const [from, to] of [[0, LENGTH], [1, 1_048_577], [7, 7], [LENGTH - 1, LENGTH], [1_000_000, 3_200_000]] as const) {
        expect(isSame(await passed(source, from, to), bytes.subarray(from, to)), `${from} to ${to}`).to.equal(true);
      }
      const delta = Uint8Array.of(1, 2, 3);
      const longer = joinBytes([bytes, delta]);
      for (const [from, to] of [[0, LENGTH + 3], [LENGTH - 2, LENGTH + 2], [LENGTH + 1, LENGTH + 3]] as const) {
        expect(isSame(await passed(concatSource(source, delta), from, to), longer.subarray(from, to)), `${from} to ${to}`).to.equal(true);
      }
      expect(isSame(await passed(prefixSource(source, 2_000_000), 5, 2_000_000), bytes.subarray(5, 2_000_000))).to.equal(true);
    });
  });

  it('does not pass by what lies behind the end, its own or that of a prefix', async () => {
    await withFile(async (source) => {
      for (const shorter of [source, bytesSource(bytes), prefixSource(source, 2_000_000), concatSource(prefixSource(source, 10), Uint8Array.of(1))]) {
        expect(await passed(shorter, 0, shorter.length + 1).catch((error: unknown) => error)).to.be.instanceOf(RangeError);
      }
    });
  });

  it('gives every hash the same bytes, also one that gathers them first', async () => {
    await withFile(async (source) => {
      const expected = await webCryptoHash(globalThis.crypto)('SHA-256', passChunks(bytesSource(bytes), 0, LENGTH));
      for (const hash of [nodeHash, webCryptoHash(globalThis.crypto)]) {
        for (const length of [undefined, LENGTH, 10, LENGTH * 2]) expect(await hash('SHA-256', passChunks(source, 0, LENGTH), length)).to.deep.equal(expected);
      }
    });
  });

  it('notices a file that became shorter, and may be left before the end', async () => {
    await withFile(async (source, path) => {
      for await (const chunk of passChunks(source, 0, LENGTH)) {
        expect(chunk.length).to.be.greaterThan(0);
        break;
      }
      truncateSync(path, 2_000_000);
      const failed = await passed(source, 0, LENGTH).catch((error: unknown) => error);
      expect(failed).to.be.instanceOf(RangeError);
    });
  });

  it('leaves a handle open that it was given', async () => {
    await inFolder(async (file) => {
      const handle = await open(file('some', bytes));
      await (await fileSource(handle)).close();
      expect((await handle.stat()).size).to.equal(LENGTH);
      await handle.close();
    });
  });
});
