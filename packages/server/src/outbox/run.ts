import { makeCertificate } from '../certificate/make-certificate.js';
import { Busy, sealAct } from '../completion/seal-act.js';
import type { Services } from '../services.js';
import type { OutboxRow } from '../store/rows.js';
import type { Store } from '../store/store.js';
import { add, gt, lte } from '../store/table.js';
import type { CertificateJob, MailJob, SealJob, WebhookJob } from './enqueue.js';
import { Undeliverable } from './mail-message.js';
import { callWebhook, giveUpWebhook } from '../webhooks/call-webhook.js';
import { giveUpMail, sendMail } from './send-mail.js';
import { createLanes, createSlots } from './slots.js';
import type { Lanes, Slots } from './slots.js';

/** `done`: finished, now or before. `busy`: somebody else is at it. `failed`: it will be tried again later. */
export type JobOutcome = 'done' | 'busy' | 'failed';

/** How long to wait between two attempts at most, after how many a job is given up, and how many of a kind run at once. What was promised to a person is never given up. */
const patience: Readonly<Record<OutboxRow['kind'], { longestWaitMs: number; attempts: number; atOnce: number }>> = {
  seal: { longestWaitMs: 15_000, attempts: Infinity, atOnce: 8 },
  certificate: { longestWaitMs: 60_000, attempts: Infinity, atOnce: 2 },
  // About two days.
  mail: { longestWaitMs: 3_600_000, attempts: 60, atOnce: 8 },
  webhook: { longestWaitMs: 6 * 3_600_000, attempts: 22, atOnce: 16 },
};
const kinds = Object.keys(patience) as readonly OutboxRow['kind'][];
const busyWaitMs = 250;

interface Turns {
  /** Each kind has slots of its own, so that slow receivers of webhooks keep no signature waiting. */
  readonly slots: Readonly<Record<OutboxRow['kind'], Slots>>;
  /** Acts of one envelope wait here for each other, and ask for the lease in the database only when another node may have it. */
  readonly lanes: Lanes;
}

const turns = new WeakMap<Store, Turns>();

function turnsOf(store: Store): Turns {
  const { seal, certificate, mail, webhook } = patience;
  const held = turns.get(store) ?? {
    slots: { seal: createSlots(seal.atOnce), certificate: createSlots(certificate.atOnce), mail: createSlots(mail.atOnce), webhook: createSlots(webhook.atOnce) },
    lanes: createLanes(),
  };
  turns.set(store, held);
  return held;
}

/** Runs one job in its turn, unless it is not wanted any more when the turn comes. */
export async function runJob(services: Services, id: string, isWanted: () => boolean = () => true): Promise<JobOutcome> {
  const { store } = services;
  const [row] = await store.tables.outbox.find({ id });
  if (row?.doneAt !== null) return 'done';
  const { slots, lanes } = turnsOf(store);
  const inSlot = (): Promise<JobOutcome> => slots[row.kind].run(() => (isWanted() ? claimJob(services, id) : Promise.resolve('busy')));
  return row.kind === 'seal' ? lanes.run((JSON.parse(row.payload) as SealJob).envelopeId ?? id, inSlot) : inSlot();
}

/** Claims a job by its lease and runs it. Two workers never have the same one; a dead worker's lease runs out. */
async function claimJob(services: Services, id: string): Promise<JobOutcome> {
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

/** Of each kind looked at in one go, so that much work of one kind hides no other; what is due after these comes with the next look. */
const mostDue = 200;

/** What is to be done now, and when to look again. */
export async function findDue({ store, now }: Services): Promise<Due> {
  const { outbox } = store.tables;
  const at = now();
  const due: OutboxRow[] = [];
  for (const kind of kinds) due.push(...(await outbox.find({ kind, doneAt: null, dueAt: lte(at), leaseUntil: lte(at) }, { orderBy: 'dueAt', limit: mostDue })));
  const [later] = await outbox.find({ doneAt: null, dueAt: gt(at) }, { orderBy: 'dueAt', limit: 1 });
  const [leased] = await outbox.find({ doneAt: null, leaseUntil: gt(at) }, { orderBy: 'leaseUntil', limit: 1 });
  const times = [later?.dueAt, leased?.leaseUntil].filter((time) => time !== undefined);
  return { ids: due.map(({ id }) => id), next: times.length === 0 ? undefined : Math.min(...times) };
}

/** After the clock was put back: times that no clock of now could have written would hold work up for as long as that. */
export async function forgetFuture({ store, now, leaseMs }: Services): Promise<void> {
  const { outbox, envelopes } = store.tables;
  for (const kind of kinds) await outbox.update({ kind, doneAt: null, dueAt: gt(now() + patience[kind].longestWaitMs) }, { dueAt: now() });
  await outbox.update({ doneAt: null, leaseUntil: gt(now() + leaseMs) }, { leaseUntil: 0 });
  await envelopes.update({ leaseUntil: gt(now() + leaseMs) }, { leaseUntil: 0 });
}

/** Runs everything that is due, and what becomes due by that. */
export async function runDue(services: Services): Promise<void> {
  for (let due = await findDue(services); due.ids.length > 0; due = await findDue(services)) {
    await Promise.all(due.ids.map((id) => runJob(services, id)));
  }
}
