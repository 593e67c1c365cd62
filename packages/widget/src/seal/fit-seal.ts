import { pointsPerMm, toScreen, type PageGeometry, type Rect } from '@sky-sign/protocol';

/** Size on paper, in millimetres. */
export interface PaperSize {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A field as it is shown on its page, which may be turned by a quarter. */
export function shownPaperSize(rect: Rect, page: PageGeometry | undefined): PaperSize {
  const { width, height } = page ? toScreen(rect, page, 1) : { width: rect[2], height: rect[3] };
  return { widthMm: width / pointsPerMm, heightMm: height / pointsPerMm };
}

/** The size at which a seal is placed in its field: its own, or smaller where the field is; `undefined` where it is its own. */
export function shrunkToField({ widthMm, heightMm }: PaperSize, field: PaperSize): PaperSize | undefined {
  const shrink = Math.min(field.widthMm / widthMm, field.heightMm / heightMm);
  return shrink < 0.995 ? { widthMm: tenths(widthMm * shrink), heightMm: tenths(heightMm * shrink) } : undefined;
}

export function tenths(mm: number): number {
  return Math.round(mm * 10) / 10;
}

/** For properties that are made anew with each rendering. */
export function isOtherSize(one: PaperSize | undefined, other: PaperSize | undefined): boolean {
  return one?.widthMm !== other?.widthMm || one?.heightMm !== other?.heightMm;
}
