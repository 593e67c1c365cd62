import { chromeLauncher } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import puppeteer from 'puppeteer-core';
import { findBrowser } from './find-browser.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

/** How @web/test-runner starts an engine; throws where it is missing. */
export function launcherOf(engine) {
  const { browser } = findBrowser(engine);
  if (engine === 'webkit') return webkitLauncher();
  if (engine === 'firefox') return firefoxLauncher(browser);
  return playwrightLauncher({ product: 'chromium', launchOptions: { executablePath: browser, args: ['--no-sandbox'] } });
}

/** Firefox by WebDriver BiDi, which needs no driver beside it. */
function firefoxLauncher(executablePath) {
  return chromeLauncher({
    puppeteer,
    // Nobody is there to say that a page with unsaved work may go.
    launchOptions: { browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: { 'dom.disable_beforeunload': true } },
    async createPage({ context }) {
      const page = await context.newPage();
      // How long a file may take is the runner's business.
      page.setDefaultNavigationTimeout(0);
      return page;
    },
  });
}
