import { chmod, open } from 'node:fs/promises';

/** Makes sure that a file is there and for this user alone, whatever its folder was made with; SQLite gives the files beside it the same mode. */
export async function ownFile(file: string): Promise<string> {
  await (await open(file, 'a', 0o600)).close();
  await chmod(file, 0o600);
  return file;
}
