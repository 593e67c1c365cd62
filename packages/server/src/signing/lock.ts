import { appendAudit } from '../audit/append.js';
import { endSessions } from '../envelope/recipients.js';
import type { Client } from '../http/client.js';
import { enqueueMail } from '../outbox/enqueue.js';
import type { Services } from '../services.js';
import type { RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';

/** How long the mails of a lock wait for the last try to turn out right; verifying takes a fraction of a second. */
const holdMs = 60_000;

export interface LastTry {
  readonly lockedAt: number;
  /** Outbox jobs that are held back until it is known. */
  readonly mails: readonly string[];
}

/** Locks for the time in which the last try is verified; unless somebody takes it back, it stays, and both sides are told. */
export async function lockForLastTry(services: Services, tables: Tables, { id }: RecipientRow): Promise<LastTry> {
  const lockedAt = services.now();
  const [row] = await tables.recipients.update({ id }, { lockedAt });
  const mails = row ? await mailLock(services, tables, row) : [];
  for (const job of mails) await tables.outbox.update({ id: job }, { dueAt: lockedAt + holdMs });
  return { lockedAt, mails };
}

/** The last try was wrong. */
export async function confirmLock(services: Services, tables: Tables, { recipient, lastTry, client }: { recipient: RecipientRow; lastTry: LastTry; client: Client }): Promise<void> {
  for (const job of lastTry.mails) await tables.outbox.update({ id: job, doneAt: null }, { dueAt: services.now() });
  await shut(services, tables, { recipient, why: 'tries', client });
}

/** Contractors have one code for all their contracts, so too many wrong ones shut everything that is open for this address. */
export async function lockAddress(services: Services, tables: Tables, { addressKey, client }: { addressKey: string; client: Client }): Promise<void> {
  for (const recipient of await tables.recipients.find({ addressKey, lockedAt: null })) {
    const [envelope] = await tables.envelopes.find({ id: recipient.envelopeId });
    const open = (envelope?.status === 'sent' || envelope?.status === 'in_progress') && (recipient.status === 'waiting' || recipient.status === 'active');
    if (!open || recipient.codeHash === null) continue;
    await tables.recipients.update({ id: recipient.id }, { lockedAt: services.now() });
    await mailLock(services, tables, recipient);
    await shut(services, tables, { recipient, why: 'address', client });
  }
}

async function shut(services: Services, tables: Tables, { recipient: { id, envelopeId }, why, client }: { recipient: RecipientRow; why: 'tries' | 'address'; client: Client }): Promise<void> {
  await endSessions(tables, id, 'locked');
  await appendAudit(services, tables, { envelopeId, type: 'access_code_locked', data: { recipientId: id, why }, personal: client });
}

async function mailLock(services: Services, tables: Tables, { id, envelopeId }: RecipientRow): Promise<string[]> {
  return [
    await enqueueMail(services, tables, { template: 'locked', envelopeId, recipientId: id }),
    await enqueueMail(services, tables, { template: 'lockedSender', envelopeId, recipientId: '', about: id }),
  ];
}
