import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { readIdentity, type BenchIdentity } from './read-identity.js';

/** What came out, in the order of the file; `follows` names the file that it is appended to. */
export interface Signed {
  readonly parts: readonly Uint8Array[];
  readonly follows?: string;
}

export type Sign = () => Promise<Signed>;
type Contender = (path: string, identity: BenchIdentity) => Promise<Sign>;

const WORDS = { reason: 'bench', contactInfo: 'bench', name: 'bench', location: 'bench' };
const ROOM = 16_384;

/** Processes that sign nothing: Node alone, and with our engine loaded. */
export const NODE = 'Node';
export const ENGINE = 'engine';
/** Not in the race: what the others are measured by. */
export const SHA = 'SHA-256 alone';
export const PARSE_AND_WRITE = 'ours, parse + write';
export const FROM_FILE = 'ours, from the file';
export const DELTA = 'ours, delta only';
export const ONE_BUFFER = 'ours, one buffer';
export const LIBPDF = '@libpdf/core';
export const PDF_LIB_FAMILY = ['@signpdf + pdf-lib', '@cantoo/pdf-lib incremental + @signpdf'] as const;

/** Each loads its library and its input before the clock starts, and signs from the bytes as read. */
export const CONTENDERS: Readonly<Record<string, Contender>> = {
  [SHA]: async (path) => {
    const input = await readFile(path);
    return async () => ({ parts: [createHash('sha256').update(input).digest()] });
  },
  [PARSE_AND_WRITE]: async (path) => {
    const { bytesSource, prepareSignature } = await import('../src/index.js');
    const input = await readFile(path);
    return async () => ({ parts: [(await prepareSignature(bytesSource(input), { create: { page: 1 }, reason: WORDS.reason, at: new Date(), contentsBytes: ROOM })).delta] });
  },
  [FROM_FILE]: async (path, identity) => {
    const { fileSource } = await import('../src/node/index.js');
    const sign = await oursWith(identity);
    return async () => {
      const source = await fileSource(path);
      const delta = await sign(source);
      await source.close();
      return { parts: [delta], follows: path };
    };
  },
  'ours, file to file': async (path, identity) => {
    const { nodeHash, signFile } = await import('../src/node/index.js');
    const signer = await readIdentity(identity);
    const output = `${path}.signed`;
    return async () => {
      await rm(output, { force: true });
      await signFile(path, output, { ...signature(signer), hash: nodeHash });
      return { parts: [], follows: output };
    };
  },
  [DELTA]: async (path, identity) => {
    const { bytesSource } = await import('../src/index.js');
    const [sign, input] = [await oursWith(identity), await readFile(path)];
    return async () => ({ parts: [await sign(bytesSource(input))], follows: path });
  },
  [ONE_BUFFER]: async (path, identity) => {
    const { bytesSource } = await import('../src/index.js');
    const [sign, input] = [await oursWith(identity), await readFile(path)];
    return async () => {
      const delta = await sign(bytesSource(input));
      const output = Buffer.allocUnsafeSlow(input.length + delta.length);
      output.set(input);
      output.set(delta, input.length);
      return { parts: [output] };
    };
  },
  '@signpdf + pdf-lib': async (path, identity) => {
    const { PDFDocument } = await import('pdf-lib');
    const { pdflibAddPlaceholder } = await import('@signpdf/placeholder-pdf-lib');
    const [finish, input] = [await signpdfWith(identity), await readFile(path)];
    return async () => {
      const pdfDoc = await PDFDocument.load(input);
      pdflibAddPlaceholder({ pdfDoc, ...WORDS, signatureLength: ROOM });
      return { parts: [await finish(await pdfDoc.save({ useObjectStreams: false }))] };
    };
  },
  '@cantoo/pdf-lib incremental + @signpdf': async (path, identity) => {
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const { addCantooPlaceholder } = await import('./cantoo-placeholder.js');
    const [finish, input] = [await signpdfWith(identity), await readFile(path)];
    return async () => {
      const document = await PDFDocument.load(input, { forIncrementalUpdate: true });
      addCantooPlaceholder(document, { ...WORDS, contentsBytes: ROOM });
      return { parts: [await finish(await document.commit({ useObjectStreams: false }))] };
    };
  },
  [LIBPDF]: async (path, identity) => {
    const { CryptoKeySigner, PDF } = await import('@libpdf/core');
    const { key, certificate, chain } = await readIdentity(identity);
    const isRsa = identity.keyType.startsWith('RSA');
    const signer = new CryptoKeySigner(key, certificate, isRsa ? 'RSA' : 'EC', isRsa ? 'RSASSA-PKCS1-v1_5' : 'ECDSA', [...chain]);
    const input = await readFile(path);
    return async () => {
      const pdf = await PDF.load(input);
      return { parts: [(await pdf.sign({ signer, level: 'B-B' })).bytes] };
    };
  },
};

/** Whether somebody can sign with such a key. */
export const canSign = (contender: string, keyType: string): boolean => keyType.startsWith('RSA') || !(PDF_LIB_FAMILY as readonly string[]).includes(contender);

async function oursWith(identity: BenchIdentity) {
  const { signPdf } = await import('../src/index.js');
  const { nodeHash } = await import('../src/node/index.js');
  const signer = await readIdentity(identity);
  return async (source: Parameters<typeof signPdf>[0]) => (await signPdf(source, { ...signature(signer), hash: nodeHash })).delta;
}

const signature = (signer: Awaited<ReturnType<typeof readIdentity>>) => ({ signer, create: { page: 1 }, reason: WORDS.reason, at: new Date() });

async function signpdfWith({ p12 = '', password = '' }: BenchIdentity) {
  const { SignPdf } = await import('@signpdf/signpdf');
  const { P12Signer } = await import('@signpdf/signer-p12');
  // A signer reads its PKCS#12 file at each signature, and only once.
  return async (bytes: Uint8Array) => new SignPdf().sign(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), new P12Signer(Buffer.from(p12, 'base64'), { passphrase: password }));
}
