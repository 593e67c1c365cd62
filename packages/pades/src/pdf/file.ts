import type { ByteSource } from '../byte-source.js';
import type { Security } from '../encryption/security.js';
import { unlock } from '../encryption/unlock.js';
import { PadesError } from '../errors.js';
import { findTail, openInput, type Input, type Tail } from './input.js';
import { createKnownObjects, createLoader, type KnownObjects, type ObjectLoader } from './load-objects.js';
import { PdfRef, isInteger, type PdfDict } from './objects.js';
import { resolveDict, type Resolver } from './resolver.js';
import { rangesOf, readXrefChain, type XrefEntry, type XrefSection } from './xref.js';

export { createKnownObjects, type KnownObjects } from './load-objects.js';
export { resolveArray, resolveDict, resolveName, type Resolver } from './resolver.js';

/** A file as its cross-reference chain shows it. Objects are read when asked for. */
export interface PdfFile extends ObjectLoader {
  readonly input: Input;
  readonly tail: Tail;
  /** The newest first; never empty. */
  readonly sections: readonly [XrefSection, ...XrefSection[]];
  readonly trailer: PdfDict;
  /** One above the highest object number in use, whatever /Size says. */
  readonly size: number;
  entry(number: number): Promise<XrefEntry | undefined>;
  /** Of an encrypted file that is unlocked. */
  readonly security?: Security;
  /** What the file, or an earlier state of it, opens with. */
  readonly password?: string | undefined;
}

export interface OpenOptions {
  /** The user or owner password of an encrypted file; empty without it. */
  readonly password?: string;
}

/** Opens a file, and unlocks it where it is encrypted; throws `encrypted` where the password is another. */
export async function openPdf(source: ByteSource, { password }: OpenOptions = {}, known?: KnownObjects): Promise<PdfFile> {
  return unlockPdf(await openLocked(source, known), password, known);
}

export async function unlockPdf(file: PdfFile, password: string | undefined, known?: KnownObjects): Promise<PdfFile> {
  if (!file.trailer.has('Encrypt')) return { ...file, password };
  const security = await unlock(file, file.trailer, password);
  return { ...file, ...createLoader(file.input, { entry: file.entry, security, known }), security, password };
}

/** The file as it stands: of an encrypted one only the shape makes sense. */
export async function openLocked(source: ByteSource, known = createKnownObjects(source.length)): Promise<PdfFile> {
  const input = await openInput(source);
  const tail = await findTail(input);
  const chain = await readXrefChain(input, tail.startxref, known.work);
  const [newest] = chain;
  if (!newest) throw new PadesError('broken_xref', 'no cross-reference section');
  const sections: PdfFile['sections'] = [newest, ...chain.slice(1)];
  const declared = newest.trailer.get('Size');
  const size = sections.flatMap(rangesOf).reduce((highest, [first, count]) => Math.max(highest, count > 0 ? first + count : 0), isInteger(declared) ? declared : 0);
  if (!(newest.trailer.get('Root') instanceof PdfRef)) throw new PadesError('broken_xref', 'the trailer has no /Root');

  const entry = async (number: number) => {
    for (const section of sections) {
      const found = speaksOf(section, number) ? await section.lookup(number) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return { input, tail, sections, trailer: newest.trailer, size, entry, ...createLoader(input, { entry, known }) };
}

const speaksOf = (section: XrefSection, number: number): boolean => rangesOf(section).some(([first, count]) => number >= first && number < first + count);

/** The catalog and its reference; with a revision over the file, as that has it. */
export async function readCatalog(file: PdfFile, resolver: Resolver = file): Promise<{ readonly ref: PdfRef; readonly catalog: PdfDict }> {
  const ref = file.trailer.get('Root');
  const catalog = await resolveDict(resolver, ref);
  if (!(ref instanceof PdfRef) || !catalog) throw new PadesError('broken_xref', 'the catalog cannot be read');
  return { ref, catalog };
}
