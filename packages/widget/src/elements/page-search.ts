import type { PdfPage } from '../documents/open-pdf.js';
import type { Requests } from '../requests.js';

export interface Search {
  /** Finds `text`, or moves `step` results on where it is the same as before; an empty text ends the search. */
  find(text: string, step: 0 | 1 | -1): Promise<void>;
}

interface Hit {
  readonly page: number;
  /** The how-manyeth of its page. */
  readonly index: number;
}

/** Searches page after page. */
export function createSearch(options: {
  pages: number;
  pageOf: (number: number) => Promise<PdfPage>;
  /** The spans of a painted page; none where it is not painted. */
  spansOf: (number: number) => readonly HTMLElement[];
  show: (page: number, span: HTMLElement | undefined) => void;
  told: (found: Requests['found']) => void;
}): Search {
  const { pages, pageOf, spansOf, show, told } = options;
  const texts = new Map<number, string>();
  let wanted = '';
  let hits: Hit[] = [];
  let at = 0;
  let run = 0;
  let shown = 0;
  let collected = Promise.resolve();

  /** `undefined` where another search has begun meanwhile. */
  async function collect(text: string, mine: number): Promise<Hit[] | undefined> {
    const found: Hit[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const content = texts.get(page) ?? fold(await (await pageOf(page)).text());
      if (mine !== run) return undefined;
      texts.set(page, content);
      for (let from = content.indexOf(text), index = 0; from >= 0; from = content.indexOf(text, from + text.length), index += 1) found.push({ page, index });
    }
    return found;
  }

  function mark(): void {
    const hit = hits[at];
    const ranges = hit ? rangesIn(spansOf(hit.page), wanted) : [];
    const now = hit && ranges[hit.index];
    const { highlights } = CSS as unknown as { highlights?: Map<string, unknown> };
    const { Highlight } = globalThis as unknown as { Highlight?: new (...ranges: Range[]) => unknown };
    if (!highlights || !Highlight) return;
    highlights.set('sky-found', new Highlight(...ranges.filter((range) => range !== now)));
    highlights.set('sky-found-now', new Highlight(...(now ? [now] : [])));
  }

  async function reveal(): Promise<void> {
    const hit = hits[at];
    if (!hit) return;
    show(hit.page, undefined);
    // The page may have to be painted first.
    for (let look = 0; look < 40 && spansOf(hit.page).length === 0; look += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    const range = rangesIn(spansOf(hit.page), wanted)[hit.index];
    show(hit.page, range?.startContainer.parentElement ?? undefined);
  }

  async function begin(text: string): Promise<void> {
    const mine = (run += 1);
    wanted = text;
    [hits, at] = [[], 0];
    told({ at: 0, count: 0, busy: text !== '' });
    const all = text === '' ? [] : await collect(text, mine);
    if (all) hits = all;
  }

  return {
    find: async (text, step) => {
      const folded = fold(text);
      const isNew = folded !== wanted;
      if (isNew) collected = begin(folded);
      // Enter may follow the last letter at once.
      await collected;
      if (folded !== wanted) return;
      if (!isNew && hits.length) at = (at + step + hits.length) % hits.length;
      const mine = (shown += 1);
      told({ at: hits.length ? at + 1 : 0, count: hits.length, busy: false });
      await reveal();
      if (mine === shown) mark();
    },
  };
}

/** Full and half width, ア and あ, capitals, the many hyphens, variants of a character, and spaces make no difference. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u200b\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu, '')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\u30a1-\u30f6]/gu, (katakana) => String.fromCharCode(katakana.charCodeAt(0) - 0x60));
}

/** One character with the marks after it that join it when folded, as ﾞ does. */
const joined = /.[\uff9e\uff9f\u3099\u309a]*/gsu;

/** Where `wanted` stands in the spans; a result may run over several of them. */
function rangesIn(spans: readonly HTMLElement[], wanted: string): Range[] {
  if (wanted === '') return [];
  let content = '';
  const places: { node: Node; offset: number; length: number }[] = [];
  for (const span of spans) {
    const node = span.firstChild;
    if (!node?.nodeValue) continue;
    let offset = 0;
    for (const [character] of node.nodeValue.matchAll(joined)) {
      for (const unit of fold(character).split('')) {
        content += unit;
        places.push({ node, offset, length: character.length });
      }
      offset += character.length;
    }
  }
  const ranges: Range[] = [];
  for (let from = content.indexOf(wanted); from >= 0; from = content.indexOf(wanted, from + wanted.length)) {
    const [first, last] = [places[from], places[from + wanted.length - 1]];
    if (!first || !last) continue;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + last.length);
    ranges.push(range);
  }
  return ranges;
}
