import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { PdfDict, PdfStream, PdfString, isArray, isName, type PdfObject, type PdfRef } from '../pdf/objects.js';
import { decryptAes, encryptAes } from './aes.js';
import { md5 } from './md5.js';
import { rc4 } from './rc4.js';

/** The standard security handler of a file, unlocked (ISO 32000-2, 7.6). */
export interface Security {
  /** The strings of an indirect object, its streams' dictionaries included, as they are meant. */
  decryptStrings(ref: PdfRef, object: PdfObject): Promise<PdfObject>;
  encryptStrings(ref: PdfRef, object: PdfObject): Promise<PdfObject>;
  /** The data of a stream; its filters stay. */
  decryptStream(ref: PdfRef, dict: PdfDict, data: Uint8Array): Promise<Uint8Array>;
  encryptStream(ref: PdfRef, dict: PdfDict, data: Uint8Array): Promise<Uint8Array>;
  /** False where /Perms is not what /P and /EncryptMetadata say (AES-256, revision 6): somebody changed them. */
  readonly permissionsFit: boolean;
}

export type Method = 'identity' | 'rc4' | 'aes128' | 'aes256';
type Cipher = (method: Method, ref: PdfRef, data: Uint8Array) => Promise<Uint8Array>;

const SALT = Uint8Array.of(0x73, 0x41, 0x6c, 0x54);

export interface Filters {
  readonly strings: Method;
  readonly streams: Method;
  /** What /CF defines, by name; a stream may name one of its own. */
  readonly named: ReadonlyMap<string, Method>;
}

export interface SecurityOptions extends Filters {
  /** The number of the object that /Encrypt is; its strings are never encrypted. */
  readonly own: number;
  readonly encryptMetadata: boolean;
  readonly permissionsFit: boolean;
}

/** Without a key, what is encrypted throws `encrypted` when it is touched. */
export function createSecurity(key: Uint8Array | undefined, { strings, streams, named, own, encryptMetadata, permissionsFit }: SecurityOptions): Security {
  const keyOf = (method: Method, ref: PdfRef) => {
    if (!key) throw new PadesError('encrypted', `object ${ref.number} opens with a password only`);
    return objectKey(key, method, ref);
  };
  const decrypt: Cipher = async (method, ref, data) => {
    if (method === 'identity' || data.length === 0) return data;
    return method === 'rc4' ? rc4(keyOf(method, ref), data) : decryptAes(keyOf(method, ref), data);
  };
  const encrypt: Cipher = async (method, ref, data) => {
    if (method === 'identity') return data;
    return method === 'rc4' ? rc4(keyOf(method, ref), data) : encryptAes(keyOf(method, ref), data);
  };
  const streamMethod = (dict: PdfDict): Method => {
    if (isName(dict.get('Type'), 'XRef')) return 'identity';
    const filter = firstOf(dict.get('Filter'));
    const parameters = firstOf(dict.get('DecodeParms'));
    const chosen = parameters instanceof PdfDict ? parameters.get('Name') : null;
    if (isName(filter, 'Crypt')) return methodOf(named, isName(chosen) ? chosen.value : 'Identity');
    return !encryptMetadata && isName(dict.get('Type'), 'Metadata') ? 'identity' : streams;
  };
  const through = (cipher: Cipher) => ({
    strings: async (ref: PdfRef, object: PdfObject) => (ref.number === own || strings === 'identity' ? object : mapStrings(object, (data) => cipher(strings, ref, data))),
    stream: (ref: PdfRef, dict: PdfDict, data: Uint8Array) => cipher(streamMethod(dict), ref, data),
  });
  const [reading, writing] = [through(decrypt), through(encrypt)];
  return { permissionsFit, decryptStrings: reading.strings, decryptStream: reading.stream, encryptStrings: writing.strings, encryptStream: writing.stream };
}

export function methodOf(named: ReadonlyMap<string, Method>, filter: string): Method {
  const method = named.get(filter);
  if (!method) throw new PadesError('encrypted', `the file is encrypted with a filter that is not known: ${filter}`);
  return method;
}

const firstOf = (object: PdfObject): PdfObject => (isArray(object) ? (object[0] ?? null) : object);

/** Algorithm 1; with AES-256 it is the key of the file (1.A). */
function objectKey(key: Uint8Array, method: Method, { number, generation }: PdfRef): Uint8Array {
  if (method === 'aes256') return key;
  const place = Uint8Array.of(number, number >> 8, number >> 16, generation, generation >> 8);
  return md5(joinBytes([key, place, method === 'aes128' ? SALT : new Uint8Array()])).subarray(0, Math.min(key.length + 5, 16));
}

/** A copy with other strings; never the /Contents of a signature (7.6.2). */
async function mapStrings(object: PdfObject, change: (bytes: Uint8Array) => Promise<Uint8Array>): Promise<PdfObject> {
  if (object instanceof PdfString) return new PdfString(await change(object.bytes), true, object.span);
  if (object instanceof PdfStream) return new PdfStream((await mapStrings(object.dict, change)) as PdfDict, object.data, object.owner);
  if (isArray(object)) return Promise.all(object.map((item) => mapStrings(item, change)));
  if (!(object instanceof PdfDict)) return object;
  const isSignature = object.has('ByteRange');
  const entries = new Map<string, PdfObject>();
  for (const [key, value] of object.entries) entries.set(key, isSignature && key === 'Contents' ? value : await mapStrings(value, change));
  return new PdfDict(entries, object);
}
