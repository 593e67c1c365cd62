import { shownSize, type PageGeometry } from '@sky-sign/protocol';

export const cssPixelsPerPoint = 96 / 72;
/** How far gestures zoom; 1 is 100 %. */
const [smallestZoom, largestZoom] = [0.5, 4];
const pageGap = 16;

/** `auto` is 100 %, or less where the page is wider than the room; `fit` is its width, `page` all of it; 1 is 100 %. */
export type Zoom = number | 'fit' | 'page' | 'auto';

/** CSS pixels per point, for pages in a room of CSS pixels. */
export function scaleFor(zoom: Zoom, { pages, width, height }: { pages: Iterable<PageGeometry>; width: number; height: number }): number {
  if (typeof zoom === 'number') return zoom * cssPixelsPerPoint;
  const largest = largestOf(pages);
  const padding = width && width < 640 ? 8 : 24;
  const fit = Math.max(0.1, (width - 2 * padding - 2) / largest.width);
  const whole = Math.max(0.1, (height - 2 * pageGap) / largest.height);
  if (zoom === 'page') return Math.min(fit, whole, largestZoom * cssPixelsPerPoint);
  return zoom === 'fit' ? Math.min(fit, largestZoom * cssPixelsPerPoint) : Math.min(cssPixelsPerPoint, fit);
}

/** What a gesture makes of a zoom: never further out than it is already, where the whole width takes less than the smallest zoom. */
export function zoomedBy(factor: number, scale: number): number {
  const now = scale / cssPixelsPerPoint;
  return Math.min(largestZoom, Math.max(Math.min(smallestZoom, now), now * factor));
}

/** The widest and the highest of pages as they are shown, in points. */
export function largestOf(pages: Iterable<PageGeometry>): { width: number; height: number } {
  const sizes = [...pages].map(shownSize);
  return { width: Math.max(...sizes.map(({ width }) => width), 1), height: Math.max(...sizes.map(({ height }) => height), 1) };
}
