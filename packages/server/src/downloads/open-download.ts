import type { DownloadPage, Locale } from '@sky-sign/protocol';
import { routes } from '@sky-sign/protocol';
import { hashToken, isToken, mintToken } from '../auth/tokens.js';
import { appendAudit } from '../audit/append.js';
import type { Client } from '../http/client.js';
import { notFound } from '../problem.js';
import { progressOf, recipientsOf } from '../sender/view-envelope.js';
import type { Services } from '../services.js';
import type { TicketRow } from '../store/rows.js';
import { gt } from '../store/table.js';

const ticketLifeMs = 60_000;
const dayMs = 86_400_000;

interface OpenedDownload {
  readonly page: DownloadPage;
  /** The language of the mail that the link stood in. */
  readonly locale: Locale;
}

/** What the link of a completion mail opens: the documents, each with a ticket for one file and one minute. */
export async function openDownload(services: Services, { token, client }: { token: string; client: Client }): Promise<OpenedDownload> {
  const { crypto, store, now } = services;
  if (!isToken('download', token)) throw notFound();
  const hash = await hashToken(crypto, token);
  return store.transaction(async (tables) => {
    const [row] = await tables.tokens.find({ hash, kind: 'download', endedState: null, expiresAt: gt(now()) });
    const [envelope] = row ? await tables.envelopes.find({ id: row.envelopeId, status: 'completed' }) : [];
    if (!row || !envelope) throw notFound();
    const documents: DownloadPage['documents'] = [];
    for (const { id, name, revision: number } of await tables.documents.find({ envelopeId: envelope.id }, { orderBy: 'position' })) {
      const [revision] = await tables.revisions.find({ documentId: id, number });
      if (!revision) throw new Error(`Document ${id} has no revision ${String(number)}.`);
      const pathTo = async (what: TicketRow['what']): Promise<string> => {
        const ticket = await mintToken(crypto, 'file');
        await tables.tickets.insert({ hash: ticket.hash, documentId: id, number, expiresAt: now() + ticketLifeMs, recipientId: row.recipientId, what });
        return routes.file(ticket.token);
      };
      const [certificate] = await tables.certificates.find({ documentId: id });
      documents.push({
        id,
        name,
        sha256: revision.sha256,
        length: revision.length,
        path: await pathTo('document'),
        ...(certificate && { certificate: { sha256: certificate.sha256, length: certificate.length, path: await pathTo('certificate') } }),
      });
    }
    await appendAudit(services, tables, { envelopeId: envelope.id, type: 'download_opened', data: { recipientId: row.recipientId }, personal: client });
    const recipients = await recipientsOf(tables, envelope);
    const page: DownloadPage = {
      envelope: { title: envelope.title, number: envelope.number },
      sender: envelope.senderName,
      documents,
      recipients: recipients.map((each) => ({ ...progressOf(each), ...(each.id === row.recipientId && { you: true }) })),
      expiresAt: new Date(row.expiresAt).toISOString(),
      daysLeft: Math.ceil((row.expiresAt - now()) / dayMs),
    };
    return { page, locale: recipients.find(({ id }) => id === row.recipientId)?.locale ?? 'ja' };
  });
}
