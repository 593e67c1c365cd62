import type { Hash } from '../hash.js';
import { signPdf, type SignOptions, type SignedRevision } from '../sign/sign-pdf.js';
import { appendToCopy } from './append-to-copy.js';
import { nodeHash } from './node-hash.js';

export interface SignFileOptions extends Omit<SignOptions, 'hash'> {
  /** `nodeHash` by default. */
  readonly hash?: Hash;
}

export interface SignedFile extends Omit<SignedRevision, 'delta'> {
  readonly appendedBytes: number;
}

/** `signPdf` from one file to another in constant memory. The output appears whole or not at all; the same path twice replaces the file. */
export async function signFile(input: string, output: string, { hash = nodeHash, ...options }: SignFileOptions): Promise<SignedFile> {
  const { delta, ...signed } = await appendToCopy({ input, output }, (source) => signPdf(source, { ...options, hash }));
  return { ...signed, appendedBytes: delta.length };
}
