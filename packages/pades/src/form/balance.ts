import { readContent, stateOperators, type StateOperator } from '../pdf/content.js';
import { deflate } from '../pdf/filters.js';
import { PdfStream, dict, name, type PdfObject, type PdfRef } from '../pdf/objects.js';
import type { Revision } from '../pdf/revision.js';

const SPACE = 32;

/**
 * Content that can be put between `q` and as many `Q` as it leaves open, plus one. A `Q` too many
 * would end the outer `q`, though viewers pass over it: it is blanked in a copy. What cannot be decoded counts as balanced.
 */
export async function balance(revision: Revision, contents: readonly PdfObject[]): Promise<{ contents: readonly PdfObject[]; open: number }> {
  let open = 0;
  const balanced: PdfObject[] = [];
  for (const item of contents) {
    const stream = await revision.resolve(item);
    const content = stream instanceof PdfStream ? await readContent(revision, stream) : undefined;
    const surplus: StateOperator[] = [];
    for (const operator of content ? stateOperators(content) : []) {
      if (operator.kind === 'save') open++;
      else if (open > 0) open--;
      else surplus.push(operator);
    }
    balanced.push(content && surplus.length > 0 ? blanked(revision, content, surplus) : item);
  }
  return { contents: balanced, open };
}

function blanked(revision: Revision, content: Uint8Array, surplus: readonly StateOperator[]): PdfRef {
  const copy = content.slice();
  for (const { at } of surplus) copy[at] = SPACE;
  return revision.add(new PdfStream(dict({ Filter: name('FlateDecode') }), deflate(copy)));
}
