import type { Security } from '../encryption/security.js';
import { unlock } from '../encryption/unlock.js';
import { PadesError, isPadesError } from '../errors.js';
import { decodeStream } from '../pdf/filters.js';
import { readObjectStream } from '../pdf/object-stream.js';
import { createWork } from '../pdf/work.js';
import { PdfRef, PdfStream, dictOf, isName, type PdfObject } from '../pdf/objects.js';
import type { Resolver } from '../pdf/resolver.js';
import type { FoundObject, Scan } from './scan-objects.js';

/** All object streams together, decoded. */
const MAX_DECODED = 512 << 20;

export interface Gathered {
  /** By number, the last one of each; as they stand in the file, encrypted where it is. */
  readonly objects: ReadonlyMap<number, FoundObject>;
  /** Members of object streams that cannot be read. */
  readonly unreadable: number;
}

/** The objects of a scan with what its object streams hold; throws `encrypted` where the password is another. */
export async function gatherObjects(scan: Scan, password: string | undefined): Promise<Gathered> {
  const security = await unlockScan(scan, password);
  const objects = new Map<number, FoundObject>();
  let [unreadable, decoded] = [0, 0];
  for (const found of scan.found) {
    const { ref, object } = found;
    if (object instanceof PdfStream && isName(object.dict.get('Type'), 'ObjStm')) {
      const added = await addMembers(objects, { ref, stream: object, security });
      unreadable += added.unreadable;
      decoded += added.decoded;
      if (decoded > MAX_DECODED) throw new PadesError('limit_exceeded', `object streams of more than ${MAX_DECODED} bytes`);
      continue;
    }
    // Of a linearized file, whose places are no longer true.
    if (!dictOf(object)?.has('Linearized')) objects.set(ref.number, found);
  }
  return { objects, unreadable };
}

async function unlockScan({ found, trailers }: Scan, password: string | undefined): Promise<Security | undefined> {
  const trailer = trailers.findLast((candidate) => candidate.has('Encrypt'));
  if (!trailer) return undefined;
  const resolve = async (object: PdfObject): Promise<PdfObject> => {
    let current = object;
    for (let hops = 0; current instanceof PdfRef && hops < 32; hops++) {
      const { number }: PdfRef = current;
      current = found.findLast(({ ref }) => ref.number === number)?.object ?? null;
    }
    return current;
  };
  const resolver: Resolver = {
    resolve,
    streamBytes: () => Promise.reject(locked()),
    decoded: () => Promise.reject(locked()),
    work: createWork(0),
  };
  return unlock(resolver, trailer, password);
}

const locked = () => new PadesError('encrypted', 'a stream was asked for before the file was unlocked');

/** Takes in what an object stream holds; counts what cannot be read. */
async function addMembers(objects: Map<number, FoundObject>, { ref, stream, security }: { ref: PdfRef; stream: PdfStream; security: Security | undefined }): Promise<{ unreadable: number; decoded: number }> {
  let [unreadable, decoded] = [0, 0];
  try {
    const data = stream.data as Uint8Array;
    const bytes = decodeStream(security ? await security.decryptStream(ref, stream.dict, data) : data, stream.dict);
    decoded = bytes.length;
    const { numbers, object } = readObjectStream(bytes, stream.dict);
    for (const [i, number] of numbers.entries()) {
      try {
        const own = new PdfRef(number);
        // Strings of members are not encrypted, those of other objects are (7.5.7).
        objects.set(number, { ref: own, object: security ? await security.encryptStrings(own, object(i)) : object(i) });
      } catch (cause) {
        if (!isPadesError(cause)) throw cause;
        unreadable++;
      }
    }
  } catch (cause) {
    if (!isPadesError(cause)) throw cause;
    unreadable++;
  }
  return { unreadable, decoded };
}
