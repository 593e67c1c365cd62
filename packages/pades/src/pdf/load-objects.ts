import type { Security } from '../encryption/security.js';
import { PadesError, isPadesError } from '../errors.js';
import { decodeStream } from './filters.js';
import { parseAt, type Input } from './input.js';
import { readObjectStream, type ObjectStream } from './object-stream.js';
import { PdfRef, PdfStream, isInteger, type PdfObject } from './objects.js';
import { Parser, WindowEnd, parseWithStream, type Window } from './parser.js';
import type { Resolver } from './resolver.js';
import { createWork, type Work } from './work.js';
import type { XrefEntry, XrefSection } from './xref.js';

const MAX_READ = 2_000_000;
/** Decoded object streams that are kept, in bytes. */
const KEPT_DECODED = 64 << 20;
const LONGEST_STREAM = 512 << 20;
/** Read at once for many objects. */
const WINDOW = 256 << 10;
const MOST_AT_ONCE = 500_000;
/** Nearly every object is shorter; a longer one that the window cuts off is read by itself. */
const LEAST_AHEAD = 4 << 10;

/**
 * What has been read of one file, by where it stands, for all of its states: the same bytes are the same object. Only for
 * states that end behind it, so that a shorter one sees no more than it has.
 */
export interface KnownObjects {
  readonly plain: Map<number, { readonly number: number; readonly object: PdfObject; readonly end: number }>;
  readonly streams: Map<number, { readonly container: ObjectStream; readonly end: number }>;
  /** Streams that were asked for decoded, with the length that they have encoded. */
  readonly decoded: Map<PdfStream, { readonly bytes: Uint8Array; readonly length: number }>;
  /** Done for all states together. */
  readonly work: Work;
}

/** For a source of this many bytes. */
export const createKnownObjects = (length: number): KnownObjects => ({ plain: new Map(), streams: new Map(), decoded: new Map(), work: createWork(length) });

/** The objects of one state of a file. */
export interface ObjectLoader extends Resolver {
  /** Reads what it can of the objects in these ranges at once, which is faster than one by one; the others wait until they are asked for. */
  loadAll(ranges: XrefSection['ranges']): Promise<void>;
  /** An object that has been read; undefined too where that is not known. */
  loaded(number: number): PdfObject | undefined;
}

export interface Loading {
  entry(number: number): Promise<XrefEntry | undefined>;
  readonly security?: Security;
  readonly known?: KnownObjects | undefined;
}

export function createLoader(input: Input, { entry, security, known = createKnownObjects(input.source.length) }: Loading): ObjectLoader {
  const objects = new Map<number | string, PdfObject>();
  const objectStreams = new Map<number, ObjectStream>();
  /** One that cannot be read is not tried for each of its objects. */
  const broken = new Map<number, PadesError>();
  const { work } = known;
  let [read, kept] = [0, 0];

  async function resolve(object: PdfObject): Promise<PdfObject> {
    let current = object;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops > 32) throw new PadesError('broken_xref', `references of object ${current.number} go round in a circle`);
      current = await load(current);
    }
    return current;
  }

  async function load({ number, generation }: PdfRef): Promise<PdfObject> {
    const name = nameOf(number, generation);
    const known = objects.get(name);
    if (known !== undefined) return known;
    const found = await entry(number);
    if (!found || found.kind === 'free') return null;
    count();
    if (found.kind === 'offset' && found.generation !== generation) return null;
    const object = found.kind === 'offset' ? await loadPlain({ number, generation }, found.offset) : await loadCompressed(number, found);
    objects.set(name, object);
    return object;
  }

  async function loadPlain(ref: PdfRef, offset: number): Promise<PdfObject> {
    const at = offset + input.leading;
    const earlier = known.plain.get(at);
    if (earlier?.number === ref.number && earlier.end <= input.source.length && !security) return earlier.object;
    work.parsed(0);
    const { object, length: taken } = await parseAt(input, at, (parser) => {
      try {
        return { object: indirectObject(parser, ref.number, ref.generation), length: parser.position };
      } finally {
        work.parsed(parser.position);
      }
    });
    if (!security) {
      known.plain.set(at, { number: ref.number, object, end: at + taken });
      return object;
    }
    return security.decryptStrings(ref, object instanceof PdfStream ? new PdfStream(object.dict, object.data, ref) : object);
  }

  function count(): void {
    if (++read > MAX_READ) throw new PadesError('limit_exceeded', `more than ${MAX_READ} objects`);
  }

  async function loadAll(ranges: XrefSection['ranges']): Promise<void> {
    // What is encrypted is decrypted one by one.
    if (security) return;
    const plain: { readonly number: number; readonly generation: number; readonly at: number }[] = [];
    const inStreams: { readonly number: number; readonly stream: number; readonly index: number }[] = [];
    for (const number of firstNumbers(ranges)) {
      const found = await entry(number);
      if (found?.kind === 'offset') plain.push({ number, generation: found.generation, at: found.offset + input.leading });
      else if (found?.kind === 'compressed') inStreams.push({ number, ...found });
    }
    plain.sort((a, b) => a.at - b.at);
    inStreams.sort((a, b) => a.stream - b.stream);
    let window: PlacedWindow = { bytes: new Uint8Array(), origin: 0, final: false };
    for (const { number, generation, at } of plain) {
      if (at >= input.source.length) continue;
      if (at < window.origin || at + LEAST_AHEAD > window.origin + window.bytes.length) window = await readWindow(at);
      const object = tryParse(window, at, (parser) => (standsHere(parser, number, generation) ? behindHeader(parser) : undefined), work);
      if (object === undefined) continue;
      count();
      objects.set(nameOf(number, generation), object.value);
      known.plain.set(at, { number, object: object.value, end: object.end });
    }
    for (const { number, ...place } of inStreams) {
      work.parsed(0);
      work.inflated(0);
      const object = await loadCompressed(number, place).catch(unlessForeign);
      if (object === undefined) continue;
      count();
      objects.set(number, object);
    }
  }

  async function readWindow(at: number): Promise<PlacedWindow> {
    const bytes = await input.source.read(at, WINDOW);
    return { bytes, origin: at, final: at + bytes.length >= input.source.length };
  }

  async function loadCompressed(number: number, { stream, index }: { stream: number; index: number }): Promise<PdfObject> {
    let container = objectStreams.get(stream);
    if (!container) {
      container = await loadObjectStream(stream);
      objectStreams.set(stream, container);
      kept += container.length;
      for (const [oldest, { length }] of objectStreams) {
        if (kept <= KEPT_DECODED || oldest === stream) break;
        objectStreams.delete(oldest);
        kept -= length;
      }
    }
    const position = container.positionOf(number, index);
    if (position === undefined) throw new PadesError('broken_xref', `object ${number} is not in object stream ${stream}`);
    return container.object(position);
  }

  async function loadObjectStream(number: number): Promise<ObjectStream> {
    const failed = broken.get(number);
    if (failed) throw failed;
    try {
      return await readContainer(number);
    } catch (cause) {
      if (isPadesError(cause)) broken.set(number, cause);
      throw cause;
    }
  }

  async function readContainer(number: number): Promise<ObjectStream> {
    const found = await entry(number);
    if (found?.kind !== 'offset') throw new PadesError('broken_xref', `object stream ${number} is not where it should be`);
    const earlier = known.streams.get(found.offset);
    if (earlier && earlier.end <= input.source.length && !security) return earlier.container;
    const stream = await resolve(new PdfRef(number, found.generation));
    if (!(stream instanceof PdfStream)) throw new PadesError('broken_xref', `object ${number} is no object stream`);
    const container = readObjectStream(decodeStream(await streamBytes(stream), stream.dict, work), stream.dict, work);
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

  async function decoded(stream: PdfStream): Promise<Uint8Array> {
    const raw = await streamBytes(stream);
    const earlier = known.decoded.get(stream);
    // The same place and the same length: the same bytes.
    if (earlier?.length === raw.length && !security) return earlier.bytes;
    const bytes = decodeStream(raw, stream.dict, work);
    if (!security && typeof stream.data === 'number') known.decoded.set(stream, { bytes, length: raw.length });
    return bytes;
  }

  const endsAt = (position: number) => parseAt(input, position, (parser) => parser.keyword('endstream')).catch(() => false);

  return { resolve, streamBytes, decoded, work, loadAll, loaded: (number) => objects.get(number) };
}

function firstNumbers(ranges: XrefSection['ranges']): Set<number> {
  const numbers = new Set<number>();
  let left = MOST_AT_ONCE;
  for (const [first, count] of ranges) for (let i = 0; i < count && left > 0; i++, left--) numbers.add(first + i);
  return numbers;
}

/** Nearly every object has generation 0. */
const nameOf = (number: number, generation: number): number | string => (generation === 0 ? number : `${number} ${generation}`);

type PlacedWindow = Window & { readonly origin: number };

/** What stands at a position of the file, if all of it lies in the window and can be read. */
function tryParse(window: PlacedWindow, at: number, parse: (parser: Parser) => PdfObject | undefined, work: Work): { readonly value: PdfObject; readonly end: number } | undefined {
  const parser = new Parser(window, at - window.origin);
  try {
    const value = parse(parser);
    return value === undefined ? undefined : { value, end: window.origin + parser.position };
  } catch (cause) {
    return cause instanceof WindowEnd ? undefined : unlessForeign(cause);
  } finally {
    work.parsed(parser.position - (at - window.origin));
  }
}

/** What cannot be read waits until somebody asks for it. */
function unlessForeign(cause: unknown): undefined {
  if (!isPadesError(cause)) throw cause;
  return undefined;
}

function indirectObject(parser: Parser, number: number, generation: number): PdfObject {
  if (!standsHere(parser, number, generation)) throw new PadesError('broken_xref', `object ${number} ${generation} is not where the cross-reference says`);
  return behindHeader(parser);
}

const standsHere = (parser: Parser, number: number, generation: number): boolean => parser.integer() === number && parser.integer() === generation && parser.keyword('obj');

/** "1 0 obj endobj" is the null object to every viewer. */
const behindHeader = (parser: Parser): PdfObject => (parser.keyword('endobj') ? null : parseWithStream(parser));

