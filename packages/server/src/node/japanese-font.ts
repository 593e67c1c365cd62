import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Services } from '../services.js';

/** Read once, when the first page is drawn. */
export function japaneseFont(): Services['font'] {
  let font: Promise<Uint8Array> | undefined;
  const file = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf');
  return () => (font ??= readFile(file).then((buffer) => new Uint8Array(buffer)));
}
