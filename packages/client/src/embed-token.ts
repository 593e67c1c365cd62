import { hex, sha256, utf8 } from './base64url.js';
import { SkySignError } from './sky-sign-error.js';

/** `ske_<h8>_…`: h8 are the first 8 hex digits of SHA-256(origin of the server). */
const embedToken = /^ske_([0-9a-f]{8})_/u;

/** 32 random bytes after a prefix, in base64url; the lengths are those that the server reads. */
const anyToken = /^(?=.{20,200}$)sk[le]_[\w-]+$/u;

/** Whether something has the form of a link or embed token. */
export function isLinkToken(token: unknown): token is string {
  return typeof token === 'string' && anyToken.test(token);
}

/** Refuses to send what has not the form of a token, and an embed token to a server that it was not made for. */
export async function assertTokenForServer(token: string, server: string): Promise<void> {
  if (!isLinkToken(token)) throw new SkySignError('link_unknown', 'This is no link or embed token, or not the whole of one; it was not sent.');
  const [, wanted] = embedToken.exec(token) ?? [];
  if (wanted === undefined || wanted === (await originHash(server))) return;
  throw new SkySignError('server_mismatch', `This embed token was made for another server than ${server}; it was not sent.`);
}

/** The `h8` of a server's origin. */
export async function originHash(server: string): Promise<string> {
  return hex(await sha256(utf8(server))).slice(0, 8);
}
