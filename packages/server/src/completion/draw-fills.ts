import { checkSubmission, normalRotation } from '@sky-sign/protocol';
import type { FieldProblem, FieldReason, FieldValue, Seal } from '@sky-sign/protocol';
import { fromBase64, toBase64 } from '../bytes.js';
import { composeKana } from '../drawings/draw-text.js';
import { ServerError } from '../problem.js';
import type { Services } from '../services.js';
import { fromJson } from '../store/rows.js';
import type { DocumentRow, PreparedField, RecipientRow } from '../store/rows.js';

/** What will be set in one field; `appearance` is a drawing (PDF, base64), absent where the field stays blank. */
export interface Fill {
  readonly documentId: string;
  readonly name: string;
  readonly kind: 'signature' | 'seal' | 'text' | 'checkbox';
  readonly value: string;
  readonly checked: boolean;
  readonly appearance?: string;
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
    const seal = placed.get(field.id);
    const box = shownBox(field, document);
    const base = { documentId: document.id, name: field.pdfName, value: '', checked: false };
    if (field.kind === 'checkbox') fills.push({ ...base, kind: 'checkbox', checked: typed.get(field.id) === true });
    else if (field.kind === 'signature') {
      const first = fromJson(recipient.signatureFields)[document.id] === field.pdfName;
      const appearance = seal && (await drawSealField(services, { seal, ...box }));
      fills.push({ ...base, kind: first ? 'signature' : 'seal', ...(appearance !== undefined && { appearance }) });
    } else {
      const text = shownText(field, typed.get(field.id), recipient);
      fills.push({ ...base, kind: 'text', value: text, ...(text !== '' && { appearance: await drawTextField(services, { field, text, ...box }) }) });
    }
  }
  return fills;
}

/** The field as the page is shown: on a page that is turned by a quarter, width and height change places. */
function shownBox(field: PreparedField, document: DocumentRow): { width: number; height: number } {
  const [, , width, height] = field.rect;
  const rotation = normalRotation(fromJson(document.pages)[field.page - 1]?.rotate ?? 0);
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Text as it stands in the document: dates in the words of the recipient's language. */
function shownText(field: PreparedField, value: string | boolean | undefined, { locale }: RecipientRow): string {
  if (typeof value !== 'string') return '';
  const text = composeKana(value.replace(/\r\n?/gu, '\n'));
  if (field.kind !== 'date' || text === '' || locale !== 'ja') return text;
  const [year, month, day] = text.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(day)}日`;
}

async function drawTextField({ heavy }: Services, { field, text, width, height }: { field: PreparedField; text: string; width: number; height: number }): Promise<string> {
  const drawn = await heavy.drawText({ text, width, height, fontSize: field.fontSize, multiline: field.multiline });
  if ('refused' in drawn) throw invalid([{ fieldId: field.id, reason: drawn.refused satisfies FieldReason }], false);
  return toBase64(drawn.pdf);
}

async function drawSealField({ heavy, limits }: Services, { seal, ...box }: { seal: Seal; width: number; height: number }): Promise<string> {
  const refuse = (reason: FieldReason): ServerError => invalid([{ fieldId: seal.fieldId, reason }], true);
  if (seal.png.length > (limits.sealBytes * 4) / 3 + 4) throw refuse('picture_too_large');
  const drawn = await heavy.drawSeal({ png: fromBase64(seal.png), widthMm: seal.widthMm, heightMm: seal.heightMm, ...box });
  if ('refused' in drawn) throw refuse(drawn.refused);
  return toBase64(drawn.pdf);
}

function invalid(fields: FieldProblem[], seal: boolean): ServerError {
  const detail = fields.map(({ fieldId, reason }) => `${fieldId}: ${reason}`).join(', ');
  return new ServerError(seal ? 'seal_invalid' : 'field_invalid', `Some fields cannot be taken as they are (${detail}).`, { fields });
}
