import type { FieldDescription } from '@sky-sign/pades';
import type { ErrorCode, FieldKind } from '@sky-sign/protocol';

interface Wanted {
  readonly kind: FieldKind;
  /** The document came signed. */
  readonly signed: boolean;
  /** The field is made anew when the envelope is sent. */
  readonly rebuilt: boolean;
}

/** As `2026年12月31日`, which is what a date is in the document. */
const longestDate = 11;
const mostOptions = 1000;

/** What keeps a field of the PDF from being filled in here; undefined where nothing does. */
export function problemOf(found: FieldDescription, wanted: Wanted): { readonly code: ErrorCode; readonly words: string } | undefined {
  const words = misfit(found, wanted.kind) ?? state(found, wanted) ?? appearance(found);
  if (words !== undefined) return { code: 'request_invalid', words };
  const locked = wanted.signed ? lockedBy(found) : undefined;
  return locked === undefined ? undefined : { code: 'document_locked', words: locked };
}

function misfit(found: FieldDescription, kind: FieldKind): string | undefined {
  if (!kindsFor(found).includes(kind)) return `it is a ${found.kind} field, and cannot be filled in as ${kind}`;
  if (kind === 'date' && (found.comb || (found.maxLength ?? longestDate) < longestDate)) return 'it has no room for a date';
  if ((kind === 'radio' || kind === 'choice') && !found.options.some(({ value }) => value !== '')) return 'there is nothing to choose from';
  return found.options.length > mostOptions ? `it has more than ${String(mostOptions)} options` : undefined;
}

function kindsFor({ kind, options, editable }: FieldDescription): readonly FieldKind[] {
  if (kind === 'text') return ['text', 'date'];
  if (kind === 'checkbox') return options.length > 1 ? ['radio'] : options.length === 1 ? ['checkbox'] : [];
  if (kind === 'choice') return editable ? ['choice', 'text'] : ['choice'];
  return kind === 'radio' ? ['radio'] : [];
}

/** A value that is there is where the person begins, unless somebody has signed it, or the field does not stay as it is. */
function state({ readOnly, filled, maxLength, places }: FieldDescription, { signed, rebuilt }: Wanted): string | undefined {
  if (readOnly) return 'it is read-only';
  if (filled && signed) return 'it holds a value that others have signed';
  if (filled && rebuilt && places.length > 1) return 'it holds a value already, and would be taken apart because it has several places and several people sign';
  return maxLength === 0 ? 'it takes no character' : undefined;
}

/** People see every place before they sign. */
function appearance({ widgets, places, kind }: FieldDescription): string | undefined {
  if (places.length === 0) return 'the document has no such field on a page';
  if (places.length < widgets) return 'one of its places is on no page';
  if (places.some(({ hidden }) => hidden)) return 'one of its places is hidden';
  if (places.some(({ rect: [left, bottom, right, top] }) => right - left < 1 || top - bottom < 1)) return 'one of its places is too small to be seen';
  return kind === 'radio' && places.some(({ states }) => states.length !== 1) ? 'one of its buttons has no state, or several' : undefined;
}

/** What was signed cannot be rebuilt, and strict validators explain later changes only of fields in one object. */
function lockedBy({ locked, merged, multiple }: FieldDescription): string | undefined {
  if (locked) return 'a signature that the document came with locks it';
  if (!merged) return 'the document came signed, and keeps this field apart from its place, so that strict validators would refuse a value';
  return multiple ? 'the document came signed, and this list takes several choices, so that strict validators would refuse one' : undefined;
}
