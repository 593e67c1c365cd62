import type { Seal, SealKind } from '@sky-sign/protocol';

/** What every way of making a seal ends in: a picture and its true size on paper. */
export interface SealPicture {
  readonly canvas: HTMLCanvasElement;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A picture as it travels: PNG with alpha. */
export async function toSeal(picture: SealPicture, { fieldId, kind }: { fieldId: string; kind: SealKind }): Promise<Seal> {
  const blob = await new Promise<Blob | null>((resolve) => picture.canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser cannot write PNG.');
  return { fieldId, kind, png: toBase64(new Uint8Array(await blob.arrayBuffer())), widthMm: round(picture.widthMm), heightMm: round(picture.heightMm) };
}

/** Bytes that a seal's PNG takes. */
export function sealBytes({ png }: Pick<Seal, 'png'>): number {
  return Math.floor((png.length * 3) / 4);
}

function round(mm: number): number {
  return Math.max(1, Math.round(mm * 100) / 100);
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
