import { canonicalJson } from '@sky-sign/protocol';
import { hex, sha256Hex, utf8 } from '../bytes.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';

export interface AuditEntry {
  readonly envelopeId: string;
  readonly type: string;
  /** Facts of the act: ids, hashes, addresses; no token, no value that was typed. */
  readonly data: Readonly<Record<string, unknown>>;
}

type Needs = Pick<Services, 'crypto' | 'keys' | 'now'>;

/** Appends to an envelope's log. Each row holds the hash of the one before; the last row carries them all. */
export async function appendAudit({ crypto, keys, now }: Needs, tables: Tables, { envelopeId, type, data }: AuditEntry): Promise<void> {
  const [last] = await tables.audit.find({ envelopeId }, { orderBy: 'seq', descending: true, limit: 1 });
  const row = { envelopeId, seq: (last?.seq ?? 0) + 1, at: now(), type, data: JSON.stringify(data), prev: last?.hash ?? '' };
  const hash = await sha256Hex(crypto, canonicalJson(row));
  await tables.audit.insert({ ...row, hash, mac: hex(await keys.mac('audit', utf8(hash))) });
}

/** Tells the sequence number of the first row that does not hold, or `undefined` where the chain is whole. */
export async function verifyAudit({ crypto, keys }: Needs, tables: Tables, envelopeId: string): Promise<number | undefined> {
  let prev = '';
  let seq = 0;
  for (const { hash, mac, ...row } of await tables.audit.find({ envelopeId }, { orderBy: 'seq' })) {
    seq += 1;
    const whole = row.seq === seq && row.prev === prev && (await sha256Hex(crypto, canonicalJson(row))) === hash;
    if (!whole || hex(await keys.mac('audit', utf8(hash))) !== mac) return row.seq;
    prev = hash;
  }
  return undefined;
}
