import type { ByteSource } from '../byte-source.js';
import type { Security } from '../encryption/security.js';
import { unlock } from '../encryption/unlock.js';
import { PadesError } from '../errors.js';
import { decodeStream } from './filters.js';
import { findTail, openInput, parseAt, type Input, type Tail } from './input.js';
import { readObjectStream, type ObjectStream } from './object-stream.js';
import { PdfRef, PdfStream, isInteger, type PdfDict, type PdfObject } from './objects.js';
import { parseWithStream, type Parser } from './parser.js';
import { resolveDict, type Resolver } from './resolver.js';
import { readXrefChain, type XrefEntry, type XrefSection } from './xref.js';

export { resolveArray, resolveDict, resolveName, type Resolver } from './resolver.js';

/** A file as its cross-reference chain shows it. Objects are read when asked for. */
export interface PdfFile extends Resolver {
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

const MAX_READ = 2_000_000;
/** Decoded object streams that are kept, in bytes. */
const KEPT_DECODED = 64 << 20;
const LONGEST_STREAM = 512 << 20;

/**
 * What has been read of one file, by where it stands, for all of its states: the same bytes are the same object. Only for
 * states that end behind it, so that a shorter one sees no more than it has.
 */
export interface KnownObjects {
  readonly plain: Map<number, { readonly number: number; readonly object: PdfObject; readonly end: number }>;
  readonly streams: Map<number, { readonly container: ObjectStream; readonly end: number }>;
}

export const createKnownObjects = (): KnownObjects => ({ plain: new Map(), streams: new Map() });

/** Opens a file, and unlocks it where it is encrypted; throws `encrypted` where the password is another. */
export async function openPdf(source: ByteSource, { password }: OpenOptions = {}, known?: KnownObjects): Promise<PdfFile> {
  return unlockPdf(await openLocked(source, known), password);
}

export async function unlockPdf(file: PdfFile, password: string | undefined): Promise<PdfFile> {
  if (!file.trailer.has('Encrypt')) return { ...file, password };
  const security = await unlock(file, file.trailer, password);
  return { ...file, ...createResolver(file.input, file.entry, security), security, password };
}

/** The file as it stands: of an encrypted one only the shape makes sense. */
export async function openLocked(source: ByteSource, known?: KnownObjects): Promise<PdfFile> {
  const input = await openInput(source);
  const tail = await findTail(input);
  const chain = await readXrefChain(input, tail.startxref);
  const [newest] = chain;
  if (!newest) throw new PadesError('broken_xref', 'no cross-reference section');
  const sections: PdfFile['sections'] = [newest, ...chain.slice(1)];
  const declared = newest.trailer.get('Size');
  const size = sections.flatMap(({ ranges, hybrid }) => [...ranges, ...(hybrid?.ranges ?? [])]).reduce((highest, [first, count]) => Math.max(highest, count > 0 ? first + count : 0), isInteger(declared) ? declared : 0);
  if (!(newest.trailer.get('Root') instanceof PdfRef)) throw new PadesError('broken_xref', 'the trailer has no /Root');

  const entry = async (number: number) => {
    for (const section of sections) {
      const found = await section.lookup(number);
      if (found) return found;
    }
    return undefined;
  };
  return { input, tail, sections, trailer: newest.trailer, size, entry, ...createResolver(input, entry, undefined, known) };
}

function createResolver(input: Input, entry: PdfFile['entry'], security?: Security, known: KnownObjects = createKnownObjects()): Resolver {
  const objects = new Map<number, PdfObject>();
  const objectStreams = new Map<number, ObjectStream>();
  let [read, decoded] = [0, 0];

  async function resolve(object: PdfObject): Promise<PdfObject> {
    let current = object;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops > 32) throw new PadesError('broken_xref', `references of object ${current.number} go round in a circle`);
      current = await load(current);
    }
    return current;
  }

  async function load({ number, generation }: PdfRef): Promise<PdfObject> {
    const known = objects.get(number);
    if (known !== undefined) return known;
    const found = await entry(number);
    if (!found || found.kind === 'free') return null;
    if (++read > MAX_READ) throw new PadesError('limit_exceeded', `more than ${MAX_READ} objects`);
    if (found.kind === 'offset' && found.generation !== generation) return null;
    const object = found.kind === 'offset' ? await loadPlain({ number, generation }, found.offset) : await loadCompressed(number, found);
    objects.set(number, object);
    return object;
  }

  async function loadPlain(ref: PdfRef, offset: number): Promise<PdfObject> {
    const at = offset + input.leading;
    const earlier = known.plain.get(at);
    if (earlier?.number === ref.number && earlier.end <= input.source.length && !security) return earlier.object;
    const { object, length: taken } = await parseAt(input, at, (parser) => ({ object: indirectObject(parser, ref.number, ref.generation), length: parser.position }));
    if (!security) {
      known.plain.set(at, { number: ref.number, object, end: at + taken });
      return object;
    }
    return security.decryptStrings(ref, object instanceof PdfStream ? new PdfStream(object.dict, object.data, ref) : object);
  }

  async function loadCompressed(number: number, { stream, index }: { stream: number; index: number }): Promise<PdfObject> {
    let container = objectStreams.get(stream);
    if (!container) {
      container = await loadObjectStream(stream);
      objectStreams.set(stream, container);
      decoded += container.length;
      for (const [oldest, { length }] of objectStreams) {
        if (decoded <= KEPT_DECODED || oldest === stream) break;
        objectStreams.delete(oldest);
        decoded -= length;
      }
    }
    const { numbers, object } = container;
    const position = numbers[index] === number ? index : numbers.indexOf(number);
    if (position < 0) throw new PadesError('broken_xref', `object ${number} is not in object stream ${stream}`);
    return object(position);
  }

  async function loadObjectStream(number: number): Promise<ObjectStream> {
    const found = await entry(number);
    if (found?.kind !== 'offset') throw new PadesError('broken_xref', `object stream ${number} is not where it should be`);
    const earlier = known.streams.get(found.offset);
    if (earlier && earlier.end <= input.source.length && !security) return earlier.container;
    const stream = await resolve(new PdfRef(number, found.generation));
    if (!(stream instanceof PdfStream)) throw new PadesError('broken_xref', `object ${number} is no object stream`);
    const container = readObjectStream(decodeStream(await streamBytes(stream), stream.dict), stream.dict);
    const length = stream.dict.get('Length');
    if (!security && typeof stream.data === 'number' && isInteger(length)) known.streams.set(found.offset, { container, end: stream.data + length });
    return container;
  }

  async function streamBytes({ data, dict, owner }: PdfStream): Promise<Uint8Array> {
    if (typeof data !== 'number') return data;
    const length = await resolve(dict.get('Length'));
    if (!isInteger(length) || length < 0) throw new PadesError('broken_xref', `the stream at byte ${data} has no /Length`);
    if (length > LONGEST_STREAM || data + length > input.source.length) throw new PadesError('broken_xref', `the stream at byte ${data} is longer than the file`);
    if (!(await endsAt(data + length))) throw new PadesError('broken_xref', `the stream at byte ${data} does not end where its /Length says`);
    const bytes = await input.source.read(data, length);
    return security && owner ? security.decryptStream(owner, dict, bytes) : bytes;
  }

  const endsAt = (position: number) => parseAt(input, position, (parser) => parser.keyword('endstream')).catch(() => false);

  return { resolve, streamBytes };
}

function indirectObject(parser: Parser, number: number, generation: number): PdfObject {
  if (parser.integer() !== number || parser.integer() !== generation || !parser.keyword('obj')) {
    throw new PadesError('broken_xref', `object ${number} ${generation} is not where the cross-reference says`);
  }
  // "1 0 obj endobj" is the null object to every viewer.
  if (parser.keyword('endobj')) return null;
  return parseWithStream(parser);
}

/** The catalog and its reference; with a revision over the file, as that has it. */
export async function readCatalog(file: PdfFile, resolver: Resolver = file): Promise<{ readonly ref: PdfRef; readonly catalog: PdfDict }> {
  const ref = file.trailer.get('Root');
  const catalog = await resolveDict(resolver, ref);
  if (!(ref instanceof PdfRef) || !catalog) throw new PadesError('broken_xref', 'the catalog cannot be read');
  return { ref, catalog };
}
