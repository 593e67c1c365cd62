import { pageSize } from '@sky-sign/protocol';
import type { envelopeInput, PageGeometry } from '@sky-sign/protocol';
import type * as v from 'valibot';
import { codeStrength, hashCode } from '../auth/access-code.js';
import type { Sender } from '../auth/api-key.js';
import { appendAudit } from '../audit/append.js';
import { newEnvelopeNumber, newId } from '../ids.js';
import { notFound, ServerError } from '../problem.js';
import { searchColumns } from '../search/fold.js';
import type { Services } from '../services.js';
import { addressKeyOf } from '../signing/wrong-codes.js';
import { fromJson, toJson } from '../store/rows.js';
import type { DocumentRow, EnvelopeRow, PreparedField, RecipientRow } from '../store/rows.js';
import type { Tables } from '../store/store.js';
import { placeFields } from './place-fields.js';
import type { PlacedField } from './placed-field.js';

type Input = v.InferOutput<typeof envelopeInput>;

const defaultLifeMs = 30 * 86_400_000;

/** Makes a draft: checks everything that can be checked before anybody is asked to sign. */
export async function createEnvelope(services: Services, sender: Sender, input: Input): Promise<string> {
  const { crypto, now, store } = services;
  const id = newId(crypto, 'env');
  const deadline = input.deadline === undefined ? now() + defaultLifeMs : Date.parse(input.deadline);
  // Not every ISO 8601 time is one for Date: `+09` without minutes is none.
  if (Number.isNaN(deadline)) throw new ServerError('request_invalid', 'deadline: write it as 2026-12-31T17:00:00+09:00.');
  if (deadline <= now()) throw new ServerError('request_invalid', 'deadline: it has passed.');
  checkOrder(input);
  const placed = await placeFields(services, sender.tenant, input);
  const secrets = await Promise.all(input.recipients.map((recipient) => codeOf(services, sender.tenant, recipient)));

  const row = {
    id,
    tenant: sender.tenant,
    number: newEnvelopeNumber(crypto),
    title: input.title,
    controlNumber: input.controlNumber,
    message: input.message,
    senderName: input.sender.name,
    senderEmail: input.sender.email,
    senderContact: input.sender.contact,
    transactionDate: input.transaction?.date ?? null,
    transactionCounterparty: input.transaction?.counterparty ?? null,
    transactionAmount: input.transaction?.amount ?? null,
    status: 'draft' as const,
    deadline,
    createdAt: now(),
    sentAt: null,
    completedAt: null,
    fence: 0,
    leaseUntil: 0,
  };
  const envelope: EnvelopeRow = { ...row, ...searchColumns(row) };
  await store.transaction(async (tables) => {
    const documents = await takeDocuments(services, tables, { sender, envelopeId: id, input });
    await tables.envelopes.insert(envelope);
    for (const [position, recipient] of input.recipients.entries()) {
      const { id: recipientId, ...secret } = secrets[position] as Secret;
      const row: RecipientRow = {
        id: recipientId,
        tenant: sender.tenant,
        envelopeId: id,
        position,
        role: recipient.role,
        signingOrder: recipient.order,
        name: recipient.name,
        organization: recipient.organization,
        email: recipient.email,
        locale: recipient.locale,
        mayDelegate: recipient.mayDelegate ? 1 : 0,
        status: 'waiting',
        statusAt: now(),
        fields: toJson(preparedFields(services, placed[position] ?? [], { documents, position })),
        signatureFields: toJson({}),
        codeHint: recipient.accessCodeHint,
        ...secret,
        codeSubject: recipientId,
        tries: 0,
        lockedAt: null,
        undeliverableAt: null,
        unlocks: 0,
      };
      await tables.recipients.insert(row);
    }
    await appendAudit(services, tables, { envelopeId: id, type: 'created', data: { keyId: sender.keyId, documents: documents.map((document) => document.id), uploads: await Promise.all(documents.map((document) => uploadOf(tables, document))) }, personal: sender.client });
  });
  return id;
}

/** What came in and what is kept, by their hashes, and what was found in it or done to it. */
async function uploadOf(tables: Tables, { id, originalSha256, flags, attachments }: DocumentRow): Promise<Readonly<Record<string, unknown>>> {
  const [kept] = await tables.revisions.find({ documentId: id, number: 0 });
  return { id, sha256: kept?.sha256 ?? '', ...(originalSha256 !== null && { originalSha256 }), flags: fromJson(flags), attachments: fromJson(attachments).length };
}

/** `access_code_weak` for each short code: allowed, but said. */
export function codeWarnings(input: Input): { code: string; recipient: number }[] {
  return input.recipients.flatMap(({ accessCode }, recipient) =>
    accessCode !== undefined && codeStrength(accessCode) === 'weak' ? [{ code: 'access_code_weak', recipient }] : [],
  );
}

type Secret = Pick<RecipientRow, 'id' | 'codeHash' | 'codeSalt' | 'codeKeyId' | 'addressKey'>;

async function codeOf({ crypto, keys }: Services, tenant: string, { accessCode, email }: Input['recipients'][number]): Promise<Secret> {
  const id = newId(crypto, 'rcp');
  const addressKey = await addressKeyOf({ crypto }, { tenant, email });
  if (accessCode === undefined) return { id, addressKey, codeHash: null, codeSalt: null, codeKeyId: null };
  if (codeStrength(accessCode) === 'refused') {
    throw new ServerError('access_code_weak', 'This access code is among the first that anybody tries. Choose at least four characters that are no sequence.');
  }
  const codeSalt = crypto.getRandomValues(new Uint8Array(16));
  const codeKeyId = keys.newest('pepper');
  return { id, addressKey, codeSalt, codeKeyId, codeHash: await hashCode({ crypto, keys }, { subject: id, code: accessCode, salt: codeSalt, keyId: codeKeyId }) };
}

function checkOrder(input: Input): void {
  const ids = input.documents.map((document) => document.id);
  if (new Set(ids).size !== ids.length) throw new ServerError('request_invalid', 'documents: one is there twice.');
  if (!input.recipients.some(({ role }) => role === 'signer')) throw new ServerError('request_invalid', 'recipients: nobody signs. An envelope needs a signer.');
  for (const [i, { role, fields, accessCode }] of input.recipients.entries()) {
    if (role !== 'signer' && fields.length > 0) throw new ServerError('request_invalid', `recipients.${String(i)}.fields: only signers have fields.`);
    if (role === 'copy' && accessCode !== undefined) throw new ServerError('request_invalid', `recipients.${String(i)}.accessCode: a copy is downloaded from its mail, no code is asked.`);
    const wrong = fields.find((field) => field.document >= ids.length);
    if (wrong) throw new ServerError('request_invalid', `recipients.${String(i)}.fields: there is no document ${String(wrong.document)}.`);
  }
}

interface Take {
  readonly sender: Sender;
  readonly envelopeId: string;
  readonly input: Input;
}

/** Takes the uploads into the envelope: a document belongs to one envelope, because each has its own fields and ID. */
async function takeDocuments({ limits }: Services, tables: Tables, { sender, envelopeId, input }: Take): Promise<DocumentRow[]> {
  if (input.documents.length > limits.envelopeDocuments) throw new ServerError('request_invalid', `documents: more than ${String(limits.envelopeDocuments)}.`);
  const taken: DocumentRow[] = [];
  let bytes = 0;
  for (const [position, wanted] of input.documents.entries()) {
    const [found] = await tables.documents.find({ id: wanted.id, tenant: sender.tenant });
    if (!found) throw notFound();
    const patch = { envelopeId, position, mustView: wanted.mustView ? 1 : 0, name: wanted.name ?? found.name };
    const [row] = await tables.documents.update({ id: wanted.id, envelopeId: null }, patch);
    if (!row) throw new ServerError('envelope_state', `Document ${wanted.id} is in another envelope already. Upload it again.`);
    const [upload] = await tables.revisions.find({ documentId: row.id, number: 0 });
    bytes += upload?.length ?? 0;
    taken.push(row);
  }
  if (bytes > limits.envelopeBytes) throw new ServerError('document_too_large', `The documents have more than ${String(limits.envelopeBytes)} bytes together.`);
  return taken;
}

interface Prepare {
  readonly documents: readonly DocumentRow[];
  readonly position: number;
}

function preparedFields({ crypto }: Services, fields: readonly PlacedField[], { documents, position }: Prepare): PreparedField[] {
  const seals = new Set<string>();
  return fields.map(({ document: index, pdfField, ...placement }, i) => {
    const document = documents[index] as DocumentRow;
    const where = `recipients.${String(position)}.fields.${String(i)}`;
    const page = fromJson(document.pages)[placement.page - 1];
    if (!page) throw new ServerError('request_invalid', `${where}.page: document ${String(index)} has no page ${String(placement.page)}.`);
    if (pdfField === undefined && !fits(placement.rect, page)) throw new ServerError('request_invalid', `${where}.rect: it is not on the page.`);
    // What others have signed takes values in its own fields and new signature fields (SigFieldCreation), one a person.
    const further = placement.kind === 'signature' && seals.has(document.id);
    if (document.signed && pdfField === undefined && (placement.kind !== 'signature' || further)) {
      throw new ServerError('document_locked', `${where}: document ${String(index)} came signed, so each person can have one signature field in it, and of other fields only those that it has already.`);
    }
    if (placement.kind === 'signature') seals.add(document.id);
    const id = newId(crypto, 'fld');
    const name = pdfField === undefined ? { pdfName: `${placement.kind}${id.slice(3)}` } : { pdfName: pdfField, existing: true };
    return { ...placement, id, documentId: document.id, ...name };
  });
}

function fits([x, y, width, height]: readonly [number, number, number, number], page: PageGeometry): boolean {
  const size = pageSize(page);
  const slack = 0.5;
  return x >= -slack && y >= -slack && x + width <= size.width + slack && y + height <= size.height + slack;
}
