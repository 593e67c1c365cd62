import type { WebhookEvent } from '@sky-sign/protocol';
import { newId } from '../ids.js';
import type { Services } from '../services.js';
import type { JobKind } from '../store/rows.js';
import type { Tables } from '../store/store.js';

export const mailTemplates = ['request', 'reminder', 'completed', 'locked', 'lockedSender', 'embeddedAct', 'declined', 'voided', 'delegated', 'undeliverable'] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** What a mail job holds: names of things. The text, the address and the link are made when it is sent. */
export interface MailJob {
  readonly template: MailTemplate;
  readonly envelopeId: string;
  /** Empty: to the sender. */
  readonly recipientId: string;
  /** Whose act it is about, or on which page it was done: see each template. Why is in the log. */
  readonly about?: string;
}
export interface SealJob {
  readonly actId: string;
  /** Absent in jobs of before it was kept. */
  readonly envelopeId?: string;
}
/** Writes the contract certificate of a completed document. */
export interface CertificateJob {
  readonly documentId: string;
}
/** Tells a host's server what happened. */
export interface WebhookJob {
  readonly webhookId: string;
  readonly envelopeId: string;
  readonly event: WebhookEvent;
  readonly at: number;
  readonly recipientId?: string;
}
/** What each kind of job holds. */
export interface Jobs extends Readonly<Record<JobKind, object>> {
  readonly mail: MailJob;
  readonly seal: SealJob;
  readonly certificate: CertificateJob;
  readonly webhook: WebhookJob;
}

type Needs = Pick<Services, 'crypto' | 'now'>;

export function enqueueMail(needs: Needs, tables: Tables, job: MailJob): Promise<string> {
  return enqueue(needs, tables, 'mail', job);
}

/** Part of the transaction that makes the work necessary: both are kept, or none. */
export async function enqueue<Kind extends keyof Jobs>({ crypto, now }: Needs, tables: Tables, kind: Kind, payload: Jobs[Kind]): Promise<string> {
  const id = newId(crypto, 'job');
  await tables.outbox.insert({ id, kind, payload: JSON.stringify(payload), dueAt: now(), leaseUntil: 0, attempts: 0, doneAt: null, failedAt: null, createdAt: now() });
  return id;
}
