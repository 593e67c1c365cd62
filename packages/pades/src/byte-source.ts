/** Random access to immutable bytes: a buffer, a file, encrypted chunks. */
export interface ByteSource {
  readonly length: number;
  /** Up to `length` bytes from `offset`; fewer only where the source ends. The result may be a view and must not be written to. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The bytes from `from` to `to` for whoever looks at each chunk once: it may be overwritten as soon as the next is asked for. */
  pass?(from: number, to: number): AsyncIterable<Uint8Array>;
}

export function bytesSource({ buffer, byteOffset, length: size }: Uint8Array): ByteSource {
  // Node's Buffer takes ten times as long for a view.
  const bytes = new Uint8Array(buffer, byteOffset, size);
  return {
    length: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.max(offset, Math.min(bytes.length, offset + length))),
  };
}

/** The bytes from `from` to `to`, a chunk being good only until the next: what a source has for this, or else `readChunks`. */
export function passChunks(source: ByteSource, from: number, to: number): AsyncIterable<Uint8Array> {
  if (to > source.length) throw new RangeError(`the source ends at ${source.length} bytes, before ${to}`);
  return source.pass?.(from, to) ?? readChunks(source, from, to);
}

/** `base ‖ delta` as one source, nothing copied but reads across the seam. */
export function concatSource(base: ByteSource, delta: Uint8Array): ByteSource {
  return {
    length: base.length + delta.length,
    async read(offset, length) {
      const end = Math.min(offset + length, base.length + delta.length);
      if (offset >= base.length) return delta.subarray(offset - base.length, Math.max(offset, end) - base.length);
      if (end <= base.length) return base.read(offset, end - offset);
      const joined = new Uint8Array(end - offset);
      joined.set(await base.read(offset, base.length - offset));
      joined.set(delta.subarray(0, end - base.length), base.length - offset);
      return joined;
    },
    async *pass(from, to) {
      if (from < base.length) yield* passChunks(base, from, Math.min(to, base.length));
      if (to > base.length) yield delta.subarray(Math.max(0, from - base.length), to - base.length);
    },
  };
}

/** The bytes from `from` to `to` in chunks of at most `chunkBytes`. */
export async function* readChunks(source: ByteSource, from: number, to: number, chunkBytes = 1 << 20): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    const chunk = await source.read(at, Math.min(chunkBytes, to - at));
    if (chunk.length === 0) throw new RangeError(`the source ended at ${at} of ${to} bytes`);
    yield chunk;
    at += chunk.length;
  }
}

/** The first `length` bytes of a source: an earlier revision. */
export function prefixSource(source: ByteSource, length: number): ByteSource {
  return { length, read: (offset, wanted) => source.read(offset, Math.max(0, Math.min(wanted, length - offset))) };
}
