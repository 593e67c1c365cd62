// `npm run images`: the main screens as pictures in docs/images, in both languages and themes, wide and narrow.
// Names choose some of them: `npm run images -- reviewing seal`.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../.ci/find-chromium.mjs';
import { openStorybook } from '../test/open-storybook.js';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../docs/images');
const screens = {
  code: { wide: 'screens-02-access-code--wide', narrow: 'screens-02-access-code--phone' },
  'who-signs': { wide: 'screens-03-who-signs--wide', narrow: 'screens-03-who-signs--phone' },
  reviewing: { wide: 'screens-05-fields--done', narrow: 'screens-04-reviewing--phone' },
  'seal-text': { wide: 'screens-06-seal--square', narrow: 'screens-06-seal--phone' },
  'seal-handwriting': { wide: 'screens-06-seal--handwritten', narrow: 'screens-06-seal--handwritten-on-phone' },
  confirming: { wide: 'screens-07-confirming-and-completing--wide', narrow: 'screens-07-confirming-and-completing--phone' },
  completed: { wide: 'screens-08-afterwards--completed', narrow: 'screens-08-afterwards--completed-phone' },
  locked: { wide: 'screens-02-access-code--locked', narrow: 'screens-02-access-code--locked' },
} as const;
const sizes = { wide: { width: 1280, height: 860 }, narrow: { width: 360, height: 740 } } as const;

interface Picture {
  readonly name: keyof typeof screens;
  readonly shape: keyof typeof sizes;
  readonly lang: 'ja' | 'en';
  readonly theme: 'light' | 'dark';
}

const wanted = process.argv.slice(2);
const pictures: Picture[] = [];
for (const name of Object.keys(screens) as Picture['name'][]) {
  if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue;
  for (const shape of ['wide', 'narrow'] as const) for (const lang of ['ja', 'en'] as const) for (const theme of ['light', 'dark'] as const) pictures.push({ name, shape, lang, theme });
}

const storybook = await openStorybook();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
await mkdir(folder, { recursive: true });
const queue = [...pictures];
await Promise.all(
  [1, 2].map(async () => {
    for (let picture = queue.shift(); picture; picture = queue.shift()) await take(browser, picture);
  }),
);
await browser.close();
await storybook.close();

async function take(from: Browser, { name, shape, lang, theme }: Picture): Promise<void> {
  const context = await from.newContext({ viewport: sizes[shape], locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', colorScheme: theme });
  const page = await context.newPage();
  const id = screens[name][shape];
  await page.goto(`${storybook.origin}/iframe.html?id=${id}&viewMode=story&globals=locale:${lang};theme:${theme}`);
  const phase = await page.waitForFunction(
    () => {
      const { phase } = (globalThis as unknown as { __STORYBOOK_PREVIEW__?: { currentRender?: { phase: string } } }).__STORYBOOK_PREVIEW__?.currentRender ?? {};
      return phase === 'finished' || phase === 'errored' ? phase : undefined;
    },
    undefined,
    { timeout: 60_000 },
  );
  if ((await phase.jsonValue()) !== 'finished') throw new Error(`${id} did not come to its end (${lang}, ${theme}).`);
  await page.waitForTimeout(300);
  // WebP is a third of PNG's size; Playwright itself does not write it.
  const cdp = await context.newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 85 });
  await writeFile(path.join(folder, `${[name, shape, lang, theme].join('-')}.webp`), Buffer.from(data, 'base64'));
  await context.close();
}
