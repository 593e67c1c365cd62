import { readFile } from 'node:fs/promises';
import type { LeftAlone } from '../../ltv/augment-pdf.js';
import { signFile, type SignFileOptions } from '../sign-file.js';
import { UsageError, passwordOf, readHashName, readChoice, readRect, type Options } from './arguments.js';
import { loadSigner } from './load-signer.js';
import { connect } from './network.js';
import { hashWithProgress, refuseSameFile, type Console } from './output.js';
import { readPng } from './read-png.js';
import { signOrRepair } from './sign-or-repair.js';

const LEVELS = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;

/** What `pades sign` reports. */
export interface SignOutcome {
  readonly output: string;
  readonly level: string;
  readonly timestampTime: string | null;
  readonly appendedBytes: number;
  /** What was done to a broken file before it was signed; empty where OUT begins with IN. */
  readonly repaired: readonly string[];
  /** Earlier signatures that could not be raised along. */
  readonly leftAlone: readonly LeftAlone[];
}

export async function signCommand([input = '', output = '']: readonly string[], options: Options, console: Console): Promise<SignOutcome> {
  checkKeyOptions(options);
  const level = readChoice(options.level, LEVELS) ?? (options.tsa === undefined ? 'B-B' : 'B-T');
  if (level !== 'B-B' && options.tsa === undefined) throw new UsageError(`${level} needs --tsa`);
  const create = readPlace(options);
  await refuseSameFile(input, output);
  const { reason, location, name } = options;
  const signer = await loadSigner(options, { hash: readHashName(options.hash), pss: options.pss ?? false });
  const { timestamp, longTerm } = await connect(options);
  const signing: SignFileOptions = {
    ...passwordOf(options),
    signer,
    hash: hashWithProgress(console),
    at: new Date(),
    ...(options.field !== undefined && { field: options.field }),
    ...(create && { create }),
    ...(options.image !== undefined && { appearance: readPng(new Uint8Array(await readFile(options.image))) }),
    ...(options.certify && { certify: true }),
    ...(reason !== undefined && { reason }),
    ...(location !== undefined && { location }),
    ...(name !== undefined && { name }),
    ...(timestamp && level !== 'B-B' && { timestamp }),
    ...((level === 'B-LT' || level === 'B-LTA') && { longTerm: { ...longTerm, level } }),
  };
  const signed = options['no-repair'] ? { ...(await signFile(input, output, signing)), repaired: [] } : await signOrRepair({ input, output }, signing);
  return { output, level: signed.level, timestampTime: signed.timestampTime?.toISOString() ?? null, appendedBytes: signed.appendedBytes, repaired: signed.repaired, leftAlone: signed.leftAlone ?? [] };
}

function checkKeyOptions({ p12, 'password-file': passwordFile, key, cert }: Options): void {
  if (p12 !== undefined ? key !== undefined || cert !== undefined || passwordFile === undefined : key === undefined || cert === undefined) {
    throw new UsageError('give either --p12 with --password-file, or --key with --cert');
  }
}

/** A new field where a page or a rectangle is named, or where no field is. */
function readPlace({ field, page, rect, image }: Options): { page: number; shown?: readonly [number, number, number, number] } | undefined {
  if (page !== undefined && !/^\d+$/.test(page)) throw new UsageError(`--page ${page} is no number`);
  if (image !== undefined && field === undefined && rect === undefined) throw new UsageError('--image needs a --field, or a --rect for a new one');
  if (field !== undefined && page === undefined && rect === undefined) return undefined;
  return { page: Number(page ?? 1), ...(rect !== undefined && { shown: readRect(rect) }) };
}
