// For tests: a page with `<sky-sign>` on the mock server, and the steps that a person takes on it.
import { createMockHandlers, type Mocks, type SeededEnvelope } from '@sky-sign/mocks';
import { setupWorker, type SetupWorker } from 'msw/browser';
import '../define.js';
import type { SkySign } from '../sky-sign.js';
import { press, setViewport } from './mouse.js';
import { findLast } from './screen.js';
import { agree, enterCode, fillTexts, firstPage, seal } from './signing-steps.js';

export interface SigningPage {
  readonly mocks: Mocks;
  /** Method and path of every call, in order. */
  readonly calls: string[];
  /** The envelope of the demo, once for every test that wants its own. */
  seed(): Promise<SeededEnvelope>;
  /** A new element on the page, with the attributes given. */
  show(attributes: Readonly<Record<string, string>>): SkySign;
  /** Takes all elements off the page and forgets their sessions. */
  clear(): void;
  close(): Promise<void>;
}

export async function openSigningPage(): Promise<SigningPage> {
  const mocks = createMockHandlers();
  const calls: string[] = [];
  const worker: SetupWorker = setupWorker(...mocks.handlers);
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });
  worker.events.on('request:start', ({ request }) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/v1/')) calls.push(`${request.method} ${pathname}`);
  });
  await setViewport(1280, 860);
  document.body.style.margin = '0';
  const clear = (): void => {
    document.querySelectorAll('sky-sign').forEach((element) => element.remove());
    sessionStorage.clear();
    calls.length = 0;
  };
  return {
    mocks,
    calls,
    seed: () => mocks.seed(),
    show: (attributes) => {
      const element = document.createElement('sky-sign');
      for (const [name, value] of Object.entries({ 'assets-url': '/assets/pdfjs/', theme: 'light', ...attributes })) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    },
    clear,
    close: async () => {
      clear();
      worker.stop();
      await (await mocks.server()).stop();
    },
  };
}

/** Opens an envelope up to its first page. */
export async function openEnvelope(page: SigningPage, attributes: Readonly<Record<string, string>> = {}): Promise<{ element: SkySign; seed: SeededEnvelope }> {
  const seed = await page.seed();
  const element = page.show({ token: seed.linkToken, ...attributes });
  await enterCode(element, seed.accessCode);
  await firstPage(element);
  return { element, seed };
}

/** All the way to the last button. */
export async function prepare(page: SigningPage): Promise<{ element: SkySign; seed: SeededEnvelope }> {
  const opened = await openEnvelope(page);
  await fillTexts(opened.element);
  await seal(opened.element, '署名1');
  await seal(opened.element, '署名2');
  await agree(opened.element);
  return opened;
}

export async function finish(element: SkySign, times = 1): Promise<void> {
  await press(await findLast(element, 'button', '署名手続きを完了する'), times);
}
