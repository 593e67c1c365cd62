import { expect } from 'chai';
import { makeSmallPdf } from './documents/small-pdf.js';
import type { SkyPages } from './elements/sky-pages.js';
import { drag, key } from './testing/mouse.js';
import { all, find, reads, type, until } from './testing/screen.js';
import { openEnvelope, openSigningPage, type SigningPage } from './testing/signing-page.js';
import { removePages, showPages } from './testing/show-pages.js';
import { deep, fieldButton } from './testing/signing-steps.js';

describe('reading the documents', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  const sheetOf = (element: Element): DOMRect => (deep(element, 'sky-page') as Element).getBoundingClientRect();
  const zoomOf = async (element: Element): Promise<HTMLSelectElement> => find<HTMLSelectElement>(element, 'combobox', '表示倍率');
  async function choose(element: Element, value: string): Promise<void> {
    const select = await zoomOf(element);
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  it('zooms to the width, to the whole page, and to what is chosen', async () => {
    const { element } = await openEnvelope(page);
    const pages = deep(element, '.pages') as HTMLElement;
    await choose(element, 'fit');
    await until(() => Math.abs(sheetOf(element).width - (pages.clientWidth - 48)) < 24, 'a page as wide as there is room');
    await choose(element, 'page');
    await until(() => sheetOf(element).height <= pages.clientHeight && sheetOf(element).height > pages.clientHeight * 0.9, 'a whole page');
    await choose(element, '400');
    await until(() => Math.abs(sheetOf(element).width - (595.28 * 4 * 96) / 72) < 4, '400 %');
    expect((await find(element, 'button', '拡大')).getAttribute('aria-disabled')).to.equal('true');
    await choose(element, '50');
    await until(() => Math.abs(sheetOf(element).width - (595.28 * 0.5 * 96) / 72) < 2, '50 %');
    expect((await find(element, 'button', '縮小')).getAttribute('aria-disabled')).to.equal('true');
  });

  it('zooms the pages with Ctrl and the wheel, around the pointer, and nothing else on the page', async () => {
    const { element } = await openEnvelope(page);
    const pages = deep(element, '.pages') as HTMLElement;
    const before = sheetOf(element);
    const [x, y] = [before.left + before.width / 2, before.top + 300];
    const wheel = (target: Element, ctrlKey: boolean): boolean =>
      target.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, ctrlKey, clientX: x, clientY: y, bubbles: true, composed: true, cancelable: true }));
    expect(wheel(pages, true), 'left to the browser').to.equal(false);
    await until(() => sheetOf(element).width > before.width * 1.2, 'a larger page');
    const after = sheetOf(element);
    const downBefore = (y - before.top) / before.height;
    expect((y - after.top) / after.height, 'the same line under the pointer').to.be.closeTo(downBefore, 0.01);
    expect(wheel(pages, false), 'scrolling is the browser’s').to.equal(true);
    expect(wheel(deep(element, 'sky-header') as Element, true), 'beside the pages, zooming is the browser’s').to.equal(true);
  });

  it('zooms the pages with two fingers', async function () {
    if (!makesTouches()) this.skip();
    const { element } = await openEnvelope(page);
    const pages = deep(element, '.pages') as HTMLElement;
    const before = sheetOf(element).width;
    const fingers = (name: string, apart: number): boolean => {
      const touches = [-1, 1].map((side, identifier) => new Touch({ identifier, target: pages, clientX: 700 + (side * apart) / 2, clientY: 400 }));
      return pages.dispatchEvent(new TouchEvent(name, { touches, targetTouches: touches, bubbles: true, composed: true, cancelable: true }));
    };
    fingers('touchstart', 100);
    expect(fingers('touchmove', 150), 'the page around zooms').to.equal(false);
    await until(() => Math.abs(sheetOf(element).width / before - 1.5) < 0.02, 'a page half as large again');
    expect(getComputedStyle(pages).touchAction).to.equal('pan-x pan-y');
  });

  it('finds text in any width and kana, and moves from result to result', async () => {
    const { element } = await openEnvelope(page);
    (await find(element, 'button', '文書内を検索')).click();
    const input = await find<HTMLInputElement>(element, 'textbox', '探す文字');
    type(input, '第１条');
    await until(() => deep(element, 'output')?.textContent?.includes('1件目'), 'the first result');
    const count = Number(/^(\d+)件/u.exec(deep(element, 'output')?.textContent ?? '')?.[1]);
    expect(count).to.be.above(0);
    await until(() => CSS.highlights.get('sky-found-now')?.size === 1, 'the result to be marked');
    const [range] = CSS.highlights.get('sky-found-now') as unknown as Iterable<Range>;
    expect(String(range).normalize('NFKC').replace(/\s/gu, '')).to.equal('第1条');
    type(input, '受注者');
    await until(() => /\d\d件のうち1件目/u.test(deep(element, 'output')?.textContent ?? ''), 'many results');
    input.focus();
    await key('Enter');
    await until(() => deep(element, 'output')?.textContent?.includes('のうち2件目'), 'the second');
    await key('Shift+Enter');
    await until(() => deep(element, 'output')?.textContent?.includes('のうち1件目'), 'the first again');
    type(input, '存在しない語');
    await reads(element, '見つかりませんでした');
    await key('Escape');
    await until(() => focused()?.getAttribute('aria-label') === '文書内を検索', 'the focus on the button again');
  });

  for (const lang of ['ja', 'en']) {
    it(`has room for its tools at every width (${lang})`, async () => {
      const { element } = await openEnvelope(page);
      element.lang = lang;
      await until(() => all(element, 'button', lang === 'ja' ? '文書内を検索' : 'Search')[0], 'the words');
      const bar = deep(element, '.toolbar') as HTMLElement;
      const widths = [641, 660, 700, 720, 760, 899, 900, 902, 940, 980, 1000, 1024, 1060, 1100, 1200, 1206, 1240, 1256, 1280];
      /** Widths at which something of the bar stands outside of it. */
      async function tooNarrow(): Promise<number[]> {
        const found = [];
        for (const width of widths) {
          element.style.width = `${String(width)}px`;
          await new Promise((resolve) => setTimeout(resolve, 50));
          const { right } = bar.getBoundingClientRect();
          if (right > width + 1 || [...bar.querySelectorAll('button, input, select, output')].some((each) => each.getBoundingClientRect().right > right)) found.push(width);
        }
        return found;
      }
      expect(await tooNarrow(), 'reading').to.deep.equal([]);
      (bar.querySelector('.search') as HTMLElement).click();
      const input = await until(() => deep<HTMLInputElement>(element, '.find input'), 'the search');
      expect(await tooNarrow(), 'searching').to.deep.equal([]);
      type(input, '契約');
      await until(() => bar.querySelector('.short'), 'results');
      expect(await tooNarrow(), 'found').to.deep.equal([]);
      type(input, '見つからない語');
      await until(() => !bar.querySelector('.short') && bar.querySelector('output')?.textContent?.trim(), 'no result');
      expect(await tooNarrow(), 'not found').to.deep.equal([]);
    });
  }

  it('takes Ctrl+F on the pages for its own search, and leaves the second one to the browser', async () => {
    const { element } = await openEnvelope(page);
    (deep(element, '.pages') as HTMLElement).focus();
    const prevented: boolean[] = [];
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'f') prevented.push(event.defaultPrevented);
    };
    document.addEventListener('keydown', listen);
    try {
      await key('Control+f');
      await until(() => focused()?.getAttribute('aria-label') === '探す文字', 'the focus in the search');
      // The browser's own search is not opened in a test: the key is only shown to the element.
      focused()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
    } finally {
      document.removeEventListener('keydown', listen);
    }
    expect(prevented).to.deep.equal([true, false]);
  });

  it('jumps to a page by its number, in any width, and by its picture', async () => {
    const { element } = await openEnvelope(page);
    const input = await find<HTMLInputElement>(element, 'textbox', 'ページ番号');
    type(input, '３');
    await until(() => fieldButton(element, '署名1') && input.value === '3', 'page 3');
    type(input, '99');
    expect(input.value, 'there is no such page').to.equal('3');
    (await find(element, 'button', 'ページ一覧')).click();
    const first = await find(element, 'button', '1ページ');
    await until(() => first.querySelector('canvas'), 'the small picture');
    first.click();
    await until(() => input.value === '1' && all(element, 'dialog', '').length === 0, 'page 1');
  });

  it('lets text be marked with the mouse', async () => {
    const { element } = await openEnvelope(page);
    const span = await until(() => [...((deep(element, 'sky-page') as HTMLElement).shadowRoot?.querySelectorAll<HTMLElement>('.layer span') ?? [])].find(({ textContent }) => (textContent?.length ?? 0) > 12), 'text');
    // The mouse presses where the text was found: it has to lie still.
    let [place, times] = ['', 0];
    const { left, right, top, height } = await until(() => {
      const box = span.getBoundingClientRect();
      times = `${box.left} ${box.top}` === place ? times + 1 : 0;
      place = `${box.left} ${box.top}`;
      return times > 8 ? box : undefined;
    }, 'the page to rest');
    const middle = Math.round(top + height / 2);
    await drag([[Math.round(left + 2), middle], [Math.round((left + right) / 2), middle], [Math.round(right - 2), middle]]);
    const root = span.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
    const selected = String(document.getSelection()) || String(root.getSelection?.() ?? '');
    const ranges = (document.getSelection() as (Selection & { getComposedRanges?: (options: { shadowRoots: ShadowRoot[] }) => StaticRange[] }) | null)?.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
    expect(selected.length > 8 || ranges.some(({ startOffset, endOffset }) => endOffset - startOffset > 8), 'something is marked').to.equal(true);
  });
});

describe('pages out of the ordinary', () => {
  afterEach(removePages);

  const show = (pdf: Parameters<typeof makeSmallPdf>[0]): Promise<SkyPages> => showPages(makeSmallPdf(pdf));

  for (const [name, width, height] of [
    ['very long', 200, 14_400],
    ['very wide', 14_400, 200],
  ] as const) {
    it(`paints a ${name} page at 400 %, within what a canvas can hold`, async () => {
      const element = await show({ page: `/MediaBox [0 0 ${width} ${height}]`, content: `0 g 0 0 ${width} ${height} re f` });
      element.zoom = 4;
      const canvas = await until(() => {
        const one = deep<HTMLCanvasElement>(element, 'canvas');
        return one && one.getBoundingClientRect().width > (width * 4 * 96) / 72 - 3 && Math.max(one.width, one.height) > 4000 && one;
      }, 'the page at 400 %');
      expect(Math.max(canvas.width, canvas.height)).to.be.at.most(16_384);
      const [red, green, blue, alpha] = canvas.getContext('2d')?.getImageData(canvas.width - 3, canvas.height - 3, 1, 1).data ?? [];
      expect([red, green, blue, alpha], 'its last corner').to.deep.equal([0, 0, 0, 255]);
    });
  }

  it('follows links to the web and to mail only, in another window that knows nothing of this one', async () => {
    const link = (at: number, action: string): string => `<< /Type /Annot /Subtype /Link /Rect [10 ${at} 90 ${at + 20}] /A << ${action} >> >>`;
    const annotations = [
      link(10, '/S /URI /URI (https://city.example/terms)'),
      link(40, '/S /URI /URI (javascript:alert\\(1\\))'),
      link(70, '/S /URI /URI (file:///etc/passwd)'),
      link(100, '/S /Launch /F (calc.exe)'),
      link(130, '/S /JavaScript /JS (app.alert\\(1\\))'),
    ];
    const element = await show({ page: `/MediaBox [0 0 300 300] /Annots [${annotations.join(' ')}]`, content: '0 g 0 0 10 10 re f' });
    const sheet = await until(() => deep(element, 'sky-page'), 'the page');
    await until(() => sheet.shadowRoot?.querySelector('a'), 'the link');
    const links = [...(sheet.shadowRoot?.querySelectorAll('a') ?? [])];
    expect(links.map(({ href, target, rel }) => ({ href, target, rel }))).to.deep.equal([{ href: 'https://city.example/terms', target: '_blank', rel: 'noopener noreferrer' }]);
  });
});

/** Firefox and WebKitGTK let no script make touches on a desktop. */
function makesTouches(): boolean {
  try {
    return new Touch({ identifier: 0, target: document.body }).identifier === 0;
  } catch {
    return false;
  }
}

function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}
