import { base64url } from 'jose';
import { sha256Hex, utf8 } from '../bytes.js';

/** Every purpose has a prefix, so that a token in the wrong place is seen at once (and scanners find leaked ones). */
export const tokenPrefixes = { link: 'skl', embed: 'ske', session: 'sks', download: 'skd', file: 'skf', apiKey: 'ska' } as const;
export type TokenKind = keyof typeof tokenPrefixes;

/** A new token of 256 random bits; only `hash` may be stored. `part` goes between prefix and secret. */
export async function mintToken(crypto: Crypto, kind: TokenKind, part?: string): Promise<{ readonly token: string; readonly hash: string }> {
  const secret = base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
  const token = [tokenPrefixes[kind], ...(part === undefined ? [] : [part]), secret].join('_');
  return { token, hash: await hashToken(crypto, token) };
}

export const hashToken = (crypto: Crypto, token: string): Promise<string> => sha256Hex(crypto, utf8(token));

export const isToken = (kind: TokenKind, token: string): boolean => token.startsWith(`${tokenPrefixes[kind]}_`);

/** First half of an embed token: the widget sends it only to the origin that this is the hash of. */
export const originMark = async (crypto: Crypto, origin: string): Promise<string> => (await sha256Hex(crypto, utf8(origin))).slice(0, 8);
