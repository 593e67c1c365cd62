import type { ByteSource } from '../byte-source.js';
import { openPdf } from '../pdf/file.js';
import { PdfName, PdfRef, PdfString } from '../pdf/objects.js';
import { readBox, readPages, type Box } from '../pdf/pages.js';
import { resolveArray } from '../pdf/resolver.js';
import { readFieldRules, type FieldRules } from './field-rules.js';
import { readFields, type FormField } from './fields.js';
import { READ_ONLY } from './new-field.js';

/** A field of a file's form as whoever lets people fill it in has to know it. */
export interface FieldDescription extends FieldRules {
  /** Fully qualified, parts joined by periods. */
  readonly name: string;
  readonly readOnly: boolean;
  /** It holds a value, or a box is ticked. */
  readonly filled: boolean;
  /** It is one object with its only widget. pyHanko takes it for an attack where a widget of its own changes after a signature. */
  readonly merged: boolean;
  /** Where it is shown, in the order of the field; page 1 is the first, `rect` is in user space. */
  readonly places: readonly { readonly page: number; readonly rect: Box }[];
}

/** Every field of the form, in the order of its tree. */
export async function describeFields(source: ByteSource): Promise<FieldDescription[]> {
  const file = await openPdf(source);
  const pageOf = new Map<number, number>();
  for (const [index, page] of (await readPages(file)).entries()) {
    for (const item of (await resolveArray(file, page.dict.get('Annots'))) ?? []) if (item instanceof PdfRef) pageOf.set(item.number, index + 1);
  }
  const described: FieldDescription[] = [];
  for (const field of await readFields(file)) {
    const places: { page: number; rect: Box }[] = [];
    for (const { ref, dict } of field.widgets) {
      const [page, rect] = [pageOf.get(ref.number), await readBox(file, dict.get('Rect'))];
      if (page !== undefined && rect) places.push({ page, rect });
    }
    described.push({ ...(await readFieldRules(file, field)), name: field.name, readOnly: (field.flags & READ_ONLY) !== 0, filled: isFilled(await file.resolve(field.value)), merged: field.widgets.length === 1 && field.widgets[0]?.ref.number === field.ref?.number, places });
  }
  return described;
}

function isFilled(value: FormField['value']): boolean {
  if (value instanceof PdfString) return value.bytes.length > 0;
  return value instanceof PdfName ? value.value !== 'Off' : value !== null;
}
