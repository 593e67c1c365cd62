import { base64url } from 'jose';
import { concat, equalBytes } from '../bytes.js';
import type { Services } from '../services.js';

/** A nonce is good for this long; so is a proof made with it. */
export const nonceLifeMs = 5 * 60_000;

type Needs = Pick<Services, 'keys' | 'now'>;

/** `time ‖ HMAC(time)`: nothing to store, the same on every node of the server. */
export async function newNonce({ keys, now }: Needs): Promise<string> {
  const time = timeBytes(now());
  return base64url.encode(concat(time, (await keys.mac(keys.newest('nonce'), time)).subarray(0, 16)));
}

export async function isFreshNonce({ keys, now }: Needs, nonce: string): Promise<boolean> {
  let bytes: Uint8Array;
  try {
    bytes = base64url.decode(nonce);
  } catch {
    return false;
  }
  if (bytes.length !== 24) return false;
  const time = bytes.slice(0, 8);
  if (!equalBytes((await keys.mac(keys.newest('nonce'), time)).subarray(0, 16), bytes.subarray(8))) return false;
  const age = now() - Number(new DataView(time.buffer).getBigUint64(0));
  return age >= 0 && age <= nonceLifeMs;
}

function timeBytes(ms: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(ms));
  return bytes;
}
