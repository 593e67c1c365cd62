// For tests: a page with `<sky-sign>` on the mock server, and the steps that a person takes on it.
import { createMockHandlers, type Mocks, type SeededEnvelope } from '@sky-sign/mocks';
import { setupWorker, type SetupWorker } from 'msw/browser';
import '../define.js';
import type { SkySign } from '../sky-sign.js';
import { press, setViewport } from './mouse.js';
import { all, find, findLast, reads, type, until } from './screen.js';

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

export async function enterCode(element: SkySign, code: string): Promise<void> {
  type(await find(element, 'textbox', 'アクセスコード'), code);
  (await find(element, 'button', '次へ')).click();
}

/** Opens an envelope up to its first page. */
export async function openEnvelope(page: SigningPage, attributes: Readonly<Record<string, string>> = {}): Promise<{ element: SkySign; seed: SeededEnvelope }> {
  const seed = await page.seed();
  const element = page.show({ token: seed.linkToken, ...attributes });
  await enterCode(element, seed.accessCode);
  await firstPage(element);
  return { element, seed };
}

/** Waits until paper is on the screen, and fields over it. */
export async function firstPage(element: SkySign): Promise<void> {
  await until(() => deep(element, 'canvas'), 'a painted page');
  await until(() => deep(element, 'sky-field'), 'fields');
}

export async function fillTexts(element: SkySign): Promise<void> {
  type(await find(element, 'textbox', '入力1'), '青葉県青葉市緑町二丁目3番4号');
  type(await find(element, 'textbox', '入力2'), '022-123-4567');
  const date = await until(() => deep<HTMLInputElement>(element, 'input[type=date]'), 'the date');
  type(date, '2026-11-21');
  const tick = await find<HTMLInputElement>(element, 'checkbox', '確認1');
  if (!tick.checked) tick.click();
}

/** Jumps to a signature field by the checklist, and places a seal from text. */
export async function seal(element: SkySign, name: string): Promise<void> {
  (await find(element, 'button', name)).click();
  const field = await until(() => fieldButton(element, name), `the field ${name}`);
  field.click();
  (await find(element, 'button', 'この画像で署名する')).click();
  await until(() => all(element, 'button', 'この画像で署名する').length === 0 || undefined, 'the dialog to close');
}

/** The control on the paper, not the line of the checklist. */
export function fieldButton(element: SkySign, name: string): HTMLElement | undefined {
  return all(element, 'button', name).find((button) => button.getRootNode() instanceof ShadowRoot && (button.getRootNode() as ShadowRoot).host.localName === 'sky-field');
}

export async function agree(element: SkySign): Promise<void> {
  (await find(element, 'button', /^完了する$/u)).click();
  await reads(element, '署名手続きを完了しますか');
  (await find(element, 'checkbox', /同意します。$/u)).click();
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

/** The first element that matches, through shadow roots. */
export function deep<T extends Element = Element>(root: Element, selector: string): T | undefined {
  for (const element of root.shadowRoot?.querySelectorAll('*') ?? []) {
    if (element.matches(selector)) return element as T;
    const found = element.shadowRoot ? deep<T>(element, selector) : undefined;
    if (found) return found;
  }
  return undefined;
}
