import ipaddr from 'ipaddr.js';
import { hex, sha256Hex, utf8 } from '../bytes.js';
import { newId } from '../ids.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';
import { gt, lte } from '../store/table.js';

const dayMs = 86_400_000;
/** Wrong codes for one mail address of a tenant, over all its envelopes, until everything is locked. */
const addressLimits = [
  { wrong: 10, withinMs: dayMs },
  { wrong: 30, withinMs: 30 * dayMs },
] as const;
const networkLimit = { wrong: 30, withinMs: 10 * 60_000 } as const;

/** Whom wrong codes are counted for. */
export function addressKeyOf({ crypto }: Pick<Services, 'crypto'>, { tenant, email }: { tenant: string; email: string }): Promise<string> {
  return sha256Hex(crypto, utf8(`${tenant}\0${email.trim().toLowerCase()}`));
}

/** A name for the caller's network that nobody reads an address from: IPv4 as it is, of IPv6 the 64 bits that a household has. */
export async function networkKey({ keys }: Pick<Services, 'keys'>, address: string): Promise<string> {
  if (!ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  const network = parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toNormalizedString().split(':').slice(0, 4).join(':');
  return hex(await keys.mac(keys.newest('pepper'), utf8(`network\0${network}`))).slice(0, 32);
}

export async function countWrong({ crypto, now }: Pick<Services, 'crypto' | 'now'>, tables: Tables, { addressKey, network }: { addressKey: string; network: string }): Promise<void> {
  await tables.wrongCodes.delete({ at: lte(now() - 30 * dayMs) });
  await tables.wrongCodes.insert({ id: newId(crypto, 'wrc'), addressKey, network, at: now() });
}

export async function isAddressOver({ now }: Pick<Services, 'now'>, tables: Tables, addressKey: string): Promise<boolean> {
  if (addressKey === '') return false;
  for (const { wrong, withinMs } of addressLimits) {
    if ((await tables.wrongCodes.find({ addressKey, at: gt(now() - withinMs) }, { limit: wrong })).length >= wrong) return true;
  }
  return false;
}

/** Who guesses from one place, person by person, has to wait. */
export async function refuseNetwork({ now }: Pick<Services, 'now'>, tables: Tables, network: string): Promise<void> {
  if (network === '') return;
  const { wrong, withinMs } = networkLimit;
  const recent = await tables.wrongCodes.find({ network, at: gt(now() - withinMs) }, { orderBy: 'at', descending: true, limit: wrong });
  const oldest = recent[wrong - 1];
  if (!oldest) return;
  const seconds = Math.max(1, Math.ceil((oldest.at + withinMs - now()) / 1000));
  throw new ServerError('rate_limited', 'Too many wrong access codes came from this network. Try again later.', { headers: { 'Retry-After': String(seconds) } });
}
