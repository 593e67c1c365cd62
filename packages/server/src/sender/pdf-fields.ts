import { describeFields } from '@sky-sign/pades';
import type { FieldDescription } from '@sky-sign/pades';
import { fromUserSpace, withoutTurning } from '@sky-sign/protocol';
import type { FieldInput, FieldKind, FieldOption, FieldPlace } from '@sky-sign/protocol';
import { openRevision } from '../blobs/revisions.js';
import { notFound, ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow } from '../store/rows.js';
import { problemOf } from './pdf-field-problem.js';
import type { PlacedField } from './placed-field.js';

interface Place {
  readonly where: string;
  readonly documentId: string;
}

interface Forms {
  /** The places and the rules of a field that the PDF itself has. */
  place(field: FieldInput & { readonly pdfField: string }, place: Place): Promise<PlacedField>;
}

interface Form {
  readonly document: DocumentRow;
  readonly fields: readonly FieldDescription[];
}

const longestLabel = 60;

/** The forms of a tenant's uploads, each read once. With several signers, fields are filled in after the first signature. */
export function createForms(services: Services, { tenant, signers }: { tenant: string; signers: number }): Forms {
  const forms = new Map<string, Promise<Form>>();
  const formOf = (documentId: string): Promise<Form> => {
    const known = forms.get(documentId) ?? readForm(services, tenant, documentId);
    forms.set(documentId, known);
    return known;
  };
  return {
    async place({ page: _page, rect: _rect, anchor: _anchor, options: words, ...field }, { where, documentId }) {
      const { document, fields } = await formOf(documentId);
      const found = fields.find(({ name }) => name === field.pdfField);
      if (!found) throw new ServerError('request_invalid', `${where}.pdfField: the document has no field of this name.`);
      const rebuilt = isRebuilt(found, signers > 1);
      const problem = problemOf(found, { kind: field.kind, signed: document.signed === 1, rebuilt });
      if (problem) throw new ServerError(problem.code, `${where}.pdfField: ${problem.words}.`);
      const places = placesOf(found, document);
      const [first] = places;
      if (!first) throw new ServerError('request_invalid', `${where}.pdfField: the document has no such field on a page.`);
      const { maxLength = field.maxLength } = found;
      const options = field.kind === 'radio' || field.kind === 'choice' ? named(found.options, words ?? [], where) : undefined;
      return {
        ...field,
        label: field.label || [...withoutTurning(found.label)].slice(0, longestLabel).join(''),
        page: first.page,
        rect: first.rect,
        multiline: field.kind === 'text' && found.multiline,
        maxLength: Math.max(1, Math.min(field.maxLength, maxLength)),
        ...(options && { options }),
        ...((field.kind === 'radio' || places.length > 1) && { places }),
        ...(found.comb && { cells: maxLength }),
        ...(found.kind === 'choice' && field.kind === 'text' && { combo: true }),
        ...initialOf(found, field.kind, options),
        ...(rebuilt && { separate: true }),
      };
    },
  };
}

async function readForm(services: Services, tenant: string, documentId: string): Promise<Form> {
  const [document] = await services.store.tables.documents.find({ id: documentId, tenant });
  if (!document) throw notFound();
  return { document, fields: await describeFields(await openRevision(services, { documentId, number: 0 })) };
}

/** What the sender has filled in already; a choice that is not on the list, as 「選んでください」, is none. */
function initialOf({ value }: FieldDescription, kind: FieldKind, options: readonly FieldOption[] | undefined): Pick<PlacedField, 'initial'> {
  if (value === undefined || kind === 'date') return {};
  if (kind === 'checkbox') return { initial: true };
  return options && !options.some((option) => option.value === value) ? {} : { initial: value };
}

/** Check boxes of one name that differ are a choice that only separate ones can hold; and after a signature strict validators explain no change of a widget that is an object of its own. */
const isRebuilt = ({ kind, options, merged, multiple }: FieldDescription, later: boolean): boolean => (kind === 'checkbox' && options.length > 1) || (later && (!merged || multiple));

function placesOf({ kind, options, places }: FieldDescription, document: DocumentRow): FieldPlace[] {
  const pages = fromJson(document.pages);
  const isGroup = kind === 'radio' || (kind === 'checkbox' && options.length > 1);
  return places.flatMap(({ page, rect, states: [state] }): FieldPlace[] => {
    const geometry = pages[page - 1];
    return geometry ? [{ page, rect: [...fromUserSpace(rect, geometry)], ...(isGroup && state !== undefined && { value: state }) }] : [];
  });
}

/** What can be chosen, in the sender's words where there are any; an empty value is no choice. */
function named(options: readonly FieldOption[], words: readonly FieldOption[], where: string): FieldOption[] {
  const unknown = words.find(({ value }) => !options.some((option) => option.value === value));
  if (unknown) throw new ServerError('request_invalid', `${where}.options: the field cannot be "${unknown.value}".`);
  return options.filter(({ value }) => value !== '').map(({ value, label }) => ({ value, label: words.find((each) => each.value === value)?.label ?? withoutTurning(label || value) }));
}
