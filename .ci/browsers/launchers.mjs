import { chromeLauncher } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import puppeteer from 'puppeteer-core';
import { findBrowser } from './find-browser.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

/** How @web/test-runner starts an engine; throws where it is missing. */
export function launcherOf(engine) {
  const { browser } = findBrowser(engine);
  if (engine === 'webkit') return webkitLauncher();
  // Firefox by WebDriver BiDi, which needs no driver beside it.
  if (engine === 'firefox') return chromeLauncher({ puppeteer, launchOptions: { browser: 'firefox', executablePath: browser, headless: true } });
  return playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: browser, args: ['--no-sandbox'] } });
}
