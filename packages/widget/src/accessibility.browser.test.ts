import axe from 'axe-core';
import { expect } from 'chai';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { deep, enterCode, fieldButton, fillTexts, firstPage, seal } from './testing/signing-steps.js';
import { key, setViewport } from './testing/mouse.js';
import { find, reads, until } from './testing/screen.js';

/** No violation of WCAG 2.2 A and AA on the whole page. */
async function isAccessible(screen: string): Promise<void> {
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false }, 'landmark-one-main': { enabled: false } } });
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

  it('locked, unknown and ended links', async () => {
    const element = page.show({ token: `skl_${'A'.repeat(43)}` });
    await reads(element, 'この依頼は見つかりません');
    await isAccessible('unknown link');
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

function focused(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}
