// For tests: a page with `<sky-sign>` on the mock server, and the steps that a person takes on it.
import { createMockHandlers, type Mocks, type SeededEnvelope, type SeedName } from '@sky-sign/mocks';
import { setupWorker, type SetupWorker } from 'msw/browser';
import '../define.js';
import type { SkySign } from '../sky-sign.js';
import { press, setViewport } from './mouse.js';
import { findLast, reads, says, until } from './screen.js';
import { agree, enterCode, fillTexts, firstPage, seal } from './signing-steps.js';

/** A press counts half a second after the element came into sight; nobody reads faster. */
const inSightMs = 700;
const shownAt = new WeakMap<Element, number>();

export interface SigningPage {
  readonly mocks: Mocks;
  /** Method and path of every call, in order. */
  readonly calls: string[];
  /** Waits until the server has saved a draft with so many seals. */
  saved(seals: number): Promise<unknown>;
  /** The envelope of that name, by default that of the demo; a new one each time. */
  seed(name?: SeedName): Promise<SeededEnvelope>;
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
  /** How many seals the last draft had that was saved. */
  let savedSeals = 0;
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });
  worker.events.on('request:start', ({ request }) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/v1/')) calls.push(`${request.method} ${pathname}`);
  });
  const server = await mocks.server();
  const answer = server.fetch.bind(server);
  server.fetch = async (request) => {
    const draft = request.url.endsWith('/draft') ? ((await request.clone().json()) as { seals: readonly unknown[] }) : undefined;
    const response = await answer(request);
    if (draft && response.ok) savedSeals = draft.seals.length;
    return response;
  };
  await setViewport(1280, 860);
  document.body.style.margin = '0';
  const clear = (): void => {
    document.querySelectorAll('sky-sign').forEach((element) => element.remove());
    sessionStorage.clear();
    calls.length = 0;
    savedSeals = 0;
  };
  return {
    mocks,
    calls,
    saved: (seals) => until(() => savedSeals >= seals, `a draft with ${String(seals)} seals`),
    seed: (name) => mocks.seed(name),
    show: (attributes) => {
      const element = document.createElement('sky-sign');
      for (const [name, value] of Object.entries({ 'assets-url': '/assets/pdfjs/', theme: 'light', ...attributes })) element.setAttribute(name, value);
      document.body.append(element);
      shownAt.set(element, performance.now());
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

/** Presses the last button; once more where the screen says that a document was not all here yet, as a person would. */
export async function finish(element: SkySign, times = 1): Promise<void> {
  await until(() => performance.now() - (shownAt.get(element) ?? 0) > inSightMs, 'the element to have been in sight');
  const button = await findLast(element, 'button', '署名手続きを完了する');
  await press(button, times);
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (!says(element, 'をまだ読み込んでいます') && !says(element, 'すべて読み込みました')) return;
  await reads(element, 'すべて読み込みました');
  await press(button, times);
}
