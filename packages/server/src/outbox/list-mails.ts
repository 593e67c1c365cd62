import { fromUtf8 } from '../bytes.js';
import type { Services } from '../services.js';

export interface SentMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: Date;
}

/** The development outbox, newest first. */
export async function listMails({ store, keys }: Pick<Services, 'store' | 'keys'>, limit = 100): Promise<SentMail[]> {
  const rows = await store.tables.mails.find({}, { orderBy: 'sentAt', descending: true, limit });
  return Promise.all(
    rows.map(async ({ id, toAddress, subject, sealed, sentAt }) => ({
      id,
      to: toAddress,
      subject,
      body: fromUtf8(await keys.open(`mail/${id}`, sealed)),
      sentAt: new Date(sentAt),
    })),
  );
}
