import { augmentPdf } from '../../ltv/augment-pdf.js';
import { fileSource } from '../file-source.js';
import { UsageError, passwordOf, readLevel, type Options } from './arguments.js';
import { connect } from './network.js';
import { hashWithProgress, refuseSameFile, writeAppended, type Console } from './output.js';

/** What `pades augment` reports. */
export interface AugmentOutcome {
  readonly output: string;
  readonly level: string;
  readonly appendedBytes: number;
}

export async function augmentCommand([input = '', output = '']: readonly string[], options: Options, console: Console): Promise<AugmentOutcome> {
  const level = readLevel(options.level, ['B-T', 'B-LT', 'B-LTA']);
  if (!level) throw new UsageError('augment needs --level');
  await refuseSameFile(input, output);
  const { timestamp, longTerm } = await connect(options);
  const source = await fileSource(input);
  try {
    const delta = await augmentPdf(source, { ...longTerm, ...passwordOf(options), level, crypto: globalThis.crypto, hash: hashWithProgress(source.length, console), ...(timestamp && { timestamp }) });
    await writeAppended(input, output, delta);
    return { output, level, appendedBytes: delta.length };
  } finally {
    await source.close();
  }
}
