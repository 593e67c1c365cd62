import { PadesError } from '../errors.js';
import { ownBytes, toHex } from '../hash.js';
import { fromLatin1 } from '../pdf/characters.js';
import { readCatalog, resolveArray, resolveDict, type PdfFile, type Resolver } from '../pdf/file.js';
import { deflate } from '../pdf/filters.js';
import type { PdfDict } from '../pdf/objects.js';
import { PdfRef, PdfStream, dict, name, type PdfObject } from '../pdf/objects.js';
import type { Revision } from '../pdf/revision.js';
import { equalObjects } from '../difference/equal-objects.js';

/** DER certificates, OCSP responses and revocation lists. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** Keys in the DSS and in an entry of its VRI (ISO 32000-2, 12.8.4.3 and 12.8.4.4). */
const KINDS = [
  { of: 'certificates', key: 'Certs', vri: 'Cert' },
  { of: 'ocsps', key: 'OCSPs', vri: 'OCSP' },
  { of: 'crls', key: 'CRLs', vri: 'CRL' },
] as const;

/** What the file carries; empty where it has no DSS. */
export async function readDss(file: PdfFile): Promise<ValidationData> {
  const { catalog } = await readCatalog(file);
  const dss = await resolveDict(file, catalog.get('DSS'));
  const read = async (key: string) => (await readStreams(file, dss?.get(key) ?? null)).map(({ bytes }) => bytes);
  return { certificates: await read('Certs'), ocsps: await read('OCSPs'), crls: await read('CRLs') };
}

/** The key of a signature in the VRI: SHA-1 over its whole /Contents with the padding, in upper-case hexadecimal. */
export async function vriKey(crypto: Crypto, contents: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', ownBytes(contents)));
  return toHex(digest).toUpperCase();
}

/** Adds validation data by signature to the DSS. What is there stays, entries of the VRI too: other validators take a changed one for an attack. */
export async function extendDss(revision: Revision, bySignature: ReadonlyMap<string, ValidationData>): Promise<void> {
  const { ref: catalogRef, catalog } = await readCatalog(revision.file, revision);
  const where = catalog.get('DSS');
  const dss = (await resolveDict(revision, where)) ?? dict({ Type: name('DSS') });
  const vri = (await resolveDict(revision, dss.get('VRI'))) ?? dict({});
  const lists: Record<string, PdfObject> = {};
  const entries: Record<string, PdfDict> = {};
  for (const { of, key, vri: short } of KINDS) {
    const known = await readStreams(revision, dss.get(key));
    const refs = new Map(known.map(({ ref, bytes }) => [fromLatin1(bytes), ref]));
    const refOf = (der: Uint8Array) => {
      const text = fromLatin1(der);
      const ref = refs.get(text) ?? revision.add(new PdfStream(dict({ Filter: name('FlateDecode') }), deflate(der)));
      refs.set(text, ref);
      return ref;
    };
    for (const [signature, data] of bySignature) {
      const listed = data[of].map(refOf);
      if (!vri.has(signature) && listed.length > 0) entries[signature] = (entries[signature] ?? dict({})).with({ [short]: listed });
    }
    const listed = await extendList(revision, dss, { key, refs: [...refs.values()] });
    if (listed !== dss) lists[key] = listed.get(key);
  }
  const vriPlace = dss.get('VRI');
  const hasMore = Object.keys(entries).length > 0;
  if (hasMore && vriPlace instanceof PdfRef) revision.set(vriPlace, vri.with(entries));
  const next = dss.with({ ...lists, ...(hasMore && !(vriPlace instanceof PdfRef) && { VRI: vri.with(entries) }) });
  if (equalObjects(next, dss)) return;
  if (where instanceof PdfRef) revision.set(where, next);
  else revision.set(catalogRef, catalog.with({ DSS: catalog.has('DSS') ? next : revision.add(next) }));
}

/** The dictionary with more references in one of its arrays; an array that is an object of its own is changed there. */
async function extendList(revision: Revision, holder: PdfDict, { key, refs }: { key: string; refs: readonly PdfRef[] }): Promise<PdfDict> {
  const where = holder.get(key);
  const old = (await resolveArray(revision, where)) ?? [];
  const more = refs.filter((ref, i) => refs.indexOf(ref) === i && !old.some((item) => equalObjects(item, ref)));
  if (more.length === 0) return holder;
  if (!(where instanceof PdfRef)) return holder.with({ [key]: [...old, ...more] });
  revision.set(where, [...old, ...more]);
  return holder;
}

async function readStreams(file: Resolver, list: PdfObject): Promise<{ ref: PdfRef; bytes: Uint8Array }[]> {
  const found: { ref: PdfRef; bytes: Uint8Array }[] = [];
  for (const ref of (await resolveArray(file, list)) ?? []) {
    const stream = await file.resolve(ref);
    if (!(ref instanceof PdfRef) || !(stream instanceof PdfStream)) throw new PadesError('malformed_signature', 'the DSS holds something else than streams');
    found.push({ ref, bytes: await file.decoded(stream) });
  }
  return found;
}
