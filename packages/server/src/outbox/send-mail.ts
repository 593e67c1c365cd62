import { appendAudit } from '../audit/append.js';
import { utf8 } from '../bytes.js';
import type { Services } from '../services.js';
import type { Tables } from '../store/store.js';
import { composeMail } from './compose-mail.js';
import { enqueueMail } from './enqueue.js';
import type { MailJob } from './enqueue.js';
import type { MailMessage } from './mail-message.js';

/**
 * Sends one mail, and again until somebody takes it. The link is made only now, and nothing but its hash is kept; a repeated
 * mail has a new link under the same Message-ID. Without a mail server it goes into the development outbox, exactly once.
 */
export async function sendMail(services: Services, jobId: string, job: MailJob): Promise<void> {
  const { deliver, store, now } = services;
  const keep = async (tables: Tables, message: MailMessage | undefined): Promise<void> => {
    const [open] = await tables.outbox.update({ id: jobId, doneAt: null }, { doneAt: now() });
    if (!open || !message) return;
    if (job.recipientId !== '') await tables.recipients.update({ id: job.recipientId }, { undeliverableAt: null });
    await appendAudit(services, tables, { envelopeId: job.envelopeId, type: 'mailed', data: { template: job.template, recipientId: job.recipientId } });
  };
  if (deliver) {
    const message = await store.transaction((tables) => composeMail(services, tables, { id: jobId, job }));
    if (message) await deliver(message);
    await store.transaction((tables) => keep(tables, message));
    return;
  }
  await store.transaction(async (tables) => {
    const [open] = await tables.outbox.find({ id: jobId, doneAt: null });
    const message = open && (await composeMail(services, tables, { id: jobId, job }));
    await keep(tables, message);
    if (message) await keepInOutbox(services, tables, message);
  });
}

/** Where nobody takes a mail, the sender hears of it: in the log, on the envelope, and by mail. */
export async function giveUpMail(services: Services, tables: Tables, { envelopeId, recipientId, template }: MailJob): Promise<void> {
  await appendAudit(services, tables, { envelopeId, type: 'mail_failed', data: { template, recipientId } });
  if (recipientId === '') return;
  await tables.recipients.update({ id: recipientId }, { undeliverableAt: services.now() });
  await enqueueMail(services, tables, { template: 'undeliverable', envelopeId, recipientId: '', about: recipientId });
}

async function keepInOutbox({ keys, now }: Services, tables: Tables, { id, to, subject, text }: MailMessage): Promise<void> {
  await tables.mails.insert({ id, toAddress: to, subject, sealed: await keys.seal(`mail/${id}`, utf8(text)), sentAt: now() });
}
