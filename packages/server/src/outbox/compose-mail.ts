import type { Locale } from '@sky-sign/protocol';
import { openPersonal } from '../audit/personal.js';
import { mintToken } from '../auth/tokens.js';
import type { Services } from '../services.js';
import type { EnvelopeRow, RecipientRow, TokenRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { mailActions, mailTexts } from '../texts/mails.js';
import type { MailJob } from './enqueue.js';
import { toHtml } from './mail-message.js';
import type { MailMessage } from './mail-message.js';

export const downloadLifeMs = 14 * 86_400_000;
/** A retried mail makes a new link; this many of the newest stay good. */
const liveLinks = 3;

/** The mail of a job with a fresh link; `undefined` where what it says is not true any more. */
export async function composeMail(services: Services, tables: Tables, { id, job }: { id: string; job: MailJob }): Promise<MailMessage | undefined> {
  const [envelope] = await tables.envelopes.find({ id: job.envelopeId });
  const [recipient] = job.recipientId === '' ? [] : await tables.recipients.find({ id: job.recipientId });
  if (!envelope || !isStillTrue(job, envelope, recipient)) return undefined;
  const locale: Locale = recipient?.locale ?? 'ja';
  const link = await mintLink(services, tables, { job, envelope });
  const { subject, body: text } = mailTexts[locale][job.template]({
    sender: words(envelope.senderName),
    contact: words(envelope.senderContact),
    title: words(envelope.title),
    number: envelope.number,
    name: words(recipient?.name ?? envelope.senderName),
    organization: words(recipient?.organization ?? ''),
    message: withoutLinks(envelope.message),
    deadline: new Date(envelope.deadline),
    documents: await documentsOf(tables, envelope, job),
    about: await aboutOf(services, tables, job),
    link,
    approves: recipient?.role === 'approver',
  });
  const html = toHtml({ text, link, locale, action: mailActions[locale][job.template === 'completed' ? 'download' : 'open'] });
  return { id, to: oneLine(recipient?.email ?? envelope.senderEmail), subject, text, html, locale };
}

/** Mails with a link to the documents. */
const asks = (template: MailJob['template']): boolean => template === 'request' || template === 'reminder';

/** A request that waited in the outbox while its turn or its envelope passed is not sent any more: its link would be new. */
function isStillTrue({ template, recipientId }: MailJob, { status }: EnvelopeRow, recipient: RecipientRow | undefined): boolean {
  if (recipientId !== '' && !recipient) return false;
  if (template === 'locked') return recipient?.lockedAt !== null;
  return !asks(template) || (recipient?.status === 'active' && (status === 'sent' || status === 'in_progress'));
}

async function mintLink({ crypto, now, publicOrigins }: Services, tables: Tables, { job, envelope }: { job: MailJob; envelope: EnvelopeRow }): Promise<string> {
  const kind = asks(job.template) ? 'link' : job.template === 'completed' ? 'download' : undefined;
  if (kind === undefined) return '';
  const { token, hash } = await mintToken(crypto, kind);
  const expiresAt = kind === 'link' ? envelope.deadline : now() + downloadLifeMs;
  const { envelopeId, recipientId } = job;
  const row: TokenRow = { hash, kind, tenant: envelope.tenant, envelopeId, recipientId, origin: null, createdAt: now(), expiresAt, usedBy: null, usedAt: null, endedState: null };
  await tables.tokens.insert(row);
  const alive = await tables.tokens.find({ recipientId, envelopeId, kind, endedState: null }, { orderBy: 'createdAt', descending: true });
  for (const old of alive.slice(liveLinks)) await tables.tokens.update({ hash: old.hash }, { endedState: 'replaced' });
  return `${publicOrigins[0]}/${kind === 'link' ? 'sign' : 'download'}#${token}`;
}

/** The documents as they are now; in the notice of an act, as that act left them. */
async function documentsOf(tables: Tables, { id }: EnvelopeRow, { template, recipientId }: MailJob): Promise<{ name: string; sha256: string }[]> {
  const documents = await tables.documents.find({ envelopeId: id }, { orderBy: 'position' });
  return Promise.all(
    documents.map(async ({ id: documentId, name, revision: number }) => {
      const [own] = template === 'embeddedAct' ? await tables.revisions.find({ documentId, recipientId }) : [];
      const [revision] = own ? [own] : await tables.revisions.find({ documentId, number });
      return { name: words(name), sha256: revision?.sha256 ?? '' };
    }),
  );
}

/** The reason that the log has; the origin of a page as it is; else the name of the recipient that it is about. */
async function aboutOf(services: Services, tables: Tables, { template, envelopeId, about = '' }: MailJob): Promise<string> {
  if (template === 'declined' || template === 'voided') return words((await reasonOf(services, tables, { envelopeId, type: template })) ?? '（消去済み）');
  if (template === 'embeddedAct') return about;
  const [recipient] = await tables.recipients.find({ id: about });
  return words(recipient?.name ?? '');
}

/** Words of a person are kept once, where they can be erased. */
async function reasonOf(services: Services, tables: Tables, { envelopeId, type }: { envelopeId: string; type: string }): Promise<string | undefined> {
  const [row] = await tables.audit.find({ envelopeId, type });
  const [values] = row ? await tables.auditValues.find({ envelopeId, seq: row.seq }) : [];
  if (!row || !values) return undefined;
  const { personal = {} } = JSON.parse(row.data) as { personal?: Readonly<Record<string, string>> };
  return (await openPersonal(services, values, personal))['reason'];
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
/** The words of senders never become a link in our mail, nor do they turn the direction of what follows. */
const withoutLinks = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '').replace(/(?:[a-z][a-z0-9+.-]*:\/\/|mailto:|www\.)\S+/giu, '（リンクは表示しません）');
/** Somebody's words in a sentence of ours. */
const words = (text: string): string => withoutLinks(oneLine(text));
