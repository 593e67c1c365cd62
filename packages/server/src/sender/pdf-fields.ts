import { describeFields } from '@sky-sign/pades';
import type { FieldDescription } from '@sky-sign/pades';
import { fromUserSpace } from '@sky-sign/protocol';
import type { FieldInput } from '@sky-sign/protocol';
import { openRevision } from '../blobs/revisions.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow } from '../store/rows.js';
import type { PlacedField } from './place-fields.js';

interface Place {
  readonly where: string;
  readonly documentId: string;
}

interface Forms {
  /** The place and the rules of a field that the PDF itself has. */
  place(field: FieldInput & { readonly pdfField: string }, place: Place): Promise<PlacedField>;
}

interface Form {
  readonly document: DocumentRow;
  readonly fields: readonly FieldDescription[];
}

/** The forms of a tenant's uploads, each read once. With several signers, fields are filled in after the first signature. */
export function createForms(services: Services, { tenant, signers }: { tenant: string; signers: number }): Forms {
  const forms = new Map<string, Promise<Form>>();
  const formOf = (documentId: string): Promise<Form> => {
    const known = forms.get(documentId) ?? readForm(services, tenant, documentId);
    forms.set(documentId, known);
    return known;
  };
  return {
    async place({ page: _page, rect: _rect, anchor: _anchor, ...field }, { where, documentId }) {
      const { document, fields } = await formOf(documentId);
      const found = fields.find(({ name }) => name === field.pdfField);
      const [place] = found?.places ?? [];
      const geometry = place && fromJson(document.pages)[place.page - 1];
      const problem = problemOf(found, { kind: field.kind, later: signers > 1 });
      if (!found || !place || !geometry || problem !== undefined) throw new ServerError('request_invalid', `${where}.pdfField: ${problem ?? 'the document has no such field on a page'}.`);
      const { multiline, maxLength = field.maxLength } = found;
      return { ...field, page: place.page, rect: [...fromUserSpace(place.rect, geometry)], multiline: field.kind === 'text' && multiline, maxLength: Math.min(field.maxLength, maxLength) };
    },
  };
}

async function readForm(services: Services, tenant: string, documentId: string): Promise<Form> {
  const [document] = await services.store.tables.documents.find({ id: documentId, tenant });
  if (!document) throw notFound();
  return { document, fields: await describeFields(await openRevision(services, { documentId, number: 0 })) };
}

/** What keeps a field from being filled in here. */
function problemOf(found: FieldDescription | undefined, { kind, later }: { kind: FieldInput['kind']; later: boolean }): string | undefined {
  if (!found) return 'the document has no field of this name';
  const fits = found.kind === 'text' ? kind === 'text' || kind === 'date' : found.kind === 'checkbox' && kind === 'checkbox';
  if (!fits) return `it is a ${found.kind} field, and cannot be filled in as ${kind}`;
  if (found.readOnly) return 'it is read-only';
  if (found.filled) return 'it holds a value already';
  if (found.comb) return 'it has a cell for each character, which is not supported';
  if (later && !found.merged) return 'the file keeps its place in an object of its own, so that strict validators would refuse it after another signature; with one signer it works';
  // Its value would appear in several places, of which people see one marked.
  return found.places.length === 1 ? undefined : `it stands in ${String(found.places.length)} places`;
}
