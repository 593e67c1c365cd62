import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startWebKit } from '../../../../.ci/browsers/start-webkit.mjs';
import type { DrivenPage } from './driven-page.js';

/**
 * What the page's policy has stopped since it was asked first. That is after the page has loaded: nothing can be run before, and
 * WebKit's ReportingObserver is told of no violation. The widget's own test under a strict policy listens from the beginning.
 */
const stopped = `(() => {
  if (!globalThis.cspStopped) {
    globalThis.cspStopped = [];
    document.addEventListener('securitypolicyviolation', (event) => cspStopped.push('CSP ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
  }
  return cspStopped.splice(0);
})()`;

/** WebKitGTK, by WebDriver, which can neither run a script before the page's own nor list workers. */
export async function driveWebKit(downloads: string): Promise<DrivenPage> {
  // Downloads go to the folder that the desktop's settings name.
  const settings = await mkdtemp(path.join(tmpdir(), 'sky-sign-desktop-'));
  await writeFile(path.join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const page = await startWebKit({ env: { TZ: 'Asia/Tokyo', LANGUAGE: 'ja', XDG_CONFIG_HOME: settings } });
  await page.setViewportSize({ width: 1280, height: 860 });
  const violations: string[] = [];
  const collect = async () => violations.push(...((await page.evaluate(stopped)) as string[]));
  return {
    goto: async (url) => {
      await collect();
      await page.goto(url);
      await collect();
    },
    reload: async () => {
      await collect();
      await page.reload();
      await collect();
    },
    evaluate: (expression) => page.evaluate(expression),
    click: (x, y, times) => page.mouse.click(x, y, { clickCount: times }),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    violations: async () => {
      await collect();
      return violations;
    },
    workers: () => undefined,
    close: async () => {
      await page.close();
      await rm(settings, { recursive: true, force: true });
    },
  };
}
