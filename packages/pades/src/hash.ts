export type HashAlgorithm = 'SHA-256' | 'SHA-384' | 'SHA-512';
/** What old signatures were made with, too: it may say that nothing was changed, and never that somebody can be relied on. */
export type OldHashAlgorithm = HashAlgorithm | 'SHA-1' | 'MD5';

/** WebCrypto cannot hash incrementally, so hashing is handed in. A chunk may be overwritten as soon as the next is asked for; `length` is that of all, where it is known. */
export type Hash = (algorithm: HashAlgorithm | 'SHA-1', chunks: AsyncIterable<Uint8Array>, length?: number) => Promise<Uint8Array>;

/** A `Hash` on WebCrypto: gathers the chunks, then digests once. Meant for browsers; Node has `nodeHash`. */
export function webCryptoHash(crypto: Crypto): Hash {
  return async (algorithm, chunks, length = 0) => {
    let whole = new Uint8Array(length);
    let filled = 0;
    for await (const chunk of chunks) {
      if (filled + chunk.length > whole.length) whole = joinBytes([whole.subarray(0, filled), new Uint8Array(filled + chunk.length)]);
      whole.set(chunk, filled);
      filled += chunk.length;
    }
    return new Uint8Array(await crypto.subtle.digest(algorithm, whole.subarray(0, filled)));
  };
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The same bytes as WebCrypto takes them: over a plain ArrayBuffer, copied only where they are shared. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}

/** Two lower-case digits a byte. */
export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
