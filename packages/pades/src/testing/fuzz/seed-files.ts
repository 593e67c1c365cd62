import { bytesSource } from '../../byte-source.js';
import { preparePdf } from '../../form/prepare-pdf.js';
import { readFields } from '../../form/fields.js';
import { joinBytes } from '../../hash.js';
import { openPdf, readCatalog } from '../../pdf/file.js';
import { PdfRef, dictOf, isArray, type PdfObject } from '../../pdf/objects.js';
import { readPages } from '../../pdf/pages.js';
import type { PdfFile } from '../../pdf/file.js';
import { authorities, prepared, sign, signedByCity, signedByContractor, validate } from '../envelope.js';
import { augmented, createWorld, signIn, validateIn, withFields, type World } from '../long-term.js';
import { ONE_PAGE, rawPdf } from '../raw-pdf.js';
import { samplePdf } from '../sample-pdf.js';
import type { SeedFacts, SeedFile } from './mutation.js';

export interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly anchors: readonly Uint8Array[];
}

export interface SeedWorld {
  readonly files: readonly SeedFile[];
  /** Raises files whose name begins with `world`. */
  readonly world: World | undefined;
}

/** Files of several kinds, made and signed now: new keys, and so other bytes, in every run. */
export async function makeSeedFiles(): Promise<SeedWorld> {
  const world = await createWorld();
  const { pki } = await authorities();
  const contract = await signedByContractor(await prepared());
  const plain = await samplePdf({ pages: 1 });
  const anchors = [pki.root.certificate];
  const rsa = await pki.issue({ commonName: 'RSA', usage: 'signer', keyType: 'RSA-2048' });
  const signedOnce = await signIn(world, await withFields(2), { field: 'seal1' });
  const files: StoredFile[] = [
    { name: 'contract, one of two', bytes: contract, anchors },
    { name: 'contract, both', bytes: await signedByCity(contract), anchors },
    { name: 'contract with object streams', bytes: await signedByContractor(await prepared(await samplePdf({ objectStreams: true }))), anchors },
    { name: 'certified', bytes: await sign(plain, { create: { page: 1 }, certify: true, signer: { crypto: globalThis.crypto, ...rsa } }), anchors },
    { name: 'something missing', bytes: await signedOverMissing(), anchors },
    ...[
      { name: 'world, B-B', bytes: await signIn(world, await withFields(2), { field: 'seal1', stamped: false }) },
      { name: 'world, B-LT', bytes: await augmented(world, signedOnce, { level: 'B-LT' }) },
      { name: 'world, B-LTA with object streams', bytes: await augmented(world, await signIn(world, await withFields(2, true), { field: 'seal1' }), { level: 'B-LTA' }) },
    ].map((file) => ({ ...file, anchors: [world.pki.root.certificate] })),
  ];
  for (const { name, bytes, anchors: roots } of files) {
    const { ok } = roots === anchors ? await validate(bytes) : await validateIn(world, bytes);
    if (!ok) throw new Error(`${name} is not valid to begin with`);
  }
  return { files: await Promise.all(files.map(explore)), world };
}

/** The number of the content stream that a signed page refers to and that is not there. */
export const MISSING = 900;

async function signedOverMissing(): Promise<Uint8Array> {
  const base = rawPdf({ ...ONE_PAGE, 3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents ${MISSING} 0 R >>` });
  const ready = joinBytes([base, await preparePdf(bytesSource(base), { fields: [{ kind: 'signature', name: 'one', page: 1, rect: [10, 10, 50, 50] }] })]);
  return sign(ready, { field: 'one' });
}

/** Reads what mutations need to know of a file. */
export async function explore({ name, bytes, anchors }: StoredFile): Promise<SeedFile> {
  const file = await openPdf(bytesSource(bytes));
  const { ref, catalog } = await readCatalog(file);
  const pages = await readPages(file);
  const gaps = findGaps(bytes);
  const [, last] = gaps.at(-1) ?? [0, 0];
  const facts: SeedFacts = { file, catalog: { ref, dict: catalog }, pages, fields: await readFields(file), content: await contentOf(file, catalog.get('Pages')), gaps, end: last + lengthAfter(bytes, last), startxref: file.tail.startxref };
  return { name, bytes, anchors, facts };
}

const BYTE_RANGE = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/g;
const textOf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

function findGaps(bytes: Uint8Array): (readonly [number, number])[] {
  const gaps = [...textOf(bytes).matchAll(BYTE_RANGE)].map(([, from, to]) => [Number(from), Number(to)] as const);
  return gaps.sort(([, a], [, b]) => a - b);
}

function lengthAfter(bytes: Uint8Array, gapEnd: number): number {
  const [, , , rest] = [...textOf(bytes).matchAll(BYTE_RANGE)].find(([, , to]) => Number(to) === gapEnd) ?? [];
  return Number(rest ?? 0);
}

/** The page tree, contents and resources; no annotations, whose appearances a signer may be allowed to change. */
async function contentOf(file: PdfFile, root: PdfObject): Promise<SeedFacts['content']> {
  const found = new Map<number, { ref: PdfRef; object: PdfObject }>();
  const pending: PdfObject[] = [root];
  while (pending.length > 0) {
    const next = pending.pop() ?? null;
    if (next instanceof PdfRef && found.has(next.number)) continue;
    const object = await file.resolve(next);
    if (next instanceof PdfRef && object !== null) found.set(next.number, { ref: next, object });
    for (const [key, value] of dictOf(object)?.entries ?? []) if (key !== 'Annots') pending.push(value);
    if (isArray(object)) pending.push(...object);
  }
  return [...found.values()];
}
