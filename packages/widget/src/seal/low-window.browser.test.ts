import { expect } from 'chai';
import { setViewport } from '../testing/mouse.js';
import { all, find, stickingOut, until } from '../testing/screen.js';
import { openEnvelope, openSigningPage, type SigningPage } from '../testing/signing-page.js';
import { deep, fieldButton } from '../testing/signing-steps.js';
import type { SkySign } from '../sky-sign.js';

/** Windows in which little is seen at once: 1280 × 1024 at 400 %, and telephones on their side. */
const windows = [
  [320, 256],
  [320, 400],
  [360, 300],
  [844, 390],
] as const;

describe('what is cut off', () => {
  it('is found in a box that hides it, not in one that scrolls', () => {
    const [box, words] = [document.createElement('div'), document.createElement('p')];
    box.style.width = '200px';
    words.style.width = '300px';
    box.append(words);
    document.body.append(box);
    for (const [overflow, found] of [['hidden', 1], ['clip', 1], ['auto', 0], ['visible', 0]] as const) {
      box.style.overflow = overflow;
      // From outside: what is asked about is never taken as one that scrolls.
      expect(stickingOut(document.body, innerWidth), overflow).to.have.length(found);
    }
    box.remove();
  });
});

describe('dialogs in a low window', function () {
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

  /** Makes the window that large, and waits until nothing is cut off: pages take a moment to follow. */
  async function fits(width: number, height: number): Promise<string> {
    await setViewport(width, height);
    await until(() => innerHeight === height, 'the window');
    // MiniBrowser's window is never narrower than its toolbar.
    const look = (): string[] => stickingOut(element, Math.max(width, innerWidth));
    const at = `${String(width)} × ${String(height)}`;
    await until(() => look().length === 0, at, 5000).catch(() => expect(look(), at).to.deep.equal([]));
    return at;
  }

  /** All of them can be brought into sight, one after the other, and nothing lies over them. */
  function reaches(controls: readonly HTMLElement[], at: string): void {
    for (const control of controls) {
      control.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const what = `${control.textContent?.trim() ?? ''} at ${at}`;
      expect(left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight, `${what}: ${[left, right, top, bottom].map(Math.round).join()}`).to.equal(true);
      const root = control.getRootNode() as ShadowRoot;
      const over = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      expect(over !== null && control.contains(over), `${what} is covered by ${over?.className ?? 'nothing'}`).to.equal(true);
    }
  }

  it('shows all of the seal dialog, in each of its tabs', async () => {
    (await find(element, 'button', '署名1')).click();
    (await until(() => fieldButton(element, '署名1'), 'the field')).click();
    await find(element, 'button', 'この画像で署名する');
    const dialog = await until(() => deep<HTMLDialogElement>(element, 'dialog[open]'), 'the dialog');
    for (const [width, height] of windows) {
      for (const name of ['手書きでサイン', '画像で作成', 'テキストで作成']) {
        const tab = await find(element, 'tab', name);
        tab.click();
        await until(() => tab.getAttribute('aria-selected') === 'true', 'the tab');
        const at = await fits(width, height);
        for (const one of [dialog, dialog.querySelector('.body') as Element]) expect(one.scrollWidth, at).to.be.at.most(one.clientWidth);
        const title = dialog.querySelector('h2') as HTMLElement;
        expect(title.clientHeight, `the title at ${at}`).to.be.at.most(60);
        reaches([...all(element, 'tab', /で(作成|サイン)$/u), ...all(element, 'button', 'キャンセル'), ...all(element, 'button', 'この画像で署名する')], at);
      }
    }
  });

  it('shows all of the dialog that declines', async () => {
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '辞退・差戻し')).click();
    const reason = await find(element, 'textbox', '理由');
    for (const [width, height] of windows) {
      const at = await fits(width, height);
      reaches([reason, await find(element, 'button', 'キャンセル'), await find(element, 'button', /^辞退する$/u)], at);
    }
    deep(element, 'dialog > .body')?.scrollTo(0, 0);
    const [{ bottom }, foot] = [reason.getBoundingClientRect(), deep(element, 'dialog > .foot')?.getBoundingClientRect()];
    expect(bottom, 'where it is 844 wide, it needs no scrolling').to.be.at.most(foot?.top ?? 0);
  });
});
