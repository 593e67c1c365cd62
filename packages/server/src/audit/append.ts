import { canonicalJson } from '@sky-sign/protocol';
import { hex, sha256Hex, utf8 } from '../bytes.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';
import { announce } from '../webhooks/announce.js';
import { saltedDigests } from './personal.js';
import type { PersonalValues } from './personal.js';

export interface AuditEntry {
  readonly envelopeId: string;
  readonly type: string;
  /** Facts of the act: ids, hashes, numbers; no token, nothing that names a person. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What belongs to a person: an address on the network, a browser, words. It can be erased without breaking the log. */
  readonly personal?: PersonalValues;
}

type Needs = Pick<Services, 'crypto' | 'keys' | 'now'>;

/**
 * Appends to an envelope's log. Each row holds the hash of the one before, and the head says which row is the last. Hosts
 * hear of what is logged, so nothing is announced that did not happen.
 */
export async function appendAudit({ crypto, keys, now }: Needs, tables: Tables, { envelopeId, type, data, personal = {} }: AuditEntry): Promise<void> {
  const [head] = await tables.auditHeads.find({ envelopeId });
  const seq = (head?.seq ?? 0) + 1;
  const { digests, sealed } = await saltedDigests({ crypto, keys }, { envelopeId, seq, values: personal });
  const at = now();
  const row = { envelopeId, seq, at, type, data: JSON.stringify({ ...data, ...digests }), prev: head?.hash ?? '' };
  const hash = await sha256Hex(crypto, canonicalJson(row));
  await tables.audit.insert({ ...row, hash, mac: await macOf(keys, rowText(hash)) });
  if (sealed) await tables.auditValues.insert({ envelopeId, seq, sealed });
  const next = { seq, hash, mac: await macOf(keys, headText({ envelopeId, seq, hash })) };
  if (head) await tables.auditHeads.update({ envelopeId }, next);
  else await tables.auditHeads.insert({ envelopeId, ...next });
  await announce({ crypto, now }, tables, { envelopeId, type, at, data });
}

/** What a MAC is over; rows and heads differ, so that none stands for the other. */
export const rowText = (hash: string): string => `row ${hash}`;
export const headText = ({ envelopeId, seq, hash }: { envelopeId: string; seq: number; hash: string }): string => `head ${envelopeId} ${String(seq)} ${hash}`;

/** `key id.hex` under the newest key, or under the one that is named. */
export async function macOf(keys: Services['keys'], text: string, keyId: string = keys.newest('audit')): Promise<string> {
  return `${keyId}.${hex(await keys.mac(keyId, utf8(text)))}`;
}
