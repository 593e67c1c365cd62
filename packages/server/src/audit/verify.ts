import { canonicalJson } from '@sky-sign/protocol';
import { sha256Hex } from '../bytes.js';
import type { Services } from '../services.js';
import type { AuditRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { headText, macOf, rowText } from './append.js';
import { openPersonal } from './personal.js';

export interface AuditProblem {
  readonly envelopeId: string;
  /** The first row that does not hold; 0 where it is about the log as a whole. */
  readonly seq: number;
  /** `edited`: a row is not as it was written. `missing`: rows are gone in the middle, or the log begins late. `cut`: rows are gone at the end. `value`: a personal value was changed. `unlogged`: something was done that no row tells. */
  readonly what: 'edited' | 'missing' | 'cut' | 'value' | 'unlogged';
}

type Needs = Pick<Services, 'crypto' | 'keys'>;

/** Reads one envelope's log from its beginning and holds it against what was done. `undefined` where it is whole. */
export async function verifyAudit(needs: Needs, tables: Tables, envelopeId: string): Promise<AuditProblem | undefined> {
  const rows = await tables.audit.find({ envelopeId }, { orderBy: 'seq' });
  const problem = (await chainProblem(needs, rows)) ?? (await headProblem(needs, tables, { envelopeId, last: rows.at(-1) })) ?? (await valueProblem(needs, tables, rows)) ?? (await actProblem(tables, envelopeId, rows));
  return problem && { envelopeId, ...problem };
}

type Found = Omit<AuditProblem, 'envelopeId'>;

async function chainProblem({ crypto, keys }: Needs, rows: readonly AuditRow[]): Promise<Found | undefined> {
  let prev = '';
  for (const [i, { hash, mac, ...row }] of rows.entries()) {
    if (row.seq !== i + 1) return { seq: i + 1, what: 'missing' };
    const whole = row.prev === prev && (await sha256Hex(crypto, canonicalJson(row))) === hash && (await isMac(keys, rowText(hash), mac));
    if (!whole) return { seq: row.seq, what: 'edited' };
    prev = hash;
  }
  return undefined;
}

async function headProblem({ keys }: Needs, tables: Tables, { envelopeId, last }: { envelopeId: string; last: AuditRow | undefined }): Promise<Found | undefined> {
  const [head] = await tables.auditHeads.find({ envelopeId });
  if (!head) return { seq: 0, what: last ? 'edited' : 'missing' };
  if (!(await isMac(keys, headText(head), head.mac))) return { seq: 0, what: 'edited' };
  return last?.seq === head.seq && last.hash === head.hash ? undefined : { seq: (last?.seq ?? 0) + 1, what: 'cut' };
}

async function valueProblem(needs: Needs, tables: Tables, rows: readonly AuditRow[]): Promise<Found | undefined> {
  const [first] = rows;
  for (const values of await tables.auditValues.find({ envelopeId: first?.envelopeId ?? '' }, { orderBy: 'seq' })) {
    const row = rows[values.seq - 1];
    const digests = (JSON.parse(row?.data ?? '{}') as { personal?: Record<string, string> }).personal ?? {};
    const held = await openPersonal(needs, values, digests).then(() => true, () => false);
    if (!held) return { seq: values.seq, what: 'value' };
  }
  return undefined;
}

/** The operator's key signs for people: each signature must have its row, and each finished act (an approval, too). */
async function actProblem(tables: Tables, envelopeId: string, rows: readonly AuditRow[]): Promise<Found | undefined> {
  const logged = rows
    .filter(({ type }) => type === 'signed' || type === 'approved')
    .map(({ data }) => JSON.parse(data) as { actId: string; documents?: { id: string; sha256: string }[] });
  const acts = new Set(logged.map(({ actId }) => actId));
  for (const { id } of await tables.acts.find({ envelopeId, state: 'done' })) if (!acts.has(id)) return { seq: 0, what: 'unlogged' };
  const hashes = new Set(logged.flatMap(({ documents = [] }) => documents.map(({ id, sha256 }) => `${id} ${sha256}`)));
  for (const { id } of await tables.documents.find({ envelopeId })) {
    const signatures = await tables.revisions.find({ documentId: id, kind: 'signature' });
    if (signatures.some(({ sha256 }) => !hashes.has(`${id} ${sha256}`))) return { seq: 0, what: 'unlogged' };
  }
  return undefined;
}

/** A key that is not there any more proves nothing. */
async function isMac(keys: Services['keys'], text: string, mac: string): Promise<boolean> {
  const [keyId = ''] = mac.split('.');
  return macOf(keys, text, keyId).then((expected) => expected === mac, () => false);
}
