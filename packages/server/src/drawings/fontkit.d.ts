declare module 'fontkit' {
  /** Opens a font; the result is what pdf-lib's `Fontkit` interface calls a `Font`. */
  export function create(data: Uint8Array, postscriptName?: string): object;
}
