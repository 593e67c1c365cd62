import type { Work } from './work.js';
import { PdfDict, isArray, isName, type PdfArray, type PdfObject, type PdfStream } from './objects.js';

/** Reads what objects refer to: of a file, of a revision over it, of objects found in bytes. */
export interface Resolver {
  /** The object behind a reference; null where there is none (7.3.10). Anything else comes back as it is. */
  resolve(object: PdfObject): Promise<PdfObject>;
  /** The encoded bytes of a stream, decrypted. */
  streamBytes(stream: PdfStream): Promise<Uint8Array>;
  /** The bytes of a stream that has no filter or FlateDecode. */
  decoded(stream: PdfStream): Promise<Uint8Array>;
  /** Counts what else is decoded of it. */
  readonly work: Work;
}

/** The dictionary behind a value, or undefined where it is something else. */
export async function resolveDict(file: Resolver, object: PdfObject): Promise<PdfDict | undefined> {
  const value = await file.resolve(object);
  return value instanceof PdfDict ? value : undefined;
}

export async function resolveArray(file: Resolver, object: PdfObject): Promise<PdfArray | undefined> {
  const value = await file.resolve(object);
  return isArray(value) ? value : undefined;
}

export async function resolveName(file: Resolver, object: PdfObject): Promise<string | undefined> {
  const value = await file.resolve(object);
  return isName(value) ? value.value : undefined;
}
