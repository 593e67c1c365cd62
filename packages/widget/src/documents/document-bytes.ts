/** Fetches the bytes `begin … end − 1` of one revision. */
export type FetchRange = (begin: number, end: number) => Promise<Uint8Array>;

/** The one place where the bytes of a shown revision live: PDF.js reads only from here, and the hash covers only this. */
export interface DocumentBytes {
  readonly length: number;
  /** Bytes that are here. */
  readonly loaded: number;
  /** A copy of the bytes `begin … end − 1`, fetched first where they are missing. */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Fetches all that is missing, front to back. */
  loadRest(): Promise<void>;
  /** SHA-256 over all bytes as lower-case hex; fetches what is missing. */
  digest(): Promise<string>;
  /** All bytes; fetches what is missing. Owned by the store: not to be written to. */
  whole(): Promise<Uint8Array<ArrayBuffer>>;
}

const blockSize = 512 * 1024;
/** A request spans at most this many blocks (1 MiB). */
const blocksPerRequest = 2;
/** Requests of `loadRest` under way at once; more would only delay what the reader is waiting for. */
const parallelRequests = 2;

/**
 * Holds the bytes of one revision. Every byte is fetched once, in aligned ranges of 512 KiB to 1 MiB. `base` is an earlier
 * revision of the same document: revisions only append, so its bytes are taken over.
 */
export function createDocumentBytes(options: {
  length: number;
  fetchRange: FetchRange;
  onProgress?: (loaded: number) => void;
  base?: { length: number; copyTo(target: Uint8Array): number } | undefined;
}): DocumentBytes & { copyTo(target: Uint8Array): number } {
  const { length, fetchRange, onProgress } = options;
  const bytes = new Uint8Array(length);
  const blocks: (Promise<void> | undefined)[] = new Array<Promise<void> | undefined>(Math.ceil(length / blockSize));
  let loaded = 0;

  const taken = options.base && options.base.length <= length ? options.base.copyTo(bytes) : 0;
  for (let block = 0; (block + 1) * blockSize <= taken; block += 1) {
    blocks[block] = Promise.resolve();
    loaded += blockSize;
  }

  function fetchBlocks(first: number, count: number): void {
    const begin = first * blockSize;
    const end = Math.min(begin + count * blockSize, length);
    const request = fetchRange(begin, end).then(
      (part) => {
        bytes.set(part, begin);
        loaded += part.length;
        onProgress?.(loaded);
      },
      (error: unknown) => {
        blocks.fill(undefined, first, first + count);
        throw error;
      },
    );
    blocks.fill(request, first, first + count);
  }

  async function need(begin: number, end: number): Promise<void> {
    const last = Math.ceil(Math.min(end, length) / blockSize);
    const waits: Promise<void>[] = [];
    for (let block = Math.floor(begin / blockSize); block < last; block += 1) {
      if (!blocks[block]) {
        let count = 1;
        while (count < blocksPerRequest && block + count < last && !blocks[block + count]) count += 1;
        fetchBlocks(block, count);
      }
      const wait = blocks[block];
      if (wait) waits.push(wait);
    }
    await Promise.all(waits);
  }

  async function loadRest(): Promise<void> {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < length) {
        const begin = next;
        next += blocksPerRequest * blockSize;
        await need(begin, next);
      }
    };
    await Promise.all(Array.from({ length: parallelRequests }, lane));
  }

  async function whole(): Promise<Uint8Array<ArrayBuffer>> {
    await loadRest();
    return bytes;
  }

  return {
    length,
    get loaded() {
      return loaded;
    },
    read: async (begin, end) => {
      await need(begin, end);
      return bytes.slice(begin, end);
    },
    loadRest,
    whole,
    digest: async () => {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await whole()));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    copyTo: (target) => {
      if (loaded < length) return 0;
      target.set(bytes);
      return length;
    },
  };
}
