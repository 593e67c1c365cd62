/** Size on paper, in millimetres. */
export interface PaperSize {
  readonly widthMm: number;
  readonly heightMm: number;
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
