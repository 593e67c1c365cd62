import { fromUserSpace } from '@sky-sign/protocol';
import type { EnvelopeInput, FieldInput, RecipientRole } from '@sky-sign/protocol';
import { openRevision } from '../blobs/revisions.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import { createForms } from './pdf-fields.js';
import { findAnchor } from './find-anchor.js';
import type { PageText } from './find-anchor.js';
import type { PlacedField } from './placed-field.js';

interface Asked {
  readonly documents: EnvelopeInput['documents'];
  readonly recipients: readonly { readonly role: RecipientRole; readonly fields: readonly FieldInput[] }[];
}

/** Gives every field its page and rectangle, recipient by recipient: those beside a text by looking for it. */
export async function placeFields(services: Services, tenant: string, { documents, recipients }: Asked): Promise<PlacedField[][]> {
  const forms = createForms(services, { tenant, signers: recipients.filter(({ role }) => role === 'signer').length });
  const taken = new Set<string>();
  const texts = new Map<number, Promise<readonly PageText[]>>();
  const textOf = (index: number): Promise<readonly PageText[]> => {
    const known = texts.get(index) ?? readText(services, tenant, documents[index]?.id ?? '');
    texts.set(index, known);
    return known;
  };
  const placed: PlacedField[][] = [];
  for (const [position, { fields }] of recipients.entries()) {
    const own: PlacedField[] = [];
    for (const [i, field] of fields.entries()) {
      const [where, documentId] = [`recipients.${String(position)}.fields.${String(i)}`, documents[field.document]?.id ?? ''];
      if (field.pdfField === undefined) own.push(await placeField(services, field, { where, documentId, textOf }));
      else {
        const key = `${documentId} ${field.pdfField}`;
        if (taken.has(key)) throw new ServerError('request_invalid', `${where}.pdfField: somebody else has this field already.`);
        taken.add(key);
        own.push(await forms.place({ ...field, pdfField: field.pdfField }, { where, documentId }));
      }
    }
    placed.push(own);
  }
  return placed;
}

interface Place {
  readonly where: string;
  readonly documentId: string;
  readonly textOf: (document: number) => Promise<readonly PageText[]>;
}

async function placeField({ store }: Services, { page, rect, anchor, options: _, ...field }: FieldInput, { where, documentId, textOf }: Place): Promise<PlacedField> {
  if (!anchor) {
    if (page === undefined || rect === undefined) throw new ServerError('request_invalid', `${where}: needs page and rect, or an anchor.`);
    return { ...field, page, rect };
  }
  const found = findAnchor(await textOf(field.document), anchor, page);
  const [document] = await store.tables.documents.find({ id: documentId });
  const geometry = document && found && fromJson(document.pages)[found.page - 1];
  if (!found || !geometry) throw new ServerError('anchor_not_found', `${where}.anchor: the document does not have this text ${String(anchor.occurrence)} times${page === undefined ? '' : ` on page ${String(page)}`}.`);
  const [x, y] = fromUserSpace([found.x, found.y, found.x, found.y], geometry);
  return { ...field, page: found.page, rect: [x + anchor.dx, y + anchor.dy, anchor.width, anchor.height] };
}

async function readText(services: Services, tenant: string, documentId: string): Promise<readonly PageText[]> {
  if (!services.readText) throw new ServerError('service_unavailable', 'This server cannot look for text in documents: give page and rect.');
  const [document] = await services.store.tables.documents.find({ id: documentId, tenant });
  if (!document) throw notFound();
  return services.readText(await openRevision(services, { documentId, number: 0 }));
}
