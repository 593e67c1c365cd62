import { concatSource, isPadesError, preparePdf } from '@sky-sign/pades';
import type { NewField } from '@sky-sign/pades';
import { toUserSpace } from '@sky-sign/protocol';
import { hashSource, openRevision } from '../blobs/revisions.js';
import { newCertificateId, newId } from '../ids.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow, PreparedField, RecipientRow } from '../store/rows.js';
import { pdfNames } from './pdf-names.js';

export interface PreparedDocument {
  readonly document: DocumentRow;
  readonly certificateId: string;
  readonly delta: Uint8Array;
  readonly sha256: string;
  readonly length: number;
  /** PDF name of each recipient's signature field, by recipient id. */
  readonly signatureFields: ReadonlyMap<string, string>;
}

/**
 * The preparation revision of one document: every field of every recipient, empty, and the ID at the foot of each page.
 * All of it exists before the first signature, because what is added later breaks earlier ones.
 */
export async function prepareDocument(services: Services, document: DocumentRow, recipients: readonly RecipientRow[]): Promise<PreparedDocument> {
  const certificateId = document.signed ? '' : newCertificateId(services.crypto);
  const signatureFields = new Map<string, string>();
  const fields = recipients.flatMap((recipient) => {
    const own = fromJson(recipient.fields).filter((field) => field.documentId === document.id);
    const name = own.find((field) => field.kind === 'signature')?.pdfName ?? `signature${newId(services.crypto, '')}`;
    signatureFields.set(recipient.id, name);
    return fieldsOf({ document, recipient, own, name });
  });
  const base = await openRevision(services, { documentId: document.id, number: document.revision });
  const stamp = certificateId === '' ? undefined : { pdf: await services.heavy.drawStamp(certificateId) };
  const separate = recipients.flatMap((recipient) => fromJson(recipient.fields).filter((field) => field.documentId === document.id && field.separate === true).map(({ pdfName }) => pdfName));
  const delta = await preparePdf(base, { fields, separate, ...(stamp && { stamp }) }).catch(refuseLocked(document));
  const whole = concatSource(base, delta);
  return { document, certificateId, delta, sha256: await hashSource(services, whole), length: whole.length, signatureFields };
}

/** Earlier signatures may allow no new field, or none that is seen. */
const refuseLocked = ({ name }: DocumentRow) => (cause: unknown): never => {
  if (isPadesError(cause) && cause.code === 'locked') throw new ServerError('document_locked', `${name} came signed, and its signatures do not allow this: ${cause.message}.`, { cause });
  throw cause;
};

interface Own {
  readonly document: DocumentRow;
  readonly recipient: RecipientRow;
  readonly own: readonly PreparedField[];
  /** Name of the field that will hold the signature. */
  readonly name: string;
}

/** The fields of one person in one document. The signature locks them all, blank ones too, so that nobody fills them behind it. */
function fieldsOf({ document, recipient, own, name }: Own): NewField[] {
  const others = own.flatMap(pdfNames).filter((each) => each !== name);
  const lock = { fields: others.length > 0 ? others : [name] };
  const pages = fromJson(document.pages);
  const fields = own.filter(({ existing }) => existing !== true).map((field): NewField => {
    const page = pages[field.page - 1];
    if (!page) throw new Error(`Document ${document.id} has no page ${String(field.page)}.`);
    const place = { name: field.pdfName, page: field.page, rect: toUserSpace(field.rect, page), tooltip: field.label || recipient.name };
    const { required, fontSize } = field;
    if (field.kind === 'checkbox') return { kind: 'checkbox', ...place, required };
    if (field.kind === 'text') return { kind: 'text', ...place, required, fontSize, multiline: field.multiline, maxLength: field.maxLength };
    if (field.kind === 'date') return { kind: 'text', ...place, required, fontSize };
    if (field.kind !== 'signature') throw new Error(`Field ${field.id} is in no upload.`);
    return field.pdfName === name ? { kind: 'signature', ...place, lock } : { kind: 'seal', ...place };
  });
  return own.some((field) => field.pdfName === name) ? fields : [...fields, { kind: 'invisible-signature', name, lock }];
}
