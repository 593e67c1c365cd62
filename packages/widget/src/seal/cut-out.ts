export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Over this many steps of brightness paper fades into ink, so that edges stay smooth. */
const fade = 48;
/** Alpha below this is dust. */
const dust = 24;

/**
 * Makes paper transparent, in place: a pixel whose darkest channel is `threshold` (0–255) or more goes, those just below
 * fade. Ink is dark in at least one channel, whatever its colour.
 */
export function removeWhite({ data }: Pixels, threshold: number): void {
  for (let at = 0; at < data.length; at += 4) {
    const dark = Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    const ink = Math.min(1, Math.max(0, (threshold - dark) / fade));
    data[at + 3] = Math.round((data[at + 3] ?? 0) * ink);
  }
}

/** The box of what is left; `undefined` where nothing is. */
export function inkBox({ data, width, height }: Pixels): { x: number; y: number; width: number; height: number } | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < dust) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
