import { expect } from 'chai';
import { deepFocus } from '../elements/modal.js';
import { key, setViewport } from '../testing/mouse.js';
import { beginStroke, writeStroke, type PenPoint } from '../testing/pen.js';
import { all, find, reads, says, type, until } from '../testing/screen.js';
import { openEnvelope, openSigningPage, type SigningPage } from '../testing/signing-page.js';
import { agree, deep, fieldButton, fillTexts, seal } from '../testing/signing-steps.js';
import { finish } from '../testing/signing-page.js';
import type { SkySign } from '../sky-sign.js';

const wave = (x: number, length = 12): PenPoint[] => Array.from({ length }, (_, i) => ({ x: x + i * 10, y: 120 + Math.sin(i / 2) * 40 }));

async function openDialog(element: Element, name = '署名1'): Promise<void> {
  (await find(element, 'button', name)).click();
  (await until(() => fieldButton(element, name), `the field ${name}`)).click();
  await find(element, 'button', 'この画像で署名する');
}

async function goTo(element: Element, tab: string): Promise<void> {
  (await find(element, 'tab', tab)).click();
}

/** The canvas to write on, as soon as it has its size. */
async function padOf(element: Element): Promise<HTMLCanvasElement> {
  await goTo(element, '手書きでサイン');
  return until(() => {
    const canvas = deep(element, 'sky-seal-pad')?.shadowRoot?.querySelector('canvas');
    return canvas && canvas.width > 300 && canvas.clientWidth > 0 ? canvas : undefined;
  }, 'the pad');
}

/** The canvas has as many pixels as its room wants. */
const isFitted = (canvas: HTMLCanvasElement): boolean => canvas.width === Math.round(canvas.clientWidth * Math.max(devicePixelRatio, 1)) && canvas.height === Math.round(canvas.clientHeight * Math.max(devicePixelRatio, 1));

/** How much ink is on a canvas, and how far to the right and down it reaches (CSS pixels). */
function inkOf(canvas: HTMLCanvasElement): { amount: number; right: number; bottom: number } {
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  let [amount, right, bottom] = [0, 0, 0];
  for (let at = 0; at < width * height; at += 1) {
    const alpha = data[at * 4 + 3] ?? 0;
    amount += alpha / 255;
    if (alpha < 128) continue;
    right = Math.max(right, at % width);
    bottom = Math.max(bottom, Math.floor(at / width));
  }
  const density = width / canvas.clientWidth;
  return { amount: amount / density ** 2, right: right / density, bottom: bottom / density };
}

async function pngFile(): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 200;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, 200, 200);
  pen.fillStyle = '#d7331f';
  pen.fillRect(40, 40, 120, 120);
  const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made as Blob)));
  return new File([blob], 'seal.png', { type: 'image/png' });
}

async function choose(element: Element, file: File): Promise<void> {
  await goTo(element, '画像で作成');
  const input = await until(() => deep<HTMLInputElement>(element, 'input[type=file]'), 'the file input');
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

async function escape(element: Element): Promise<void> {
  const dialog = await until(() => deep<HTMLDialogElement>(element, 'dialog[open]'), 'the dialog');
  dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
}

describe('the seal dialog', function () {
  this.timeout(60_000);
  let page: SigningPage;
  let element: SkySign;

  before(async () => {
    page = await openSigningPage();
  });
  beforeEach(async () => {
    ({ element } = await openEnvelope(page));
    element.style.setProperty('--sky-motion', '0ms');
  });
  afterEach(async () => {
    page.clear();
    await setViewport(1280, 860);
  });
  after(() => page.close());

  it('keeps text, file and strokes while the person looks at the other tabs', async () => {
    await openDialog(element);
    type(await until(() => deep<HTMLTextAreaElement>(element, 'textarea#text'), 'the text'), '髙﨑\n建設');
    await choose(element, await pngFile());
    await until(() => deep(element, '#threshold'), 'the threshold');
    const pad = await padOf(element);
    await writeStroke(pad, wave(60));
    const { amount } = inkOf(pad);
    await goTo(element, 'テキストで作成');
    expect((await until(() => deep<HTMLTextAreaElement>(element, 'textarea#text'), 'the text')).value).to.equal('髙﨑\n建設');
    await goTo(element, '画像で作成');
    await until(() => deep(element, '#threshold'), 'the threshold, since there still is a picture');
    const again = await padOf(element);
    await until(() => Math.abs(inkOf(again).amount - amount) < amount * 0.03, 'the strokes');
  });

  it('draws the preview anew where a telephone is turned', async () => {
    await openDialog(element);
    const canvas = await until(() => {
      const one = deep<HTMLCanvasElement>(element, '.large canvas');
      return one && one.width > 150 && one;
    }, 'the preview');
    await setViewport(360, 740);
    await until(() => canvas.getBoundingClientRect().height < 110, 'a smaller seal');
    const [inner, outer] = [canvas.getBoundingClientRect(), (canvas.parentElement as HTMLElement).getBoundingClientRect()];
    expect(inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right, 'all of it in its frame').to.equal(true);
  });

  it('asks on Esc only where strokes or a file would be lost', async () => {
    await openDialog(element);
    type(await until(() => deep<HTMLTextAreaElement>(element, 'textarea#text'), 'the text'), '山田');
    await escape(element);
    await until(() => !deep(element, 'sky-seal-dialog'), 'the dialog to close: text is typed again quickly');

    await openDialog(element);
    const pad = await padOf(element);
    await writeStroke(pad, wave(60));
    (await find(element, 'button', 'すべて消す')).click();
    await escape(element);
    await until(() => !deep(element, 'sky-seal-dialog'), 'the dialog to close: nothing is left on the pad');

    await openDialog(element);
    await writeStroke(await padOf(element), wave(60));
    await goTo(element, 'テキストで作成');
    await escape(element);
    await reads(element, '作成中の署名画像を破棄しますか');
    const back = await find(element, 'button', '作成に戻る');
    await until(() => deepFocus() === back, 'the focus on the way back');
    back.click();
    await until(() => deepFocus()?.localName === 'textarea' || deepFocus()?.localName === 'h2', 'the focus where it was');
    await escape(element);
    (await find(element, 'button', '破棄して閉じる')).click();
    await until(() => !deep(element, 'sky-seal-dialog'), 'the dialog to close');

    await openDialog(element);
    expect(inkOf(await padOf(element)).amount, 'what was thrown away is gone').to.equal(0);
    await choose(element, await pngFile());
    await until(() => deep(element, '#threshold'), 'the threshold');
    await escape(element);
    await reads(element, '作成中の署名画像を破棄しますか');
  });

  it('takes strokes back one by one, all at once, and changes their thickness', async () => {
    await openDialog(element);
    const pad = await padOf(element);
    await writeStroke(pad, wave(40));
    const one = inkOf(pad).amount;
    await writeStroke(pad, wave(260));
    const two = inkOf(pad).amount;
    expect(two).to.be.greaterThan(one * 1.5);
    (await find(element, 'button', '1画戻す')).click();
    expect(inkOf(pad).amount).to.be.closeTo(one, one * 0.03);
    const panel = deep<HTMLElement>(element, 'sky-seal-pad')?.shadowRoot?.querySelector<HTMLElement>('.pad');
    (await find(element, 'radio', '太い')).click();
    expect(inkOf(pad).amount).to.be.greaterThan(one * 1.3);
    await writeStroke(pad, wave(260));
    panel?.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, composed: true }));
    expect(inkOf(pad).right).to.be.below(200);
    (await find(element, 'button', 'すべて消す')).click();
    expect(inkOf(pad).amount).to.equal(0);
    (await find(element, 'button', 'この画像で署名する')).click();
    await reads(element, '枠の中に署名を書いてください');
  });

  it('lets the pad stay where it is while one signs', async () => {
    await openDialog(element);
    const pad = await padOf(element);
    const { top } = pad.getBoundingClientRect();
    (await find(element, 'button', 'この画像で署名する')).click();
    await reads(element, '枠の中に署名を書いてください');
    expect(pad.getBoundingClientRect().top, 'while it says what is missing').to.equal(top);
    await writeStroke(pad, wave(60, 40));
    await reads(element, 'に縮めて配置します');
    expect(pad.getBoundingClientRect().top, 'while it says at which size it is placed').to.equal(top);
  });

  it('draws thicker where a pen presses, and keeps it', async () => {
    await openDialog(element);
    const pad = await padOf(element);
    const press = (pressure: number) => wave(60).map((point) => ({ ...point, pressure }));
    const inked = async (pressure: number): Promise<number> => {
      await writeStroke(pad, press(pressure), 'pen');
      const { amount } = inkOf(pad);
      (await find(element, 'button', '1画戻す')).click();
      return amount;
    };
    const [light, hard] = [await inked(0.05), await inked(1)];
    expect(hard).to.be.greaterThan(light * 1.8);
    // Once more, drawn again after a change of the tab.
    await writeStroke(pad, press(1), 'pen');
    await goTo(element, 'テキストで作成');
    const again = await padOf(element);
    expect(inkOf(again).amount).to.be.closeTo(hard, hard * 0.08);
  });

  it('keeps strokes through scrolling, turning the device, resizing and another theme', async () => {
    await setViewport(390, 780);
    await openDialog(element);
    const pad = await padOf(element);
    await writeStroke(pad, wave(20, 16));
    await writeStroke(pad, [{ x: pad.clientWidth - 20, y: 200 }, { x: pad.clientWidth - 12, y: 230 }, { x: pad.clientWidth - 14, y: 245 }]);
    const [before, narrow] = [inkOf(pad), pad.clientWidth];
    deep(element, '.body')?.scrollTo(0, 200);
    element.setAttribute('theme', 'dark');
    await setViewport(780, 390);
    await until(() => pad.clientWidth > 500 && isFitted(pad) && inkOf(pad).amount > 0, 'the pad to follow');
    await until(() => inkOf(pad).bottom <= pad.clientHeight - 2, 'all strokes within the pad');
    await writeStroke(pad, [{ x: pad.clientWidth - 60, y: 20 }, { x: pad.clientWidth - 40, y: 40 }, { x: pad.clientWidth - 20, y: 60 }]);
    expect(inkOf(pad).right).to.be.greaterThan(pad.clientWidth - 40);
    await setViewport(390, 780);
    // A scroll bar may have come or gone.
    await until(() => Math.abs(pad.clientWidth - narrow) < 24 && isFitted(pad) && inkOf(pad).amount > 0, 'the pad to follow');
    await until(() => inkOf(pad).right <= pad.clientWidth - 2, 'the stroke from the right to be seen, too');
    for (let left = 3; left > 0; left -= 1) (await find(element, 'button', '1画戻す')).click();
    expect(inkOf(pad).amount, 'three strokes were there').to.equal(0);
    expect(before.amount).to.be.greaterThan(100);
  });

  it('goes on after the device was turned in the middle of a stroke', async () => {
    await setViewport(390, 780);
    await openDialog(element);
    const pad = await padOf(element);
    await beginStroke(pad, wave(20));
    await setViewport(780, 390);
    await until(() => pad.clientWidth > 500 && isFitted(pad) && inkOf(pad).amount > 50, 'the pad to follow');
    const { amount } = inkOf(pad);
    window.dispatchEvent(new PointerEvent('pointerup', { pointerId: 7, bubbles: true }));
    await writeStroke(pad, wave(300));
    expect(inkOf(pad).amount, 'a new stroke is drawn').to.be.greaterThan(amount * 1.3);
  });

  it('places what was written, keeps it in the draft as curves, and offers it for the next field', async () => {
    let saved = '';
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/draft')) saved = await request.clone().text();
      return fetch(request);
    };
    try {
      await openDialog(element);
      await writeStroke(await padOf(element), wave(60, 40));
      await reads(element, 'に縮めて配置します');
      (await find(element, 'button', 'この画像で署名する')).click();
      await reads(element, '手書き');
      const image = await until(() => fieldButton(element, '署名1')?.querySelector('img'), 'the picture in the field');
      await image.decode();
      expect(image.src).to.match(/^blob:/u);
      await until(() => saved.includes('"curves":[['), 'the draft');
      expect(saved).to.not.include('"png"').and.to.not.include('"time"').and.to.not.include('"pressure"');
      await openDialog(element, '署名2');
      (await find(element, 'button', '同じ署名画像を使う')).click();
      await until(() => fieldButton(element, '署名2')?.querySelector('img'), 'the picture in the other field');
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('says that it works, and places one seal however often one presses', async () => {
    const waiting: (() => void)[] = [];
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...args): void {
      waiting.push(() => toBlob.apply(this, args));
    };
    try {
      await openDialog(element);
      let placed = 0;
      deep(element, 'sky-seal-dialog')?.addEventListener('sky-request-place-seal', () => (placed += 1));
      const use = await find(element, 'button', 'この画像で署名する');
      use.click();
      await until(() => use.getAttribute('aria-busy') === 'true', 'the button to be busy');
      use.click();
      expect(waiting).to.have.length(1);
      waiting[0]?.();
      await until(() => fieldButton(element, '署名1')?.querySelector('img'), 'the seal');
      expect(placed).to.equal(1);
    } finally {
      HTMLCanvasElement.prototype.toBlob = toBlob;
    }
  });

  it('stands in the signed file as it was written', async () => {
    await fillTexts(element);
    await seal(element, '署名2');
    await openDialog(element);
    await writeStroke(await padOf(element), wave(60, 30), 'pen');
    (await find(element, 'button', 'この画像で署名する')).click();
    const field = await until(() => fieldButton(element, '署名1')?.querySelector('img') && fieldButton(element, '署名1'), 'the picture in the field');
    const image = field.querySelector('img') as HTMLImageElement;
    await image.decode();
    const pages = allDeep<HTMLElement>(element, 'sky-page');
    const at = pages.findIndex((each) => each.contains(field) || each.shadowRoot?.contains((field.getRootNode() as ShadowRoot).host));
    const [paper, picture] = [pages[at]?.getBoundingClientRect() ?? new DOMRect(), image.getBoundingClientRect()];
    const where = { x: (picture.left - paper.left) / paper.width, y: (picture.top - paper.top) / paper.height, width: picture.width / paper.width, height: picture.height / paper.height };
    const wanted = document.createElement('canvas');
    wanted.width = Math.round(picture.width);
    wanted.height = Math.round(picture.height);
    wanted.getContext('2d')?.drawImage(image, 0, 0, wanted.width, wanted.height);
    await agree(element);
    await finish(element);
    (await find(element, 'button', '署名した文書を確認する')).click();
    let best = 0;
    await until(() => {
      const signed = allDeep<HTMLElement>(element, 'sky-page')[at];
      signed?.scrollIntoView();
      const canvas = signed?.shadowRoot?.querySelector('canvas');
      best = Math.max(best, canvas && canvas.width > 300 ? likeness(wanted, canvas, where) : 0);
      return best > 0.85;
    }, 'the same lines in the signed file').catch((error: unknown) => {
      throw new Error(`The lines are alike by ${String(best)}.`, { cause: error });
    });
  });

  it('is done by keyboard alone with a seal from text', async () => {
    const field = await until(() => fieldButton(element, '署名1'), 'the field');
    field.focus();
    await key('Enter');
    await find(element, 'button', 'この画像で署名する');
    await until(() => deepFocus()?.localName === 'h2', 'the heading to have the focus');
    const tabTo = async (is: (focused: HTMLElement) => boolean, what: string): Promise<void> => {
      for (let steps = 0; steps < 20; steps += 1) {
        const focused = deepFocus();
        if (focused && is(focused)) return;
        await key('Tab');
      }
      throw new Error(`The Tab key does not lead to ${what}.`);
    };
    await tabTo((focused) => focused.getAttribute('role') === 'tab', 'the tabs');
    await tabTo((focused) => focused.localName === 'textarea', 'the text');
    await key('Control+a');
    for (const letter of 'ABC') await key(letter);
    await tabTo((focused) => focused.getAttribute('name') === 'shape', 'the shapes');
    await key('ArrowRight');
    await tabTo((focused) => focused.localName === 'select', 'the sizes');
    await tabTo((focused) => focused.textContent?.includes('この画像で署名する') ?? false, 'the button');
    await key('Enter');
    await until(() => fieldButton(element, '署名1')?.querySelector('img'), 'the seal');
    expect(deepFocus(), 'the focus is back on the field').to.equal(fieldButton(element, '署名1'));
  });

  it('says where letters without a frame become too small to be read', async () => {
    await openDialog(element);
    const text = await until(() => deep<HTMLTextAreaElement>(element, 'textarea#text'), 'the text');
    (await find(element, 'radio', '文字のみ')).click();
    type(text, '株式会社山田建設');
    await reads(element, 'に縮めて配置します');
    expect(says(element, '読みにくくなります')).to.equal(false);
    type(text, '株式会社山田建設代表取締役山田太郎');
    await reads(element, '読みにくくなります');
  });

  it('shows all choices in English, too, without scrolling', async () => {
    await openDialog(element);
    element.setAttribute('lang', 'en');
    await find(element, 'radio', 'Horizontal');
    const [size, foot] = [await until(() => deep(element, 'select#size'), 'the size'), deep(element, 'dialog > .foot')];
    expect(size.getBoundingClientRect().bottom).to.be.at.most(foot?.getBoundingClientRect().top ?? 0);
    const [colour, direction] = ['colour', 'direction'].map((name) => allDeep<HTMLElement>(element, `.choice:has([name=${name}])`).map((each) => each.offsetTop));
    for (const tops of [colour, direction]) expect(new Set(tops).size, 'in one row').to.equal(1);
  });

  it('says why a file is refused, and lets the person choose another', async () => {
    await openDialog(element);
    const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'seal.png', { type: 'image/png' });
    await choose(element, svg);
    await reads(element, 'この種類のファイルは使えません');
    await choose(element, await pngFile());
    await until(() => deep(element, '#threshold'), 'the threshold');
    expect(says(element, 'この種類のファイルは使えません')).to.equal(false);
    await reads(element, '21 mm × 21 mm');
  });

  it('shows a seal at its size on paper within its field', async () => {
    await openDialog(element);
    const place = await until(() => deep<HTMLElement>(element, '.place'), 'the place');
    const canvas = place.querySelector('canvas') as HTMLCanvasElement;
    await until(() => canvas.clientWidth > 0, 'the seal');
    // 21 mm at 96 pixels an inch, in a field of 68 points.
    expect(canvas.getBoundingClientRect().width).to.be.closeTo((21 * 96) / 25.4, 0.6);
    expect(place.getBoundingClientRect().width).to.be.closeTo((68 * 96) / 72, 0.6);
    expect(all(element, 'button', 'この画像で署名する')).to.have.length(1);
  });
});

/** Every element that matches, through shadow roots. */
function allDeep<T extends Element>(root: Element, selector: string): T[] {
  return [...(root.shadowRoot?.querySelectorAll('*') ?? [])].flatMap((each) => [...(each.matches(selector) ? [each as T] : []), ...allDeep<T>(each, selector)]);
}

type Part = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

/** How alike the lines are in both, 0 to 1, where the page may be off by a pixel. */
function likeness(wanted: HTMLCanvasElement, page: HTMLCanvasElement, where: Part): number {
  const steps = [-1, -0.5, 0, 0.5, 1];
  return Math.max(...steps.flatMap((x) => steps.map((y) => cosine(wanted, page, { ...where, x: where.x + (x * where.width) / wanted.width, y: where.y + (y * where.height) / wanted.height }))));
}

/** The cosine between how dark the pixels of both are. */
function cosine(wanted: HTMLCanvasElement, page: HTMLCanvasElement, where: Part): number {
  const cut = document.createElement('canvas');
  cut.width = wanted.width;
  cut.height = wanted.height;
  const pen = cut.getContext('2d') as CanvasRenderingContext2D;
  pen.drawImage(page, where.x * page.width, where.y * page.height, where.width * page.width, where.height * page.height, 0, 0, cut.width, cut.height);
  const dark = pen.getImageData(0, 0, cut.width, cut.height).data;
  const ink = wanted.getContext('2d')?.getImageData(0, 0, cut.width, cut.height).data ?? new Uint8ClampedArray();
  let [both, first, second] = [0, 0, 0];
  for (let at = 0; at < ink.length; at += 4) {
    const [a, b] = [ink[at + 3] ?? 0, 255 - (dark[at] ?? 255)];
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return both / Math.sqrt(first * second || 1);
}
