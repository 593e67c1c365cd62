import * as fontkit from 'fontkit';

interface Subset {
  encode(): Uint8Array;
  encodeStream?(): SubsetStream;
}
interface SubsetStream {
  on(event: 'data' | 'end' | 'error', listener: (value: unknown) => void): SubsetStream;
}
interface Font {
  createSubset(): Subset;
}

/** pdf-lib 1.17.1 expects `encodeStream` of a subset, fontkit 2 has `encode`. */
export const fontkitForPdfLib = {
  create(data: Uint8Array, postscriptName?: string): unknown {
    const font = (fontkit as unknown as { create(bytes: Uint8Array, name?: string): Font }).create(data, postscriptName);
    const createSubset = font.createSubset.bind(font);
    font.createSubset = () => {
      const subset = createSubset();
      subset.encodeStream ??= () => {
        const listeners: Partial<Record<string, (value: unknown) => void>> = {};
        const stream: SubsetStream = {
          on(event, listener) {
            listeners[event] = listener;
            return stream;
          },
        };
        queueMicrotask(() => {
          try {
            listeners['data']?.(subset.encode());
            listeners['end']?.(undefined);
          } catch (error) {
            listeners['error']?.(error);
          }
        });
        return stream;
      };
      return subset;
    };
    return font;
  },
};
