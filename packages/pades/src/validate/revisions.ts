import { prefixSource, type ByteSource } from '../byte-source.js';
import { PadesError } from '../errors.js';
import { fromLatin1 } from '../pdf/characters.js';
import { openPdf, type KnownObjects, type PdfFile } from '../pdf/file.js';
import { rangesOf } from '../pdf/xref.js';

/** A state that the file once had. */
export interface FileRevision {
  /** Its length, with %%EOF and the end-of-line after it. */
  readonly end: number;
  readonly file: PdfFile;
}

/** Each state is opened by itself, with all sections before it. */
const MOST_REVISIONS = 500;
/** In the cross-references of all states but the first: each is held against the state before. */
const MOST_ENTRIES = 1_000_000;

/** Every state of the file, the first one first, the whole file last; `known` is what the file was opened with. */
export async function readRevisions(source: ByteSource, file: PdfFile, known: KnownObjects): Promise<FileRevision[]> {
  const ends: number[] = [];
  for (const { closing } of file.sections) {
    // The first section of a linearized file says `startxref 0` and ends no revision.
    if (closing && closing.startxref !== 0) ends.push(closing.end + (await endOfFileMark(source, closing.end)));
  }
  const earlier = ends.filter((end) => end < source.length).sort((a, b) => a - b);
  // Bytes after the last %%EOF belong to the last state.
  const last = file.sections[0].closing;
  const states = last && ends.length === earlier.length ? earlier.slice(0, -1) : earlier;
  if (states.length > MOST_REVISIONS) throw new PadesError('limit_exceeded', `more than ${MOST_REVISIONS} revisions`);
  const options = file.password === undefined ? {} : { password: file.password };
  const revisions = [...(await Promise.all(states.map(async (end) => ({ end, file: await openPdf(prefixSource(source, end), options, known) })))), { end: source.length, file }];
  const later = file.sections.slice(0, -(revisions[0]?.file.sections.length ?? 1));
  const entries = later.flatMap(rangesOf).reduce((sum, [, count]) => sum + count, 0);
  if (entries > MOST_ENTRIES) throw new PadesError('limit_exceeded', `more than ${MOST_ENTRIES} cross-reference entries in later revisions`);
  return revisions;
}

async function endOfFileMark(source: ByteSource, at: number): Promise<number> {
  return /^\s*%%EOF(?:\r\n|\r|\n)?/.exec(fromLatin1(await source.read(at, 64)))?.[0].length ?? 0;
}
