import { joinBytes } from '../../hash.js';
import { toLatin1 } from '../../pdf/characters.js';
import { PdfStream, type PdfObject, type PdfRef } from '../../pdf/objects.js';
import { createRevision, writeRevision, type Revision } from '../../pdf/revision.js';
import { serialize } from '../../pdf/serialize.js';
import { bytesSource } from '../../byte-source.js';
import { openPdf } from '../../pdf/file.js';
import type { SeedFile } from './mutation.js';

/** The file with one more revision, as our own writer makes it: well-formed, and of the kind that the file has. */
export async function revise({ bytes, facts: { file } }: SeedFile, change: (revision: Revision) => Promise<boolean | void> | boolean | void): Promise<Uint8Array | undefined> {
  const revision = createRevision(file);
  if ((await change(revision)) === false || revision.changed.size === 0) return undefined;
  return joinBytes([bytes, (await writeRevision(revision)).bytes]);
}

/** One more revision over a file that has got one already. */
export async function reviseAgain(bytes: Uint8Array, change: (revision: Revision) => void): Promise<Uint8Array> {
  const revision = createRevision(await openPdf(bytesSource(bytes)));
  change(revision);
  return joinBytes([bytes, (await writeRevision(revision)).bytes]);
}

/** An object as text, for revisions that are written by hand; a stream with its decoded bytes gone. */
export const asText = (object: PdfObject): string => serialize(object instanceof PdfStream ? object.dict : object);

export interface HandWritten {
  /** What stands between `obj` and `endobj`, one character per byte. */
  readonly objects: ReadonlyMap<number, string>;
  /** Instead of the entries that would be right. */
  readonly table?: (offsets: ReadonlyMap<number, number>) => string;
  readonly prev?: string;
  /** Further entries of the trailer, after /Size, /Root and /Prev. */
  readonly trailer?: string;
  readonly root?: PdfRef;
  readonly size?: number;
  readonly startxref?: number;
  /** Stands before the objects. */
  readonly before?: string;
}

/** A revision with a cross-reference table of its own, however wrong. */
export function writeByHand({ bytes, facts }: SeedFile, { objects, table = rightTable, prev = String(facts.startxref), trailer = '', root = facts.catalog.ref, size = facts.file.size + 10, startxref, before = '' }: HandWritten): Uint8Array {
  let text = `\n${before}`;
  const offsets = new Map<number, number>();
  for (const [number, object] of objects) {
    offsets.set(number, bytes.length + text.length);
    text += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const at = bytes.length + text.length;
  const entries = table(offsets);
  const chain = prev === '' ? '' : ` /Prev ${prev}`;
  return joinBytes([bytes, toLatin1(`${text}xref\n${entries}trailer\n<< /Size ${size} /Root ${root.number} ${root.generation} R${chain} ${trailer} >>\nstartxref\n${startxref ?? at}\n%%EOF\n`)]);
}

export const row = (offset: number, generation = 0, kind = 'n'): string => `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind}\r\n`;
export const rightTable = (offsets: ReadonlyMap<number, number>): string => [...offsets].map(([number, offset]) => `${number} 1\n${row(offset)}`).join('');
