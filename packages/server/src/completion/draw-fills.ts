import { checkSubmission, normalRotation } from '@sky-sign/protocol';
import type { FieldProblem, FieldReason, FieldValue, Seal } from '@sky-sign/protocol';
import { fromBase64, toBase64 } from '../bytes.js';
import { BadSeal, drawSeal } from '../drawings/draw-seal.js';
import { composeKana, drawText, TextDoesNotFit } from '../drawings/draw-text.js';
import { fontOf } from '../drawings/font.js';
import type { LoadedFont } from '../drawings/font.js';
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

  const font = fontOf(await services.font());
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
      fills.push({ ...base, kind: 'text', value: text, ...(text !== '' && { appearance: await drawTextField(font, { field, text, ...box }) }) });
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

async function drawTextField(font: LoadedFont, { field, text, width, height }: { field: PreparedField; text: string; width: number; height: number }): Promise<string> {
  try {
    const { pdf } = await drawText(font, { text, width, height, fontSize: field.fontSize, multiline: field.multiline });
    return toBase64(pdf);
  } catch (error) {
    if (error instanceof TextDoesNotFit) throw invalid([{ fieldId: field.id, reason: error.reason satisfies FieldReason }], false, error);
    throw error;
  }
}

async function drawSealField({ limits }: Services, { seal, ...box }: { seal: Seal; width: number; height: number }): Promise<string> {
  const refuse = (reason: FieldReason, cause?: unknown): ServerError => invalid([{ fieldId: seal.fieldId, reason }], true, cause);
  if (seal.png.length > (limits.sealBytes * 4) / 3 + 4) throw refuse('picture_too_large');
  try {
    const { pdf } = await drawSeal({ png: fromBase64(seal.png), widthMm: seal.widthMm, heightMm: seal.heightMm, ...box });
    return toBase64(pdf);
  } catch (error) {
    if (error instanceof BadSeal) throw refuse(error.reason, error);
    throw error;
  }
}

function invalid(fields: FieldProblem[], seal: boolean, cause?: unknown): ServerError {
  const detail = fields.map(({ fieldId, reason }) => `${fieldId}: ${reason}`).join(', ');
  return new ServerError(seal ? 'seal_invalid' : 'field_invalid', `Some fields cannot be taken as they are (${detail}).`, { fields, cause });
}
