import type { HandwritingSeal, PictureSeal, Seal } from '@sky-sign/protocol';

/** A picture and its true size on paper. */
export interface SealPicture {
  readonly canvas: HTMLCanvasElement;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What every way of making a seal ends in: a picture, or lines by hand. */
export type SealDrawing = SealPicture | Omit<HandwritingSeal, 'fieldId'>;

/** A drawing as it travels: PNG with alpha, or curves. */
export async function toSeal(drawing: SealDrawing, { fieldId, kind }: { fieldId: string; kind: PictureSeal['kind'] }): Promise<Seal> {
  if ('curves' in drawing) return { fieldId, ...drawing };
  const blob = await new Promise<Blob | null>((resolve) => drawing.canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser cannot write PNG.');
  return { fieldId, kind, png: toBase64(new Uint8Array(await blob.arrayBuffer())), widthMm: round(drawing.widthMm), heightMm: round(drawing.heightMm) };
}

/** Bytes that a seal takes of what the server allows. */
export function sealBytes(seal: Seal): number {
  return seal.kind === 'handwriting' ? JSON.stringify(seal.curves).length : Math.floor((seal.png.length * 3) / 4);
}

function round(mm: number): number {
  return Math.max(1, Math.round(mm * 100) / 100);
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
