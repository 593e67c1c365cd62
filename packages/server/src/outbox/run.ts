import { makeCertificate } from '../certificate/make-certificate.js';
import { Busy, sealAct } from '../completion/seal-act.js';
import type { Services } from '../services.js';
import type { OutboxRow } from '../store/rows.js';
import { add, lte } from '../store/table.js';
import type { CertificateJob, MailJob, SealJob, WebhookJob } from './enqueue.js';
import { Undeliverable } from './mail-message.js';
import { callWebhook, giveUpWebhook } from '../webhooks/call-webhook.js';
import { giveUpMail, sendMail } from './send-mail.js';

/** `done`: finished, now or before. `busy`: somebody else is at it. `failed`: it will be tried again later. */
export type JobOutcome = 'done' | 'busy' | 'failed';

/** How long to wait between two attempts at most, and after how many a job is given up. What was promised to a person never is. */
const patience: Readonly<Record<OutboxRow['kind'], { longestWaitMs: number; attempts: number }>> = {
  seal: { longestWaitMs: 15_000, attempts: Infinity },
  certificate: { longestWaitMs: 60_000, attempts: Infinity },
  // About two days.
  mail: { longestWaitMs: 3_600_000, attempts: 60 },
  webhook: { longestWaitMs: 6 * 3_600_000, attempts: 22 },
};
const busyWaitMs = 250;

/** Claims one job by its lease and runs it. Two workers never have the same one; a dead worker's lease runs out. */
export async function runJob(services: Services, id: string): Promise<JobOutcome> {
  const { store, now, leaseMs, log } = services;
  const lease = { leaseUntil: now() + leaseMs };
  const [job] = await store.tables.outbox.update({ id, doneAt: null, leaseUntil: lte(now()) }, { ...lease, attempts: add(1) });
  if (!job) {
    const [row] = await store.tables.outbox.find({ id });
    return row?.doneAt === null ? 'busy' : 'done';
  }
  try {
    await perform(services, job);
    return 'done';
  } catch (error) {
    if (error instanceof Busy) {
      await store.tables.outbox.update({ id, doneAt: null }, { leaseUntil: 0, dueAt: now() + busyWaitMs });
      return 'busy';
    }
    const { longestWaitMs, attempts } = patience[job.kind];
    const over = error instanceof Undeliverable || job.attempts >= attempts;
    log({ level: 'error', event: over ? 'job_given_up' : 'job_failed', job: id, kind: job.kind, attempts: job.attempts, error });
    if (over) await giveUp(services, job);
    else await store.tables.outbox.update({ id, doneAt: null }, { leaseUntil: 0, dueAt: now() + Math.min(longestWaitMs, 500 * 2 ** Math.min(job.attempts, 20)) });
    return 'failed';
  }
}

async function giveUp(services: Services, job: OutboxRow): Promise<void> {
  await services.store.transaction(async (tables) => {
    const [open] = await tables.outbox.update({ id: job.id, doneAt: null }, { doneAt: services.now(), failedAt: services.now() });
    if (open && job.kind === 'mail') await giveUpMail(services, tables, JSON.parse(job.payload) as MailJob);
    if (open && job.kind === 'webhook') await giveUpWebhook(services, tables, JSON.parse(job.payload) as WebhookJob);
  });
}

async function perform(services: Services, job: OutboxRow): Promise<void> {
  const { store, now, leaseMs } = services;
  const renew = async (): Promise<void> => {
    await store.tables.outbox.update({ id: job.id, doneAt: null }, { leaseUntil: now() + leaseMs });
  };
  const payload = JSON.parse(job.payload) as unknown;
  if (job.kind === 'mail') return sendMail(services, job.id, payload as MailJob);
  if (job.kind === 'seal') await sealAct(services, (payload as SealJob).actId, renew);
  if (job.kind === 'certificate') await makeCertificate(services, (payload as CertificateJob).documentId);
  if (job.kind === 'webhook') await callWebhook(services, job.id, payload as WebhookJob);
  await store.tables.outbox.update({ id: job.id }, { doneAt: now() });
}

export interface Due {
  readonly ids: readonly string[];
  /** When the next job is due that is not now. */
  readonly next: number | undefined;
}

/** What is to be done now, and when to look again. */
export async function findDue({ store, now }: Services): Promise<Due> {
  const open = await store.tables.outbox.find({ doneAt: null }, { orderBy: 'dueAt' });
  const at = ({ dueAt, leaseUntil }: OutboxRow): number => Math.max(dueAt, leaseUntil);
  const later = open.map(at).filter((time) => time > now());
  return { ids: open.filter((row) => at(row) <= now()).map(({ id }) => id), next: later.length === 0 ? undefined : Math.min(...later) };
}

/** Runs everything that is due, and what becomes due by that. */
export async function runDue(services: Services): Promise<void> {
  for (let due = await findDue(services); due.ids.length > 0; due = await findDue(services)) {
    await Promise.all(due.ids.map((id) => runJob(services, id)));
  }
}

const abandonedMs = 86_400_000;

/** Removes what nobody can use any more: spent proofs, dead tickets and tokens, uploads that broke off. */
export async function sweep({ store, now }: Services): Promise<void> {
  const { proofs, tickets, sessionTokens, segments, chunks } = store.tables;
  for (const table of [proofs, tickets, sessionTokens]) await table.delete({ expiresAt: lte(now()) });
  for (const { id } of await segments.find({ length: 0, createdAt: lte(now() - abandonedMs) })) {
    await chunks.delete({ segmentId: id });
    await segments.delete({ id });
  }
}
