import { seal } from '@sky-sign/protocol';
import type { Draft, Field, SenderContact, SigningSession } from '@sky-sign/protocol';
import * as v from 'valibot';
import { fromUtf8 } from '../bytes.js';
import { progressOf, recipientsOf } from '../sender/view-envelope.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { EnvelopeRow, PreparedField, RecipientRow, SessionRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { sessionLife } from './session-life.js';
import { consentFor } from '../texts/consent.js';

export interface Caller {
  readonly session: SessionRow;
  readonly recipient: RecipientRow;
  readonly envelope: EnvelopeRow;
}

export const contactOf = (envelope: EnvelopeRow): SenderContact => ({ name: envelope.senderName, contact: envelope.senderContact });

/** Everything that a recipient may know, at once. */
export async function describeSession(services: Services, tables: Tables, { session, recipient, envelope }: Caller): Promise<SigningSession> {
  const rows = await tables.documents.find({ envelopeId: envelope.id }, { orderBy: 'position' });
  const recipients = await recipientsOf(tables, envelope);
  const documents = await Promise.all(
    rows.map(async ({ id, name, revision: number, pages, mustView, attachments }) => {
      const [revision] = await tables.revisions.find({ documentId: id, number });
      if (!revision) throw new Error(`Document ${id} has no revision ${String(number)}.`);
      const inside = fromJson(attachments);
      return { id, name, ...(inside.length > 0 && { attachments: [...inside] }), revision: number, sha256: revision.sha256, length: revision.length, pages: fromJson(pages).length, mustView: mustView === 1 };
    }),
  );
  const order = new Map(rows.map(({ id, position }) => [id, position]));
  const inPlace = (a: Field, b: Field): number => (order.get(a.documentId) ?? 0) - (order.get(b.documentId) ?? 0);
  const own = fromJson(recipient.fields).map(asShown).sort(inPlace);
  const [act] = recipient.status === 'active' ? [] : await tables.acts.find({ recipientId: recipient.id });
  const draft = recipient.status === 'active' ? await readDraft(services, tables, recipient.id) : undefined;
  return {
    sessionId: session.id,
    envelope: {
      id: envelope.id,
      title: envelope.title,
      controlNumber: envelope.controlNumber,
      message: envelope.message,
      status: envelope.status,
      deadline: new Date(envelope.deadline).toISOString(),
    },
    sender: contactOf(envelope),
    recipient: {
      id: recipient.id,
      name: recipient.name,
      organization: recipient.organization,
      email: recipient.email,
      locale: recipient.locale,
      role: recipient.role,
      status: recipient.status,
      mayDelegate: recipient.mayDelegate === 1 && recipient.status === 'active',
      mayDecline: recipient.status === 'active',
      ...(act && { actedHere: act.sessionId === session.id }),
    },
    documents,
    fields: own,
    othersFields: recipients
      // What others have signed already shows in the document itself.
      .filter(({ id, status }) => id !== recipient.id && status !== 'delegated' && status !== 'signed')
      .flatMap((other) =>
        fromJson(other.fields).flatMap(({ documentId, kind, page, rect, places = [{ page, rect }] }) =>
          places.map((place) => ({ documentId, kind, page: place.page, rect: place.rect, owner: other.organization || other.name })),
        ),
      ),
    recipients: recipients.map((each) => ({ ...progressOf(each), ...(each.id === recipient.id && { you: true }) })),
    consent: await consentFor(services.crypto, recipient),
    limits: { sealBytes: services.limits.sealBytes, idleMs: sessionLife.idleMs },
    ...(draft && { draft }),
  };
}

/** A field without what only the server has to know. */
function asShown({ pdfName: _, existing: __, separate: ___, combo: ____, ...field }: PreparedField): Field {
  return field;
}

async function readDraft({ keys }: Services, tables: Tables, recipientId: string): Promise<(Draft & { savedAt: string }) | undefined> {
  const [row] = await tables.drafts.find({ recipientId });
  if (!row) return undefined;
  const { values, seals } = JSON.parse(fromUtf8(await keys.open(`draft/${recipientId}`, row.sealed))) as Draft;
  // What an earlier version kept and this one would not take is left out: the person places it again.
  return { values, seals: seals.filter((each) => v.is(seal, each)), savedAt: new Date(row.savedAt).toISOString() };
}
