import path from 'node:path';
import { openChromium } from '../open-chromium.js';
import type { DrivenPage } from './driven-page.js';

/** Chromium, by Playwright. */
export async function driveChromium(downloads: string): Promise<DrivenPage> {
  const { page, violations, close } = await openChromium();
  page.on('download', (download) => void download.saveAs(path.join(downloads, download.suggestedFilename())));
  return {
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    evaluate: (expression) => page.evaluate(expression),
    click: (x, y, times) => page.mouse.click(x, y, { clickCount: times }),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    violations: () => Promise.resolve(violations),
    workers: () => page.workers().map((worker) => worker.url()),
    close,
  };
}
