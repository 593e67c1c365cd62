import type { Rect } from './fields.js';

/**
 * What a page says of its own geometry (ISO 32000-2, 7.7.3.3): `cropBox` is `[left, bottom, right, top]` in default user
 * space, already cut to the media box; `rotate` is 0, 90, 180 or 270, clockwise; `userUnit` is points per user space unit.
 */
export interface PageGeometry {
  readonly cropBox: readonly [number, number, number, number];
  readonly rotate: number;
  readonly userUnit: number;
}

/** A box on the screen in CSS pixels, `left`/`top` from the top left corner of the shown page. */
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Page points are what travels on the wire: points of 1/72 inch, x to the right and y up from the lower left corner of the
 * crop box of the *unrotated* page. User space is what stands in the file's `/Rect`.
 */
export function toUserSpace(rect: Rect, page: PageGeometry): [number, number, number, number] {
  const [x, y, width, height] = rect;
  const [left, bottom] = page.cropBox;
  const unit = page.userUnit;
  return [left + x / unit, bottom + y / unit, left + (x + width) / unit, bottom + (y + height) / unit];
}

/** Turns a `/Rect` (`[left, bottom, right, top]` in user space) into page points. */
export function fromUserSpace(box: readonly [number, number, number, number], page: PageGeometry): Rect {
  const [left, bottom] = page.cropBox;
  const unit = page.userUnit;
  return [(box[0] - left) * unit, (box[1] - bottom) * unit, (box[2] - box[0]) * unit, (box[3] - box[1]) * unit];
}

/** Width and height of the unrotated page in points. */
export function pageSize(page: PageGeometry): { width: number; height: number } {
  const [left, bottom, right, top] = page.cropBox;
  return { width: (right - left) * page.userUnit, height: (top - bottom) * page.userUnit };
}

/** Width and height in points of the page as it is shown, turned by its `/Rotate`. */
export function shownSize(page: PageGeometry): { width: number; height: number } {
  const { width, height } = pageSize(page);
  return page.rotate % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a rectangle in page points stands on the shown page; `scale` is CSS pixels per point. */
export function toScreen(rect: Rect, page: PageGeometry, scale: number): ScreenBox {
  const [x, y, width, height] = rect;
  const size = pageSize(page);
  const box = {
    0: { left: x, top: size.height - y - height, width, height },
    90: { left: y, top: x, width: height, height: width },
    180: { left: size.width - x - width, top: y, width, height },
    270: { left: size.height - y - height, top: size.width - x - width, width: height, height: width },
  }[normalRotation(page.rotate)];
  return { left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale };
}

/** The inverse of `toScreen`. */
export function fromScreen(box: ScreenBox, page: PageGeometry, scale: number): Rect {
  const size = pageSize(page);
  const [left, top, width, height] = [box.left / scale, box.top / scale, box.width / scale, box.height / scale];
  const rects: Record<0 | 90 | 180 | 270, Rect> = {
    0: [left, size.height - top - height, width, height],
    90: [top, left, height, width],
    180: [size.width - left - width, top, width, height],
    270: [size.width - top - height, size.height - left - width, height, width],
  };
  return rects[normalRotation(page.rotate)];
}

/** Brings any multiple of 90 to 0, 90, 180 or 270; anything else counts as 0, as viewers do. */
export function normalRotation(rotate: number): 0 | 90 | 180 | 270 {
  const turned = ((rotate % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}

export const pointsPerMm = 72 / 25.4;
