import { expect } from 'chai';
import type { SkySign } from './sky-sign.js';
import { signInOtherWindow } from './testing/other-window.js';
import { all, find, findLast, reads, says, type, until } from './testing/screen.js';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { deep, enterCode, firstPage } from './testing/signing-steps.js';

/** Acts have consequences: what is done is what the person saw and pressed for, and what became of it is said. */
describe('acts', function () {
  this.timeout(60_000);
  let page: SigningPage;
  let restore: (() => void) | undefined;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => {
    restore?.();
    restore = undefined;
    page.clear();
  });
  after(() => page.close());

  /** Holds the calls of that path until they are let go. */
  async function hold(path: RegExp): Promise<() => void> {
    const server = await page.mocks.server();
    const answer = server.fetch;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    server.fetch = async (request) => {
      if (path.test(new URL(request.url).pathname)) await gate;
      return answer(request);
    };
    restore = () => {
      go();
      server.fetch = answer;
    };
    return go;
  }

  async function scenario(name: 'offline' | 'normal' | 'drafts-offline'): Promise<void> {
    (await page.mocks.server()).scenario = name;
    restore = () => void page.mocks.server().then((server) => (server.scenario = 'normal'));
  }

  async function openDecline(element: SkySign): Promise<void> {
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '辞退・差戻し')).click();
    type(await find(element, 'textbox', '理由'), '金額が違います。');
  }

  async function backToDocuments(element: SkySign): Promise<void> {
    (await find(element, 'button', '文書に戻る')).click();
    await until(() => !deep(element, 'dialog'), 'the dialog to go');
  }

  const inputOf = (element: SkySign, label: string): Promise<HTMLInputElement> => find<HTMLInputElement>(element, 'textbox', label);

  it('are not carried over: who goes back while the page is asked, and changes something, is asked anew', async () => {
    const { element } = await prepare(page);
    let release: () => void = () => undefined;
    element.addEventListener('sky-before-complete', (event) => event.waitUntil(new Promise<void>((resolve) => (release = resolve))), { once: true });
    await finish(element);
    await until(() => all(element, 'button', '送信しています')[0], 'the button to wait');
    await backToDocuments(element);
    (await find(element, 'button', '入力1')).click();
    type(await inputOf(element, '入力1'), '後から変えた住所');
    (await find(element, 'button', /^完了する$/u)).click();
    await reads(element, '署名手続きを完了しますか');
    release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(page.calls.filter((call) => call.endsWith('/completion'))).to.deep.equal([]);
    expect((await find<HTMLInputElement>(element, 'checkbox', /同意します。$/u)).checked).to.equal(false);
    await findLast(element, 'button', '署名手続きを完了する');
  });

  it('of another window are told as such, and are not this one’s', async () => {
    const { element, seed } = await prepare(page);
    const events: string[] = [];
    element.addEventListener('sky-signed', () => events.push('signed'));
    await signInOtherWindow(seed);
    await finish(element);
    await reads(element, '手続きが完了しました');
    await reads(element, 'ほかの画面で手続きが済んでいました');
    expect(events).to.deep.equal([]);
  });

  it('of another window are found when something is filled in here', async () => {
    const { element, seed } = await openEnvelope(page);
    await signInOtherWindow(seed);
    type(await inputOf(element, '入力1'), '乙の値');
    await reads(element, 'ほかの画面で手続きが済んでいました');
  });

  it('that are under way cannot be called back, nor done twice', async () => {
    const { element } = await openEnvelope(page);
    const go = await hold(/\/decline$/u);
    await openDecline(element);
    const button = await find(element, 'button', /^辞退する$/u);
    button.click();
    button.click();
    await until(() => all(element, 'button', '送信しています')[0], 'the button to wait');
    (await find(element, 'button', 'キャンセル')).click();
    expect(all(element, 'dialog', '').length, 'still there').to.equal(1);
    go();
    await find(element, 'heading', '署名を辞退しました');
    expect(page.calls.filter((call) => call.endsWith('/decline'))).to.have.length(1);
  });

  it('that fail say so in their dialog, with what was typed', async () => {
    const { element } = await openEnvelope(page);
    await openDecline(element);
    await scenario('offline');
    (await find(element, 'button', /^辞退する$/u)).click();
    const alert = await until(() => deep(element, 'dialog[open] [role=alert]'), 'the words in the dialog', 30_000);
    expect(alert.textContent).to.include('通信できませんでした');
    expect((await find<HTMLTextAreaElement>(element, 'textbox', '理由')).value).to.equal('金額が違います。');
    expect(deep(element, '.notice'), 'nothing behind the dialog').to.equal(undefined);
    await scenario('normal');
    (await find(element, 'button', /^辞退する$/u)).click();
    await find(element, 'heading', '署名を辞退しました');
  });

  it('of handing on keep name and address when they fail', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    await enterCode(element, seed.accessCode);
    (await find(element, 'button', '他の人に依頼する')).click();
    (await find(element, 'button', /^依頼する$/u)).click();
    await reads(element, '氏名を入力してください');
    expect(says(element, 'メールアドレスを確認してください'), 'both at once').to.equal(true);
    type(await inputOf(element, '氏名'), '山田 花子');
    type(await inputOf(element, 'メールアドレス'), 'hanako@example.jp');
    await scenario('offline');
    (await find(element, 'button', /^依頼する$/u)).click();
    await until(() => deep(element, 'dialog[open] [role=alert]'), 'the words in the dialog', 30_000);
    expect([(await inputOf(element, '氏名')).value, (await inputOf(element, 'メールアドレス')).value]).to.deep.equal(['山田 花子', 'hanako@example.jp']);
  });

  it('give the focus back to the menu that they were chosen from', async () => {
    const { element } = await openEnvelope(page);
    await openDecline(element);
    (await find(element, 'button', 'キャンセル')).click();
    await until(() => element.shadowRoot?.activeElement && deep(element, 'sky-header')?.shadowRoot?.activeElement?.textContent?.includes('その他の操作'), 'the focus on the menu');
  });

  it('of filling in outlive a session that ended before they could be saved', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    await enterCode(element, seed.accessCode);
    await firstPage(element);
    await scenario('drafts-offline');
    type(await inputOf(element, '入力1'), '保存できなかった住所');
    await reads(element, '保存できていません');
    const server = await page.mocks.server();
    server.aheadMs = 45 * 60_000;
    await scenario('normal');
    try {
      await reads(element, '時間がたったため、画面を閉じました');
      (await find(element, 'button', /^(開き直す|もう一度試す)$/u)).click();
      await enterCode(element, seed.accessCode);
      await firstPage(element);
      expect((await inputOf(element, '入力1')).value).to.equal('保存できなかった住所');
      await reads(element, '自動で保存しています');
    } finally {
      server.aheadMs = 0;
    }
  });

  it('of the page that moves the element leave a dialog over everything, and the reader where they were', async () => {
    const { element } = await prepare(page);
    document.body.append(document.createElement('div').appendChild(element).parentElement as Element);
    await until(() => deep(element, 'dialog:modal'), 'a modal dialog');
    await backToDocuments(element);
    (await find(element, 'tab', '文書1')).click();
    await until(() => says(element, '/ 3') && deep(element, 'canvas'), 'the first document');
    const scroller = await until(() => deep<HTMLElement>(element, '[role=tabpanel]'), 'the pages');
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => says(element, '/ 3') && (deep<HTMLInputElement>(element, 'input[inputmode=numeric]')?.value ?? '') === '3', 'the last page');
    const before = scroller.scrollTop;
    document.body.append(element);
    await until(() => Math.abs((deep<HTMLElement>(element, '[role=tabpanel]')?.scrollTop ?? 0) - before) < 2, 'the same place');
    document.querySelectorAll('body > div:empty').forEach((empty) => empty.remove());
  });
});
