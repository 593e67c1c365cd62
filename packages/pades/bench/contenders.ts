import { readFile } from 'node:fs/promises';
import { importIdentity } from '@sky-sign/testkit';
import { PASSWORD, type BenchIdentity } from './identity.js';

/** One signature: what came out, where it is kept. */
export type Sign = () => Promise<readonly Uint8Array[]>;
type Contender = (path: string, identity: BenchIdentity) => Promise<Sign>;

const WORDS = { reason: 'bench', contactInfo: 'bench', name: 'bench', location: 'bench' };
const ROOM = 16_384;

/** Each loads its library and its input before the clock starts, and signs from the bytes as read. */
export const CONTENDERS = {
  'ours, from the file': async (path, identity) => {
    const { fileSource } = await import('../src/node/index.js');
    const sign = await oursWith(identity);
    return async () => {
      const source = await fileSource(path);
      const delta = await sign(source);
      await source.close();
      return [delta];
    };
  },
  'ours, delta only': async (path, identity) => {
    const { bytesSource } = await import('../src/index.js');
    const [sign, input] = [await oursWith(identity), await readFile(path)];
    return async () => [input, await sign(bytesSource(input))];
  },
  'ours, one buffer': async (path, identity) => {
    const { bytesSource } = await import('../src/index.js');
    const [sign, input] = [await oursWith(identity), await readFile(path)];
    return async () => {
      const delta = await sign(bytesSource(input));
      const output = Buffer.allocUnsafeSlow(input.length + delta.length);
      output.set(input);
      output.set(delta, input.length);
      return [output];
    };
  },
  '@signpdf + pdf-lib': async (path, identity) => {
    const { PDFDocument } = await import('pdf-lib');
    const { pdflibAddPlaceholder } = await import('@signpdf/placeholder-pdf-lib');
    const [finish, input] = [await signpdfWith(identity), await readFile(path)];
    return async () => {
      const pdfDoc = await PDFDocument.load(input);
      pdflibAddPlaceholder({ pdfDoc, ...WORDS, signatureLength: ROOM });
      return [await finish(await pdfDoc.save({ useObjectStreams: false }))];
    };
  },
  '@cantoo/pdf-lib incremental + @signpdf': async (path, identity) => {
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const { addCantooPlaceholder } = await import('./cantoo-placeholder.js');
    const [finish, input] = [await signpdfWith(identity), await readFile(path)];
    return async () => {
      const document = await PDFDocument.load(input, { forIncrementalUpdate: true });
      addCantooPlaceholder(document, { ...WORDS, contentsBytes: ROOM });
      return [await finish(await document.commit({ useObjectStreams: false }))];
    };
  },
  '@libpdf/core 0.4.2': async (path, identity) => {
    const { CryptoKeySigner, PDF } = await import('@libpdf/core');
    const { key, certificate, chain } = await importIdentity(globalThis.crypto, identity.stored);
    const signer = new CryptoKeySigner(key, certificate, 'RSA', 'RSASSA-PKCS1-v1_5', [...chain]);
    const input = await readFile(path);
    return async () => {
      const pdf = await PDF.load(input);
      return [(await pdf.sign({ signer, level: 'B-B' })).bytes];
    };
  },
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof CONTENDERS;

async function oursWith(identity: BenchIdentity) {
  const { signPdf } = await import('../src/index.js');
  const { nodeHash } = await import('../src/node/index.js');
  const signer = { crypto: globalThis.crypto, ...(await importIdentity(globalThis.crypto, identity.stored)) };
  return async (source: Parameters<typeof signPdf>[0]) => (await signPdf(source, { signer, hash: nodeHash, create: { page: 1 }, reason: WORDS.reason, at: new Date() })).delta;
}

async function signpdfWith(identity: BenchIdentity) {
  const { SignPdf } = await import('@signpdf/signpdf');
  const { P12Signer } = await import('@signpdf/signer-p12');
  const p12 = Buffer.from(identity.p12, 'base64');
  // A signer reads its PKCS#12 file at each signature, and only once.
  return async (bytes: Uint8Array) => new SignPdf().sign(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), new P12Signer(p12, { passphrase: PASSWORD }));
}
