import { startWebKit } from './start-webkit.mjs';

/**
 * WebKitGTK for @web/test-runner, one test file at a time. It calls itself by Playwright's name because its page takes the
 * same calls, so that the runner's own commands (mouse, keys, viewport) work on it.
 */
export function webkitLauncher() {
  /** @type {Promise<Awaited<ReturnType<typeof startWebKit>>> | undefined} */
  let starting;
  let page;
  const active = new Map();
  return {
    name: 'WebKit',
    type: 'playwright',
    concurrency: 1,
    async startSession(id, url) {
      page = await (starting ??= startWebKit());
      active.set(id, url);
      await page.setViewportSize({ width: 800, height: 600 });
      await page.goto(url);
    },
    isActive: (id) => active.has(id),
    getBrowserUrl: (id) => active.get(id),
    getPage: () => page,
    async stopSession(id) {
      active.delete(id);
      // After some dozens of pages its service worker answers nobody any more, so that each file gets a browser of its own.
      await end();
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK cannot be debugged from here.')),
    stop: end,
  };

  async function end() {
    const running = starting;
    starting = undefined;
    await (await running)?.close();
  }
}
