import type { FieldAnchor } from '@sky-sign/protocol';

/** A piece of text as it stands on a page, in user space: where its base line begins, and the line's direction and length. */
export interface TextRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Of length 1. */
  readonly direction: readonly [number, number];
  readonly width: number;
}

/** The pieces of one page, in the order of the file. */
export type PageText = readonly TextRun[];

export interface FoundText {
  /** 1 is the first page. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

/** Where a text begins. White space does not count, and files write a word in as many pieces as they like. */
export function findAnchor(pages: readonly PageText[], { text, occurrence }: Pick<FieldAnchor, 'text' | 'occurrence'>, only?: number): FoundText | undefined {
  const wanted = squeeze(text);
  let left = occurrence;
  for (const [index, runs] of pages.entries()) {
    if (only !== undefined && only !== index + 1) continue;
    const { characters, places } = spellOut(runs);
    for (let at = characters.indexOf(wanted); at >= 0; at = characters.indexOf(wanted, at + wanted.length)) {
      left -= 1;
      const place = places[at];
      if (left === 0 && place) return { page: index + 1, ...place };
    }
  }
  return undefined;
}

/** Compatibility forms are the same, as the radical ⼄ that some fonts give for 乙. */
const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '');

interface Spelled {
  readonly characters: string;
  /** Of each UTF-16 unit of `characters`. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
}

/** Within a run, characters are taken to be equally wide: a field beside a text bears that. */
function spellOut(runs: PageText): Spelled {
  let characters = '';
  const places: { x: number; y: number }[] = [];
  for (const { text, x, y, direction, width } of runs) {
    const all = [...text];
    for (const [i, character] of all.entries()) {
      const plain = squeeze(character);
      const along = (width * i) / all.length;
      for (let unit = 0; unit < plain.length; unit += 1) places.push({ x: x + direction[0] * along, y: y + direction[1] * along });
      characters += plain;
    }
  }
  return { characters, places };
}
