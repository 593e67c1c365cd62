import axe from 'axe-core';
import { expect } from 'chai';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { deep, enterCode, fieldButton, fillTexts, firstPage, seal } from './testing/signing-steps.js';
import { emulate, key, setViewport } from './testing/mouse.js';
import { all, cutOff, find, reads, spaceText, stickingOut, type, until } from './testing/screen.js';

/** No violation of WCAG 2.2 A and AA on the whole page. */
async function isAccessible(screen: string, without: readonly string[] = []): Promise<void> {
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false }, 'landmark-one-main': { enabled: false }, ...Object.fromEntries(without.map((id) => [id, { enabled: false }])) } });
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ''}`).join('; ')}`);
  expect(words, screen).to.deep.equal([]);
}

describe('screens without a violation of WCAG 2.2 AA', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
    document.documentElement.lang = 'ja';
    document.title = '署名';
  });
  afterEach(async () => {
    page.clear();
    await setViewport(1280, 860);
  });
  after(() => page.close());

  for (const theme of ['light', 'dark']) {
    it(`the whole journey, ${theme}`, async () => {
      const seed = await page.seed();
      const element = page.show({ token: seed.linkToken, theme });
      element.style.setProperty('--sky-motion', '0ms');
      await find(element, 'textbox', 'アクセスコード');
      await isAccessible('access code');
      await enterCode(element, '9999');
      await reads(element, 'あと4回入力できます');
      await isAccessible('wrong access code');
      await enterCode(element, seed.accessCode);
      await find(element, 'button', '自分で署名する');
      await isAccessible('who signs');
      await firstPage(element);
      await isAccessible('reviewing');
      (await find(element, 'button', /^完了する$/u)).click();
      await until(() => deep(element, '[aria-invalid=true]'), 'the missing fields');
      await isAccessible('what is missing');
      await fillTexts(element);
      (await find(element, 'button', '署名1')).click();
      (await until(() => fieldButton(element, '署名1'), 'the field')).click();
      await find(element, 'button', 'この画像で署名する');
      await isAccessible('seal from text');
      (await find(element, 'tab', '画像で作成')).click();
      await until(() => deep(element, 'sky-seal-image'), 'the panel');
      await isAccessible('seal from a picture');
      (await find(element, 'tab', '手書きでサイン')).click();
      await until(() => deep(element, 'sky-seal-pad'), 'the panel');
      await isAccessible('handwriting');
      (await find(element, 'button', 'キャンセル')).click();
      await seal(element, '署名1');
      await seal(element, '署名2');
      await isAccessible('all filled in');
      (await find(element, 'button', /^完了する$/u)).click();
      await find(element, 'checkbox', /同意します。$/u);
      await isAccessible('confirmation');
      (await find(element, 'checkbox', /同意します。$/u)).click();
      await finish(element);
      await find(element, 'heading', '手続きが完了しました');
      await isAccessible('completed');
    });
  }

  it('on a telephone: page, list, sheet', async () => {
    await setViewport(360, 740);
    const { element } = await openEnvelope(page);
    element.style.setProperty('--sky-motion', '0ms');
    await isAccessible('reviewing');
    (await find(element, 'button', '一覧')).click();
    await until(() => deep(element, 'sky-sheet'), 'the sheet');
    await isAccessible('list');
    (await find(element, 'button', '入力1')).click();
    await until(() => deep(element, 'sky-field-input'), 'the input');
    await isAccessible('input in a sheet');
  });

  /** The screen in both themes. */
  async function inBothThemes(element: HTMLElement, screen: string, without: readonly string[] = []): Promise<void> {
    element.style.setProperty('--sky-motion', '0ms');
    await Promise.all(animationsIn(element).map(({ finished }) => finished.catch(() => undefined)));
    for (const theme of ['light', 'dark']) {
      element.setAttribute('theme', theme);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await isAccessible(`${screen}, ${theme}`, without);
    }
  }

  it('links that open nothing: unknown, locked, declined, handed on, not yet, no connection', async () => {
    const unknown = page.show({ token: `skl_${'A'.repeat(43)}` });
    await reads(unknown, 'この依頼は見つかりません');
    await inBothThemes(unknown, 'unknown link');
    page.clear();

    const { linkToken, envelope } = await page.seed();
    const locked = page.show({ token: linkToken });
    for (const left of [4, 3, 2, 1, 0]) {
      await enterCode(locked, '0001');
      await reads(locked, left ? `あと${left}回入力できます` : 'この依頼を開けなくなりました');
    }
    await inBothThemes(locked, 'locked');
    page.clear();

    const server = await page.mocks.server();
    const early = await server.embedToken(envelope.id, envelope.recipients[1]?.id ?? '');
    const waiting = page.show({ token: early });
    const open = await until(() => all(waiting, 'button', '文書を開く')[0] ?? all(waiting, 'heading', 'まだ順番ではありません')[0], 'the first screen');
    if (open.localName === 'button') open.click();
    await find(waiting, 'heading', 'まだ順番ではありません');
    await inBothThemes(waiting, 'waiting');
    page.clear();

    const { element: declining } = await openEnvelope(page);
    (await find(declining, 'button', 'その他の操作')).click();
    await find(declining, 'button', '依頼の内容');
    // The open menu lies over other targets, and closes as soon as the focus leaves it.
    await inBothThemes(declining, 'menu', ['target-size']);
    (await find(declining, 'button', '辞退・差戻し')).click();
    (await find(declining, 'button', /^辞退する$/u)).click();
    await reads(declining, '理由を入力してください');
    await inBothThemes(declining, 'decline');
    type(await find(declining, 'textbox', '理由'), '金額が違います。');
    (await find(declining, 'button', /^辞退する$/u)).click();
    await find(declining, 'heading', '署名を辞退しました');
    await inBothThemes(declining, 'declined');
    page.clear();

    const seed = await page.seed();
    const delegating = page.show({ token: seed.linkToken });
    await enterCode(delegating, seed.accessCode);
    (await find(delegating, 'button', '他の人に依頼する')).click();
    (await find(delegating, 'button', /^依頼する$/u)).click();
    await reads(delegating, '氏名を入力してください');
    await inBothThemes(delegating, 'delegation');
    page.clear();

    server.scenario = 'offline';
    const offline = page.show({ token: seed.linkToken });
    await find(offline, 'heading', '通信できませんでした').finally(() => (server.scenario = 'normal'));
    await inBothThemes(offline, 'offline');
  });

  it('while reading: list of pages, request, search, documents that do not come', async () => {
    const { element } = await openEnvelope(page);
    (await find(element, 'button', 'ページ一覧')).click();
    await until(() => deep(element, 'sky-page-list canvas, canvas'), 'small pictures');
    await inBothThemes(element, 'list of pages');
    await key('Escape');
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '依頼の内容')).click();
    await reads(element, '差出人からのメッセージ');
    await inBothThemes(element, 'the request');
    await key('Escape');
    (await find(element, 'button', '文書内を検索')).click();
    type(await find(element, 'textbox', '探す文字'), '受注者');
    await until(() => /件目/u.test(deep(element, 'output')?.textContent ?? ''), 'results');
    await inBothThemes(element, 'search');
    page.clear();
    const server = await page.mocks.server();
    const seed = await page.seed();
    const failing = page.show({ token: seed.linkToken });
    await enterCode(failing, seed.accessCode);
    server.scenario = 'documents-offline';
    (await find(failing, 'button', '自分で署名する')).click();
    await find(failing, 'heading', '文書を表示できませんでした').finally(() => (server.scenario = 'normal'));
    await inBothThemes(failing, 'a document that does not come');
  });

  it('the server is still sealing, and the end for everybody', async () => {
    const { element } = await prepare(page);
    const server = await page.mocks.server();
    server.scenario = 'tsa-down';
    await finish(element);
    await until(() => deep(element, 'sky-completing') ?? all(element, 'heading', '受け付けました')[0], 'progress');
    await find(element, 'heading', '受け付けました').finally(() => (server.scenario = 'normal'));
    await inBothThemes(element, 'sealing');
  });

  for (const [name, width, height] of [
    ['320 CSS pixels wide', 320, 640],
    ['a window of 1280 × 1024 at 400 %', 320, 256],
  ] as const) {
    it(`needs no scrolling sideways: ${name}`, async () => {
      await setViewport(width, height);
      // MiniBrowser's window is never narrower than its toolbar.
      const wide = Math.max(width, innerWidth);
      const seed = await page.seed();
      const element = page.show({ token: seed.linkToken });
      element.style.setProperty('--sky-motion', '0ms');
      const fits = (screen: string): void => {
        expect(document.documentElement.scrollWidth, screen).to.be.at.most(wide);
        expect(stickingOut(element, wide), screen).to.deep.equal([]);
      };
      await find(element, 'textbox', 'アクセスコード');
      fits('access code');
      await enterCode(element, '0001');
      await reads(element, 'あと4回入力できます');
      fits('wrong code');
      await enterCode(element, seed.accessCode);
      await find(element, 'button', '自分で署名する');
      fits('who signs');
      (await find(element, 'button', '他の人に依頼する')).click();
      await find(element, 'textbox', '氏名');
      fits('delegation');
      await key('Escape');
      await firstPage(element);
      fits('reviewing');
      expect((deep(element, '.pages') as HTMLElement).clientHeight, 'room for the pages').to.be.above(60);
      (await find(element, 'button', '一覧')).click();
      (await find(element, 'button', '署名1')).click();
      (await until(() => fieldButton(element, '署名1'), 'the field')).click();
      await find(element, 'button', 'この画像で署名する');
      fits('seal');
      (await find(element, 'button', 'この画像で署名する')).click();
      await until(() => all(element, 'dialog', '').length === 0, 'the dialog to close');
      (await find(element, 'button', 'その他の操作')).click();
      await find(element, 'button', '依頼の内容');
      fits('menu');
    });
  }

  it('loses nothing where text is spaced as WCAG 1.4.12 wants', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    element.style.setProperty('--sky-motion', '0ms');
    const spaced = async (screen: string): Promise<void> => {
      spaceText(element);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(cutOff(element), screen).to.deep.equal([]);
    };
    await find(element, 'textbox', 'アクセスコード');
    await spaced('access code');
    await enterCode(element, seed.accessCode);
    await find(element, 'button', '自分で署名する');
    await spaced('who signs');
    await firstPage(element);
    await spaced('reviewing');
    await fillTexts(element);
    await seal(element, '署名1');
    await seal(element, '署名2');
    (await find(element, 'button', /^完了する$/u)).click();
    await find(element, 'checkbox', /同意します。$/u);
    await spaced('confirmation');
  });

  it('in forced colours, and without motion', async function () {
    const { element } = await openEnvelope(page);
    if (!(await emulate({ forcedColors: 'active', reducedMotion: 'reduce' }))) this.skip();
    try {
      expect(getComputedStyle(element).getPropertyValue('--_motion')).to.equal('0ms');
      await isAccessible('reviewing');
      expect(getComputedStyle(deep(element, '.paper') as Element).backgroundColor, 'paper stays white').to.equal('rgb(255, 255, 255)');
      const button = (await find(element, 'button', /^完了する$/u)) as HTMLElement;
      expect(getComputedStyle(button).borderTopWidth, 'a button keeps its edge').not.to.equal('0px');
    } finally {
      await emulate({ forcedColors: 'none', reducedMotion: 'no-preference' });
    }
  });

  it('gives the focus to the heading of a new screen, and back to the field after a dialog', async () => {
    const { element } = await prepare(page);
    await key('Escape');
    await until(() => (deep(element, 'sky-confirm') ? undefined : true), 'the dialog to close');
    (await until(() => fieldButton(element, '署名2'), 'the field')).focus();
    await key('Enter');
    await find(element, 'button', 'この画像で署名する');
    await key('Escape');
    await until(() => focused()?.getAttribute('aria-label')?.startsWith('署名2') || undefined, 'the focus on the field');
  });

  it('says politely what was placed and what is left', async () => {
    const { element } = await openEnvelope(page);
    await seal(element, '署名1');
    await until(() => element.shadowRoot?.querySelector('[aria-live=polite]')?.textContent?.includes('署名1　受注者の印に印影を配置しました。必須の項目があと5件あります。') || undefined, 'the words');
  });

  it('moves through tabs with the arrow keys and opens one on Enter', async () => {
    const { element } = await openEnvelope(page);
    (await find(element, 'tab', '文書1')).focus();
    await key('ArrowRight');
    await until(() => focused()?.textContent?.includes('文書2') || undefined, 'the focus on the second tab');
    expect((await find(element, 'tab', '文書1')).getAttribute('aria-selected')).to.equal('true');
    await key('Enter');
    await until(() => deep(element, '[role=tab][aria-selected=true]')?.textContent?.includes('文書2') || undefined, 'the second document');
  });
});

/** Fading dialogs and the like, which end; not what turns as long as something is awaited. */
function animationsIn(element: Element): Animation[] {
  return document.getAnimations().filter((animation) => element.isConnected && animation.effect?.getComputedTiming().endTime !== Infinity);
}

function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}
