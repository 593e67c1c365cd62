import { augmentPdf } from '../../ltv/augment-pdf.js';
import { appendToCopy } from '../append-to-copy.js';
import { UsageError, passwordOf, readChoice, type Options } from './arguments.js';
import { connect } from './network.js';
import { hashWithProgress, refuseSameFile, type Console } from './output.js';

/** What `pades augment` reports. */
export interface AugmentOutcome {
  readonly output: string;
  readonly level: string;
  readonly appendedBytes: number;
}

export async function augmentCommand([input = '', output = '']: readonly string[], options: Options, console: Console): Promise<AugmentOutcome> {
  const level = readChoice(options.level, ['B-T', 'B-LT', 'B-LTA']);
  if (!level) throw new UsageError('augment needs --level');
  await refuseSameFile(input, output);
  const { timestamp, longTerm } = await connect(options);
  const { delta } = await appendToCopy({ input, output }, async (source) => ({
    delta: await augmentPdf(source, { ...longTerm, ...passwordOf(options), level, crypto: globalThis.crypto, hash: hashWithProgress(console), ...(timestamp && { timestamp }) }),
  }));
  return { output, level, appendedBytes: delta.length };
}
