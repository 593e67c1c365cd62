import type { Services } from '../../services.js';
import { readDataConfig, StartError } from '../config.js';
import { openData } from '../open-data.js';

/** One command of `sky-sign-server`; what it returns is the exit code: 0 good, 1 refused or not as it should be. */
export interface Command {
  readonly usage: string;
  readonly about: string;
  run(words: readonly string[], io: CommandIo): Promise<number>;
}

export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(line: string): void;
}

/** What commands need of the database; closed when `use` ends. Safe while a server runs on it. */
export async function withData<T>({ env }: CommandIo, use: (data: Pick<Services, 'crypto' | 'store' | 'keys'> & { masterKey: CryptoKey }) => Promise<T>): Promise<T> {
  const data = await openData(readDataConfig(env));
  try {
    return await use(data);
  } finally {
    await data.store.close();
  }
}

/** The word that a command wants at a place. */
export function wanted(word: string | undefined, what: string): string {
  if (word === undefined || word === '') throw new StartError(`${what} is missing.`);
  return word;
}
