import puppeteer from 'puppeteer-core';
import { findBrowser } from '../../../../.ci/browsers/find-browser.mjs';
import type { DrivenPage } from './driven-page.js';

/** Firefox, by WebDriver BiDi. */
export async function driveFirefox(downloads: string): Promise<DrivenPage> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox').browser,
    headless: true,
    env: { ...process.env, TZ: 'Asia/Tokyo' },
    extraPrefsFirefox: {
      'intl.accept_languages': 'ja',
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'browser.helperApps.neverAsk.saveToDisk': 'application/pdf',
      'pdfjs.disabled': true,
    },
  });
  const [page = await browser.newPage()] = await browser.pages();
  await page.setViewport({ width: 1280, height: 860 });
  const violations: string[] = [];
  page.on('console', (message) => message.text().startsWith('CSP ') && violations.push(message.text()));
  await page.evaluateOnNewDocument(() =>
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)),
  );
  return {
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    evaluate: (expression) => page.evaluate(expression),
    click: (x, y, times) => page.mouse.click(x, y, { count: times }),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    violations: () => Promise.resolve(violations),
    workers: () => page.workers().map((worker) => worker.url()),
    close: () => browser.close(),
  };
}
