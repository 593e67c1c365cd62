import type { Services } from '../services.js';
import type { EnvelopeRow } from '../store/rows.js';
import { lte, oneOf } from '../store/table.js';
import { expire } from './ended.js';

/** Deadlines pass while nobody looks: ends the envelopes among these whose deadline has passed, so that nobody is told that they still run. */
export async function expireOverdue(services: Services, among: Partial<Pick<EnvelopeRow, 'id' | 'tenant'>>): Promise<void> {
  const open = oneOf<EnvelopeRow['status']>('sent', 'in_progress');
  const overdue = await services.store.tables.envelopes.find({ ...among, status: open, deadline: lte(services.now()) });
  for (const envelope of overdue) await expire(services, envelope);
}
