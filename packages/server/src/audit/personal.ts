import { fromUtf8, hex, sha256, utf8 } from '../bytes.js';
import type { Services } from '../services.js';
import type { AuditValueRow } from '../store/rows.js';

/** By name: `address`, `userAgent`, `reason` … */
export type PersonalValues = Readonly<Record<string, string>>;

interface Salted {
  readonly salt: string;
  readonly value: string;
}

type Needs = Pick<Services, 'crypto' | 'keys'>;

interface Place {
  readonly envelopeId: string;
  readonly seq: number;
}

const context = ({ envelopeId, seq }: Place): string => `audit/${envelopeId}/${String(seq)}`;

/** SHA-256(salt ‖ value) for the chain, and salts and values to be kept beside it, encrypted. Empty values are left out. */
export async function saltedDigests({ crypto, keys }: Needs, { values, ...place }: Place & { values: PersonalValues }): Promise<{ digests: { personal?: Record<string, string> }; sealed?: Uint8Array }> {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  if (given.length === 0) return { digests: {} };
  const personal: Record<string, string> = {};
  const kept: Record<string, Salted> = {};
  for (const [name, value] of given) {
    const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
    personal[name] = await digestOf(crypto, { salt, value });
    kept[name] = { salt, value };
  }
  return { digests: { personal }, sealed: await keys.seal(context(place), utf8(JSON.stringify(kept))) };
}

/** The values of one row; throws where they are not what the row has the digests of. */
export async function openPersonal({ crypto, keys }: Needs, row: AuditValueRow, digests: Readonly<Record<string, string>>): Promise<PersonalValues> {
  const kept = JSON.parse(fromUtf8(await keys.open(context(row), row.sealed))) as Record<string, Salted>;
  const values: Record<string, string> = {};
  for (const [name, salted] of Object.entries(kept)) {
    if (digests[name] !== (await digestOf(crypto, salted))) throw new Error(`The value "${name}" of row ${String(row.seq)} is not the one that was logged.`);
    values[name] = salted.value;
  }
  return values;
}

const digestOf = async (crypto: Crypto, { salt, value }: Salted): Promise<string> => hex(await sha256(crypto, utf8(`${salt}${value}`)));
