import { PadesError } from '../errors.js';
import { joinBytes } from '../hash.js';
import { resolveDict, resolveName, type Resolver } from '../pdf/resolver.js';
import { PdfDict, PdfRef, PdfStream, PdfString, isArray, isInteger, isName, type PdfObject } from '../pdf/objects.js';
import { decryptAes, encryptAes } from './aes.js';
import { deriveFileKey } from './file-key.js';
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
}

type Method = 'identity' | 'rc4' | 'aes128' | 'aes256';
type Cipher = (method: Method, ref: PdfRef, data: Uint8Array) => Promise<Uint8Array>;

const METHODS: Readonly<Record<string, Method>> = { None: 'identity', V2: 'rc4', AESV2: 'aes128', AESV3: 'aes256' };
const SALT = Uint8Array.of(0x73, 0x41, 0x6c, 0x54);

/** Unlocks a file with its user password; throws `encrypted`. */
export async function unlock(file: Resolver, trailer: PdfDict, password: string | undefined): Promise<Security> {
  const where = trailer.get('Encrypt');
  const encrypt = await resolveDict(file, where);
  if (!encrypt || (await resolveName(file, encrypt.get('Filter'))) !== 'Standard') throw new PadesError('encrypted', 'the file is encrypted, and not with a password');
  const number = async (key: string, otherwise: number) => {
    const value = await file.resolve(encrypt.get(key));
    return isInteger(value) ? value : otherwise;
  };
  const bytes = async (object: PdfObject) => {
    const value = await file.resolve(object);
    return value instanceof PdfString ? value.bytes : new Uint8Array();
  };
  const [version, revision] = [await number('V', 0), await number('R', 0)];
  if (![1, 2, 4, 5].includes(version) || revision < 2 || revision > 6 || (version === 5) !== revision >= 5) throw new PadesError('encrypted', `the file is encrypted in a way that is not known (V ${version}, R ${revision})`);
  const bits = version === 1 ? 40 : version === 4 ? 128 : await number('Length', 40);
  if (version < 5 && (bits < 40 || bits > 128)) throw new PadesError('encrypted', `the file is encrypted with a key of ${bits} bits`);
  const encryptMetadata = (await file.resolve(encrypt.get('EncryptMetadata'))) !== false;
  const id = await file.resolve(trailer.get('ID'));
  const key = await deriveFileKey(
    {
      revision,
      keyLength: revision === 2 ? 5 : bits >> 3,
      owner: await bytes(encrypt.get('O')),
      user: await bytes(encrypt.get('U')),
      userKey: await bytes(encrypt.get('UE')),
      permissions: await number('P', 0),
      encryptMetadata,
      id: await bytes(isArray(id) ? (id[0] ?? null) : null),
    },
    password ?? '',
  );
  if (!key) throw new PadesError('encrypted', password === undefined ? 'the file is encrypted, and its user password is not empty' : 'the file is encrypted, and this is not its user password');
  const filters = await readFilters(file, encrypt, version);
  return createSecurity(key, { ...filters, own: where instanceof PdfRef ? where.number : -1, encryptMetadata });
}

interface Filters {
  readonly strings: Method;
  readonly streams: Method;
  readonly named: ReadonlyMap<string, Method>;
}

async function readFilters(file: Resolver, encrypt: PdfDict, version: number): Promise<Filters> {
  if (version < 4) return { strings: 'rc4', streams: 'rc4', named: new Map() };
  const named = new Map<string, Method>([['Identity', 'identity']]);
  for (const [filter, object] of (await resolveDict(file, encrypt.get('CF')))?.entries ?? []) {
    const method = METHODS[(await resolveName(file, (await resolveDict(file, object))?.get('CFM') ?? null)) ?? 'None'];
    if (method && filter !== 'Identity') named.set(filter, method);
  }
  const usual = async (key: string) => methodOf(named, (await resolveName(file, encrypt.get(key))) ?? 'Identity');
  return { strings: await usual('StrF'), streams: await usual('StmF'), named };
}

function methodOf(named: ReadonlyMap<string, Method>, filter: string): Method {
  const method = named.get(filter);
  if (!method) throw new PadesError('encrypted', `the file is encrypted with a filter that is not known: ${filter}`);
  return method;
}

function createSecurity(key: Uint8Array, { strings, streams, named, own, encryptMetadata }: Filters & { own: number; encryptMetadata: boolean }): Security {
  const decrypt: Cipher = async (method, ref, data) => {
    if (method === 'identity' || data.length === 0) return data;
    return method === 'rc4' ? rc4(objectKey(key, method, ref), data) : decryptAes(objectKey(key, method, ref), data);
  };
  const encrypt: Cipher = async (method, ref, data) => {
    if (method === 'identity') return data;
    return method === 'rc4' ? rc4(objectKey(key, method, ref), data) : encryptAes(objectKey(key, method, ref), data);
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
  return { decryptStrings: reading.strings, decryptStream: reading.stream, encryptStrings: writing.strings, encryptStream: writing.stream };
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
  return new PdfDict(entries, object.ambiguous);
}
