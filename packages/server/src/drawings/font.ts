import { create } from 'fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';

type Fontkit = Parameters<PDFDocument['registerFontkit']>[0];
type Font = ReturnType<Fontkit['create']>;
type Glyph = ReturnType<Font['layout']>['glyphs'][number];

/** A font that was parsed once and can be embedded, as a subset, into any number of scratch documents. */
export interface LoadedFont {
  embed(document: PDFDocument): Promise<PDFFont>;
  /** The first character that the font cannot draw, or `undefined`. */
  missing(text: string): string | undefined;
}

/** fontkit 2 encodes a subset at once; pdf-lib 1.17 wants the stream that fontkit 1 had. */
interface Subset {
  includeGlyph(glyph: number): number;
  encode(): Uint8Array;
  encodeStream?(): SubsetStream;
}
interface SubsetStream {
  on(event: string, listener: (value?: unknown) => void): SubsetStream;
}

export function loadFont(bytes: Uint8Array): LoadedFont {
  const font = create(bytes) as unknown as Font;
  const createSubset = font.createSubset.bind(font) as unknown as () => Subset;
  const patched = Object.assign(font, { createSubset: () => withStream(createSubset()) });
  const fontkit = { create: () => patched } as unknown as Fontkit;
  return {
    embed(document) {
      document.registerFontkit(fontkit);
      return document.embedFont(bytes, { subset: true });
    },
    missing: (text) =>
      [...text].find((character) => !isInvisible(character) && font.layout(character).glyphs.some((glyph: Glyph) => glyph.id === 0)),
  };
}

function withStream(subset: Subset): Subset {
  subset.encodeStream = () => {
    const listeners = new Map<string, (value?: unknown) => void>();
    const stream: SubsetStream = {
      on(event, listener) {
        listeners.set(event, listener);
        return stream;
      },
    };
    queueMicrotask(() => {
      try {
        listeners.get('data')?.(subset.encode());
        listeners.get('end')?.();
      } catch (error) {
        listeners.get('error')?.(error);
      }
    });
    return stream;
  };
  return subset;
}

/** Line ends, joiners and variation selectors have no glyph of their own and need none. */
function isInvisible(character: string): boolean {
  return /[\n\r\u200b-\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(character);
}

const loaded = new WeakMap<Uint8Array, LoadedFont>();

/** `loadFont`, once for the same bytes: parsing five megabytes takes longer than drawing. */
export function fontOf(bytes: Uint8Array): LoadedFont {
  const font = loaded.get(bytes) ?? loadFont(bytes);
  loaded.set(bytes, font);
  return font;
}
