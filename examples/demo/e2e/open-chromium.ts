import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../../.ci/find-chromium.mjs';

export interface OpenChromium {
  readonly page: Page;
  /** What the page's Content Security Policy stopped. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

/** A Chromium in Japan with one page. */
export async function openChromium(): Promise<OpenChromium> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)),
  );
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => message.text().startsWith('CSP ') && violations.push(message.text()));
  return { page, violations, close: () => browser.close() };
}
