import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isPadesError } from '../../errors.js';
import { repairPdf } from '../../repair/repair-pdf.js';
import type { Files } from '../append-to-copy.js';
import { whileUnfinished } from '../unfinished.js';
import { signFile, type SignFileOptions, type SignedFile } from '../sign-file.js';

/** Signs a file as it is; one that is broken and was never signed is rewritten first, and what was done is said. */
export async function signOrRepair({ input, output }: Files, options: SignFileOptions): Promise<SignedFile & { readonly repaired: readonly string[] }> {
  try {
    return { ...(await signFile(input, output, options)), repaired: [] };
  } catch (cause) {
    if (!isPadesError(cause) || (cause.code !== 'broken_xref' && cause.code !== 'not_pdf')) throw cause;
  }
  const { bytes, repaired } = await repairPdf(new Uint8Array(await readFile(input)), options);
  const rewritten = `${output}.${randomUUID()}.repaired`;
  return whileUnfinished(rewritten, async () => {
    try {
      const { mode } = await stat(input);
      await writeFile(rewritten, bytes, { flag: 'wx', mode: mode & 0o777 });
      return { ...(await signFile(rewritten, output, options)), repaired };
    } finally {
      await rm(rewritten, { force: true });
    }
  });
}
