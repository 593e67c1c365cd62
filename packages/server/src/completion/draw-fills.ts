import { checkSubmission, shownText } from '@sky-sign/protocol';
import type { FieldProblem, FieldReason, FieldValue, Seal } from '@sky-sign/protocol';
import { fromBase64, toBase64 } from '../bytes.js';
import { ServerError } from '../problem.js';
import { pdfNames } from '../sender/pdf-names.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow, PreparedField, RecipientRow } from '../store/rows.js';
import { drawPlaces, shownBoxes, TextRefused } from './draw-places.js';

/** What will be set in one field of the PDF; drawings are PDFs, base64, absent where the field stays blank. */
export interface Fill {
  readonly documentId: string;
  readonly name: string;
  readonly kind: 'signature' | 'seal' | 'text' | 'checkbox' | 'radio' | 'choice';
  readonly value: string;
  readonly checked: boolean;
  readonly appearance?: string;
  /** Instead of `appearance`: one for each place, where they differ in size. */
  readonly each?: readonly string[];
}

interface Submission {
  readonly recipient: RecipientRow;
  readonly documents: readonly DocumentRow[];
  readonly values: readonly FieldValue[];
  readonly seals: readonly Seal[];
}

/**
 * Checks what was handed in by the shared rules and draws it. This comes before anything is accepted, so that an accepted
 * act can always be finished.
 */
export async function drawFills(services: Services, { recipient, documents, values, seals }: Submission): Promise<Fill[]> {
  const fields = fromJson(recipient.fields);
  const problems = checkSubmission(fields, { values, seals });
  const isSeal = new Set(fields.filter(({ kind }) => kind === 'signature').map(({ id }) => id));
  if (problems.length > 0) throw invalid(problems, problems.every(({ fieldId }) => isSeal.has(fieldId)));

  const typed = new Map(values.map(({ fieldId, value }) => [fieldId, value]));
  const placed = new Map(seals.map((seal) => [seal.fieldId, seal]));
  const fills: Fill[] = [];
  for (const field of fields) {
    const document = documents.find(({ id }) => id === field.documentId);
    if (!document) throw new Error(`Field ${field.id} is in no document of the envelope.`);
    if (field.kind === 'signature') fills.push(await fillSeal(services, { field, document, recipient, seal: placed.get(field.id) }));
    else fills.push(...(await fillValue(services, { field, document, recipient, value: typed.get(field.id) })));
  }
  return fills;
}

interface Filling {
  readonly field: PreparedField;
  readonly document: DocumentRow;
  readonly recipient: RecipientRow;
}

async function fillSeal({ heavy, limits }: Services, { field, document, recipient, seal }: Filling & { readonly seal: Seal | undefined }): Promise<Fill> {
  const first = fromJson(recipient.signatureFields)[document.id] === field.pdfName;
  const fill = { documentId: document.id, name: field.pdfName, kind: first ? 'signature' : 'seal', value: '', checked: false } as const;
  const [box] = shownBoxes(field, document);
  if (!seal || !box) return fill;
  const refuse = (reason: FieldReason): ServerError => invalid([{ fieldId: field.id, reason }], true);
  const bytes = seal.kind === 'handwriting' ? JSON.stringify(seal.curves).length : (seal.png.length * 3) / 4 - 3;
  if (bytes > limits.sealBytes) throw refuse('picture_too_large');
  const { widthMm, heightMm } = seal;
  const drawn = await heavy.drawSeal({ ...(seal.kind === 'handwriting' ? { curves: seal.curves } : { png: fromBase64(seal.png) }), widthMm, heightMm, ...box });
  if ('refused' in drawn) throw refuse(drawn.refused);
  return { ...fill, appearance: toBase64(drawn.pdf) };
}

/** One fill, or one for each of the fields that the field became when the envelope was sent. */
async function fillValue(services: Services, { field, document, recipient, value }: Filling & { readonly value: string | boolean | undefined }): Promise<Fill[]> {
  const blank = { documentId: document.id, value: '', checked: false } as const;
  const names = pdfNames(field);
  if (field.kind === 'checkbox') return names.map((name) => ({ ...blank, name, kind: 'checkbox', checked: value === true }));
  if (field.kind === 'radio' && field.separate === true) {
    return names.map((name, i) => ({ ...blank, name, kind: 'checkbox', checked: value !== undefined && value === (field.places ?? [])[i]?.value }));
  }
  const text = typeof value === 'string' ? value : '';
  if (field.kind === 'radio') return names.map((name) => ({ ...blank, name, kind: 'radio', value: text }));

  const shown = shownText(field, text, recipient.locale);
  const kind = field.kind === 'choice' || field.combo === true ? 'choice' : 'text';
  const stored = { ...blank, kind, value: field.kind === 'choice' ? text : shown } as const;
  if (shown === '') return names.map((name) => ({ ...stored, name }));
  const drawings = await drawPlaces(services, { field, document, text: shown }).catch((error: unknown) => {
    throw error instanceof TextRefused ? invalid([{ fieldId: field.id, reason: error.reason }], false) : error;
  });
  const [first = ''] = drawings;
  if (names.length > 1) return names.map((name, i) => ({ ...stored, name, appearance: drawings[i] ?? first }));
  const differ = drawings.some((each) => each !== first);
  return names.map((name) => ({ ...stored, name, ...(differ ? { each: drawings } : { appearance: first }) }));
}

function invalid(fields: FieldProblem[], seal: boolean): ServerError {
  const detail = fields.map(({ fieldId, reason }) => `${fieldId}: ${reason}`).join(', ');
  return new ServerError(seal ? 'seal_invalid' : 'field_invalid', `Some fields cannot be taken as they are (${detail}).`, { fields });
}
