import { rmSync } from 'node:fs';

const unfinished = new Set<string>();

/** Remembers a file that is of no use before `work` is done, and forgets it then. */
export async function whileUnfinished<T>(file: string, work: () => Promise<T>): Promise<T> {
  unfinished.add(file);
  try {
    return await work();
  } finally {
    unfinished.delete(file);
  }
}

/** For a process that ends in the middle: at once, since nothing else runs any more. */
export function removeUnfinished(): void {
  for (const file of unfinished) rmSync(file, { force: true });
}
