import { expect } from 'chai';
import { press } from './testing/mouse.js';
import { all, find, reads, says, type, until } from './testing/screen.js';
import { openSigningPage, type SigningPage } from './testing/signing-page.js';
import { deep, enterCode } from './testing/signing-steps.js';

describe('an approver', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  async function open(): Promise<HTMLElement> {
    const { linkToken, accessCode } = await page.seed('approval');
    const element = page.show({ token: linkToken });
    await enterCode(element, accessCode);
    await reads(element, '次の文書の確認を依頼されています');
    expect(all(element, 'button', '自分で署名する')).to.have.length(0);
    (await find(element, 'button', '文書を確認する')).click();
    await until(() => deep(element, 'canvas'), 'a painted page');
    return element;
  }

  it('reads every document, approves, and hears nothing of a signature', async () => {
    const element = await open();
    await reads(element, '記入する項目はありません');
    expect(deep(element, 'sky-field'), 'no field of one’s own').to.equal(undefined);
    (await find(element, 'button', /^完了する$/u)).click();
    await reads(element, 'をまだ開いていません');
    await until(() => deep(element, '[role=tab][aria-selected=true]')?.textContent?.includes('文書2'), 'the second document');
    await until(() => deep(element, 'canvas'), 'its first page');
    await until(() => page.calls.filter((call) => call.endsWith('/events')).length >= 2, 'both documents to count as seen');
    (await find(element, 'button', /^完了する$/u)).click();
    await find(element, 'heading', '文書を承認しますか');
    await reads(element, '文書に署名は付きません');
    await reads(element, '確認者');
    expect(says(deep(element, 'sky-confirm') as HTMLElement, '電子署名を付けて')).to.equal(false);
    const consent = await find<HTMLInputElement>(element, 'checkbox', '');
    const approve = await find(element, 'button', /^承認する$/u);
    await press(approve);
    await reads(element, '同意の欄にチェックを入れてください');
    consent.click();
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(deep(element, 'sky-completing')?.shadowRoot?.textContent ?? ''));
    watch.observe((deep(element, 'sky-review') as HTMLElement).shadowRoot as ShadowRoot, { childList: true, subtree: true });
    await until(() => !says(element, 'をまだ読み込んでいます'), 'the documents');
    await press(approve);
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (says(element, 'すべて読み込みました')) await press(approve);
    await find(element, 'heading', '手続きが完了しました');
    watch.disconnect();
    expect(said.join(''), 'while it was sent').not.to.include('署名して');
    await reads(element, '承認を青葉市 財政部契約課へ伝えました');
    await reads(element, '承認済み');
    expect(all(element, 'button', '署名した文書')).to.have.length(0);
    (await find(element, 'button', '承認した文書を見る')).click();
    await until(() => deep(element, 'canvas'), 'the documents again');
  });

  it('hears of no signature on the way and after a break', async () => {
    const element = await open();
    await reads(element, '青葉市 財政部契約課 からの確認依頼');
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '保存して中断する')).click();
    await reads(element, '承認はまだ終わっていません');
  });

  it('may send the request back', async () => {
    const element = await open();
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '辞退・差戻し')).click();
    await find(element, 'heading', '承認を辞退しますか');
    type(await find(element, 'textbox', '理由'), '別表が古いままです。');
    (await find(element, 'button', /^辞退する$/u)).click();
    await find(element, 'heading', '承認を辞退しました');
    await reads(element, '青葉市 財政部契約課へお知らせしました');
    expect(says(element, '署名を辞退'), 'of a signature').to.equal(false);
  });
});
