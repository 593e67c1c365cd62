import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** How this code is read: from TypeScript, or built. */
export const extension = path.extname(fileURLToPath(import.meta.url));

/** A file that is run as a program of its own. Whoever asks may have been built into a chunk, in a folder beside it. */
export const entryFile = (name: string): string => path.join(path.dirname(fileURLToPath(import.meta.url)), '../node', name);
