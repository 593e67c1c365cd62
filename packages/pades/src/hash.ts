export type HashAlgorithm = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** WebCrypto cannot hash incrementally, so hashing is handed in. */
export type Hash = (algorithm: HashAlgorithm, chunks: AsyncIterable<Uint8Array>) => Promise<Uint8Array>;

/** A `Hash` on WebCrypto: gathers the chunks, then digests once. Meant for browsers; Node has `nodeHash`. */
export function webCryptoHash(crypto: Crypto): Hash {
  return async (algorithm, chunks) => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    const [first] = parts;
    const whole = first && parts.length === 1 ? first : joinBytes(parts);
    return new Uint8Array(await crypto.subtle.digest(algorithm, ownBytes(whole)));
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
