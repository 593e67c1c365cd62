import type { AuditLine } from '@sky-sign/protocol';
import type { Services } from '../services.js';
import type { AuditRow, AuditValueRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { openPersonal } from './personal.js';

export type { AuditLine };

/** The log of an envelope, oldest first. */
export async function readAudit(needs: Pick<Services, 'crypto' | 'keys'>, tables: Tables, envelopeId: string): Promise<AuditLine[]> {
  const values = new Map((await tables.auditValues.find({ envelopeId })).map((row) => [row.seq, row]));
  const rows = await tables.audit.find({ envelopeId }, { orderBy: 'seq' });
  return Promise.all(rows.map((row) => lineOf(needs, row, values.get(row.seq))));
}

async function lineOf(needs: Pick<Services, 'crypto' | 'keys'>, { envelopeId, seq, at, type, data, prev, hash }: AuditRow, values: AuditValueRow | undefined): Promise<AuditLine> {
  const facts = JSON.parse(data) as Record<string, unknown> & { personal?: Record<string, string> };
  const personal = values ? await openPersonal(needs, values, facts.personal ?? {}) : {};
  return { envelopeId, seq, at: new Date(at).toISOString(), type, data: facts, personal, prev, hash };
}
