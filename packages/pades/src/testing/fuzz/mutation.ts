import type { PdfDict, PdfObject, PdfRef } from '../../pdf/objects.js';
import type { PdfFile } from '../../pdf/file.js';
import type { FormField } from '../../form/fields.js';
import type { Page } from '../../pdf/pages.js';
import type { Random } from './random.js';

/** A file that our own signer made, valid as it stands. */
export interface SeedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** DER. */
  readonly anchors: readonly Uint8Array[];
  readonly facts: SeedFacts;
}

/** Where things are, for whoever wants to break them. */
export interface SeedFacts {
  readonly file: PdfFile;
  readonly catalog: { readonly ref: PdfRef; readonly dict: PdfDict };
  readonly pages: readonly Page[];
  readonly fields: readonly FormField[];
  /** Page dictionaries, their trees, contents and resources: what nothing later may touch. */
  readonly content: readonly { readonly ref: PdfRef; readonly object: PdfObject }[];
  /** Each signature's /Contents with its delimiters, the last signature last. */
  readonly gaps: readonly (readonly [number, number])[];
  /** Where the last signature's ByteRange ends. */
  readonly end: number;
  /** The value of the last startxref. */
  readonly startxref: number;
}

/**
 * One way to change a file. `refused`: whatever comes out must not be called valid; `accepted`: it must be. There is
 * nothing between: a way whose outcome could be argued about is no test.
 */
export interface Mutation {
  readonly name: string;
  readonly expect: 'refused' | 'accepted';
  /** How many turns of a round it gets; one without. */
  readonly weight?: number;
  /** Undefined where this file gives no occasion. */
  make(seed: SeedFile, random: Random): Promise<Uint8Array | undefined> | Uint8Array | undefined;
}

export const refused = (name: string, make: Mutation['make'], weight = 1): Mutation => ({ name, expect: 'refused', make, weight });
export const accepted = (name: string, make: Mutation['make'], weight = 1): Mutation => ({ name, expect: 'accepted', make, weight });
