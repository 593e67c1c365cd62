import type { EnvelopePage, EnvelopeSearch, EnvelopeSummary } from '@sky-sign/protocol';
import { base64url } from 'jose';
import { fromUtf8, utf8 } from '../bytes.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { expireOverdue } from '../signing/expire-overdue.js';
import type { EnvelopeRow } from '../store/rows.js';
import { between, contains, gte, lt, lte } from '../store/table.js';
import type { Cell, Condition, Where } from '../store/table.js';
import { fold } from './fold.js';

const defaultLimit = 50;

/** A tenant's envelopes, newest first: whatever is asked for must all hold. The next page begins where this one ends, whatever came in between. */
export async function searchEnvelopes(services: Services, { tenant, search }: { tenant: string; search: EnvelopeSearch }): Promise<EnvelopePage> {
  await expireOverdue(services, { tenant });
  const { limit = defaultLimit } = search;
  const rows = await services.store.tables.envelopes.find(conditions(tenant, search), { orderBy: 'listKey', descending: true, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { envelopes: page.map(summaryOf), ...(last && rows.length > limit && { next: base64url.encode(utf8(last.listKey)) }) };
}

function conditions(tenant: string, search: EnvelopeSearch): Where<EnvelopeRow> {
  const { text, controlNumber, counterparty, dateFrom, dateTo, amountFrom, amountTo, status, cursor } = search;
  const date = range(dateFrom, dateTo);
  const amount = range(amountFrom, amountTo);
  return {
    tenant,
    ...(status !== undefined && { status }),
    ...(text !== undefined && { foldedTitle: contains(fold(text)) }),
    ...(controlNumber !== undefined && { foldedControlNumber: contains(fold(controlNumber)) }),
    ...(counterparty !== undefined && { foldedCounterparty: contains(fold(counterparty)) }),
    ...(date && { transactionDate: date }),
    ...(amount && { transactionAmount: amount }),
    ...(cursor !== undefined && { listKey: lt(listKeyOf(cursor)) }),
  };
}

function range<T extends Cell>(from: T | undefined, to: T | undefined): Condition<T> | undefined {
  if (from !== undefined && to !== undefined) return between(from, to);
  if (from !== undefined) return gte(from);
  return to === undefined ? undefined : lte(to);
}

function listKeyOf(cursor: string): string {
  let key = '';
  try {
    key = fromUtf8(base64url.decode(cursor));
  } catch {
    // Refused below.
  }
  if (!/^\d{15} env_[\w-]+$/u.test(key)) throw new ServerError('request_invalid', 'cursor: give back what `next` said, as it is.');
  return key;
}

function summaryOf(row: EnvelopeRow): EnvelopeSummary {
  const { id, title, number, status, controlNumber, createdAt, transactionDate: date, transactionCounterparty: counterparty, transactionAmount: amount } = row;
  const transaction = { ...(date !== null && { date }), ...(counterparty !== null && { counterparty }), ...(amount !== null && { amount }) };
  return { id, title, number, status, controlNumber, ...(Object.keys(transaction).length > 0 && { transaction }), createdAt: new Date(createdAt).toISOString() };
}
