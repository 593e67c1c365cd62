import type { SealKind } from '@sky-sign/protocol';
import type { Handwriting } from './handwriting.js';
import type { SealText } from './seal-lines.js';

export const thicknesses = ['thin', 'normal', 'thick'] as const;

/** What was chosen last time, for the next field and for changing a seal. Kept in the page only. */
export interface SealMemory {
  kind?: SealKind;
  text?: SealText & { readonly colour: 'red' | 'black' };
  scan?: { readonly data: ImageData; readonly threshold: number; readonly widthMm: number };
  handwriting?: Handwriting | undefined;
  thickness?: (typeof thicknesses)[number];
}
