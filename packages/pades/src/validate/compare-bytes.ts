import { readChunks, type ByteSource } from '../byte-source.js';
import { joinBytes } from '../hash.js';
import { isSpace } from '../pdf/characters.js';
import type { PdfFile } from '../pdf/file.js';
import { scanObjects } from '../repair/scan-objects.js';
import type { FileRevision } from './revisions.js';

/** Updates are short; more than this is not looked through a second time. */
const MOST_BYTES = 128 << 20;
/** Between what a cross-reference names and the object itself. */
const MOST_SPACE = 64;

/**
 * Whether a revision was appended so that everybody reads the same of it: each object that stands in its bytes is the one
 * that its cross-reference names there. Programs that repair what they read take others, too.
 */
export async function readsAlike(source: ByteSource, previous: FileRevision, { end, file }: FileRevision): Promise<boolean> {
  if (end - previous.end > MOST_BYTES) return false;
  const bytes = await readBytes(source, previous.end, end);
  const { found } = scanObjects(bytes);
  for (const { ref, span } of found) {
    if (span && !(await isNamed(file, ref.number, { at: previous.end + span[0], from: previous.end, bytes }))) return false;
  }
  return !(await hasTwoPlaces(previous.file, file));
}

interface Place {
  readonly at: number;
  /** Where the bytes begin in the file. */
  readonly from: number;
  readonly bytes: Uint8Array;
}

async function isNamed(file: PdfFile, number: number, { at, from, bytes }: Place): Promise<boolean> {
  const entry = await file.entry(number);
  if (entry?.kind !== 'offset') return false;
  const named = entry.offset + file.input.leading;
  return named <= at && at - named <= MOST_SPACE && bytes.subarray(Math.max(0, named - from), at - from).every((byte) => isSpace(byte));
}

/** A hybrid section that names two places of one object is read in two ways (7.5.8.4). */
async function hasTwoPlaces(previous: PdfFile, file: PdfFile): Promise<boolean> {
  const known = new Set(previous.sections.map(({ offset }) => offset));
  for (const { offset, hybrid, ranges, lookup } of file.sections) {
    if (known.has(offset) || !hybrid) continue;
    for (const [first, count] of ranges) {
      for (let number = first; number < Math.min(first + count, file.size); number++) {
        const [own, other] = [await lookup(number), await hybrid.lookup(number)];
        if (own?.kind === 'offset' && other && other.kind !== 'free' && JSON.stringify(own) !== JSON.stringify(other)) return true;
      }
    }
  }
  return false;
}

async function readBytes(source: ByteSource, from: number, to: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of readChunks(source, from, to)) parts.push(chunk.slice());
  return joinBytes(parts);
}
