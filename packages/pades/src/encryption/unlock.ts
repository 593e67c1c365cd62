import { PadesError } from '../errors.js';
import { PdfRef, PdfString, isArray, isInteger, type PdfDict, type PdfObject } from '../pdf/objects.js';
import { resolveDict, resolveName, type Resolver } from '../pdf/resolver.js';
import { deriveFileKey, permissionsFit, type KeyMaterial } from './file-key.js';
import { createSecurity, methodOf, type Filters, type Method, type Security } from './security.js';

const METHODS: Readonly<Record<string, Method>> = { None: 'identity', V2: 'rc4', AESV2: 'aes128', AESV3: 'aes256' };

/** Unlocks a file with its user or owner password (ISO 32000-2, 7.6); throws `encrypted`. */
export async function unlock(file: Resolver, trailer: PdfDict, password: string | undefined): Promise<Security> {
  const where = trailer.get('Encrypt');
  const encrypt = await resolveDict(file, where);
  if (!encrypt || (await resolveName(file, encrypt.get('Filter'))) !== 'Standard') throw new PadesError('encrypted', 'the file is encrypted, and not with a password');
  const { version, material } = await readMaterial(file, encrypt, trailer);
  const filters = await readFilters(file, encrypt, version);
  const key = await deriveFileKey(material, password ?? '');
  // Where only attachments are encrypted (/EFF), everything else opens without a password.
  const open = key ?? (password === undefined && filters.strings === 'identity' && filters.streams === 'identity' ? undefined : refuse(password));
  const encryptMetadata = version < 4 || material.encryptMetadata;
  return createSecurity(open, { ...filters, encryptMetadata, own: where instanceof PdfRef ? where.number : -1, permissionsFit: open === undefined || (await permissionsFit(material, open)) });
}

function refuse(password: string | undefined): never {
  throw new PadesError('encrypted', password === undefined ? 'the file is encrypted, and its user password is not empty' : 'the file is encrypted, and this is neither its user nor its owner password');
}

async function readMaterial(file: Resolver, encrypt: PdfDict, trailer: PdfDict): Promise<{ version: number; material: KeyMaterial }> {
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
  const id = await file.resolve(trailer.get('ID'));
  return {
    version,
    material: {
      revision,
      keyLength: revision === 2 ? 5 : keyBits(version, await number('Length', 40)) >> 3,
      owner: await bytes(encrypt.get('O')),
      user: await bytes(encrypt.get('U')),
      ownerKey: await bytes(encrypt.get('OE')),
      userKey: await bytes(encrypt.get('UE')),
      permissions: await number('P', 0),
      sealedPermissions: await bytes(encrypt.get('Perms')),
      encryptMetadata: (await file.resolve(encrypt.get('EncryptMetadata'))) !== false,
      id: await bytes(isArray(id) ? (id[0] ?? null) : null),
    },
  };
}

function keyBits(version: number, length: number): number {
  if (version !== 2) return version === 1 ? 40 : 128;
  // Some writers say it in bytes.
  const bits = length < 40 ? length * 8 : length;
  if (bits < 40 || bits > 128) throw new PadesError('encrypted', `the file is encrypted with a key of ${length} bits`);
  return bits;
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
