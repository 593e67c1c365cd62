import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explore, makeSeedFiles, type SeedWorld } from '../../testing/fuzz/seed-files.js';

/** The files of an earlier run, or new ones that later runs find there: over the same files, the same seed makes the same bytes. */
export async function seedsFrom(folder: string | undefined): Promise<SeedWorld> {
  if (folder === undefined) return makeSeedFiles();
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    for (const { name, bytes, anchors } of (await makeSeedFiles()).files) {
      writeFileSync(path.join(folder, `${name}.pdf`), bytes);
      writeFileSync(path.join(folder, `${name}.der`), anchors[0] ?? new Uint8Array());
    }
  }
  const read = (file: string) => new Uint8Array(readFileSync(path.join(folder, file)));
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.pdf') ? [file.slice(0, -4)] : [])).sort();
  return { files: await Promise.all(names.map((name) => explore({ name, bytes: read(`${name}.pdf`), anchors: [read(`${name}.der`)] }))), world: undefined };
}
