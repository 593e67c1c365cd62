import { PdfDict, PdfRef, dictOf, isArray, isName, type PdfObject } from '../pdf/objects.js';

/**
 * Keys that say nothing new: what leads back to a parent, and what a trailer that is a cross-reference stream says of how
 * the stream itself is read.
 */
export const SKIPPED = {
  trailer: new Set(['Prev', 'XRefStm', 'Size', 'W', 'Index', 'Filter', 'DecodeParms', 'Length', 'Type', 'ID']),
  element: new Set(['Parent', 'P']),
  other: new Set(['Parent']),
} as const;

/** Gets a reference, and the keys and indices that lead to it, which are good only until the next. */
type Visit = (number: number, at: readonly (string | number)[]) => void;

function visitReferences(object: PdfObject, skipped: ReadonlySet<string>, visit: Visit): void {
  visitInside(dictOf(object) ?? object, { skipped, visit, at: [] });
}

function visitInside(value: PdfObject, visiting: { readonly skipped: ReadonlySet<string>; readonly visit: Visit; readonly at: (string | number)[] }): void {
  const { skipped, visit, at } = visiting;
  if (value instanceof PdfRef) visit(value.number, at);
  else if (isArray(value)) value.forEach((item, index) => visitPart(index, item, visiting));
  else if (value instanceof PdfDict) for (const [key, item] of value.entries) if (!skipped.has(key)) visitPart(key, item, visiting);
}

function visitPart(part: string | number, value: PdfObject, { visit, at }: { readonly visit: Visit; readonly at: (string | number)[] }): void {
  // Most of what stands in a dictionary is a name, a number or a reference.
  if (typeof value !== 'object' || isName(value)) return;
  at.push(part);
  if (value instanceof PdfRef) visit(value.number, at);
  else visitInside(value, { skipped: SKIPPED.other, visit, at });
  at.pop();
}

/** Each number once. */
export function targetsOf(value: PdfObject, skipped: ReadonlySet<string>): readonly number[] {
  const targets: number[] = [];
  visitReferences(value, skipped, (number) => targets.push(number));
  return targets.length > 1 ? [...new Set(targets)] : targets;
}

export function readPaths(value: PdfObject, skipped: ReadonlySet<string>): Map<number, string[]> {
  const paths = new Map<number, string[]>();
  visitReferences(value, skipped, (number, at) => {
    const path = at.map((part) => `/${part}`).join('');
    const known = paths.get(number);
    if (known) known.push(path);
    else paths.set(number, [path]);
  });
  return paths;
}
