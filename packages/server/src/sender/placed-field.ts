import type { Field, FieldInput, Rect } from '@sky-sign/protocol';
import type { PreparedField } from '../store/rows.js';

/** A field whose place is known; of one of the PDF's own also what it takes there. */
export type PlacedField = Omit<FieldInput, 'page' | 'rect' | 'anchor' | 'options'> & Pick<Field, 'options' | 'places' | 'cells' | 'initial'> & Pick<PreparedField, 'separate' | 'combo'> & { readonly page: number; readonly rect: Rect };
