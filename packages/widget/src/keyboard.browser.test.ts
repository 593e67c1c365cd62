import { expect } from 'chai';
import { key, keys } from './testing/mouse.js';
import { all, find, nameOf, reads, until } from './testing/screen.js';
import { openSigningPage, type SigningPage } from './testing/signing-page.js';
import { deep } from './testing/signing-steps.js';

/** Real key presses only: nothing here clicks, and nothing moves the focus but the keyboard. */
describe('by keyboard alone', function () {
  this.timeout(120_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  /** Role and name of what has the focus. */
  function focus(): { element: HTMLElement; role: string; name: string } {
    let element = document.activeElement as HTMLElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
    const roles: Record<string, string> = { BUTTON: 'button', A: 'link', SELECT: 'combobox', TEXTAREA: 'textbox', H1: 'heading', H2: 'heading', DIALOG: 'dialog' };
    const inputs: Record<string, string> = { checkbox: 'checkbox', radio: 'radio', date: 'date', range: 'slider', file: 'file' };
    const role = element.getAttribute('role') ?? (element instanceof HTMLInputElement ? (inputs[element.type] ?? 'textbox') : roles[element.tagName]) ?? element.localName;
    return { element, role, name: nameOf(element) };
  }

  const isOn = (role: string, name: string | RegExp): boolean => {
    const now = focus();
    return now.role === role && (typeof name === 'string' ? now.name.startsWith(name) : name.test(now.name));
  };

  /** The focus comes by itself. */
  async function arrives(role: string, name: string | RegExp): Promise<void> {
    await until(() => isOn(role, name), `the focus on ${role} ${String(name)}`).catch((error: unknown) => {
      throw new Error(`${String(error)} It is on ${focus().role} ${focus().name}.`);
    });
  }

  /** Presses Tab (or another key) until the focus is there; a trap would never get there. */
  async function go(role: string, name: string | RegExp, press = 'Tab'): Promise<void> {
    const path: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      if (isOn(role, name)) return;
      await key(press);
      path.push(`${focus().role} ${focus().name}`);
    }
    throw new Error(`${press} did not come to ${role} ${String(name)}: ${path.join(' → ')}`);
  }

  async function open(): Promise<{ element: HTMLElement; accessCode: string }> {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    await arrives('heading', 'アクセスコードの入力');
    await go('textbox', 'アクセスコード');
    await keys(accessCode);
    await key('Enter');
    await arrives('heading', '旧庁舎跡地 造成工事 請負契約');
    return { element, accessCode };
  }

  async function review(): Promise<HTMLElement> {
    const { element } = await open();
    await go('button', '自分で署名する');
    await key('Enter');
    await until(() => deep(element, 'sky-field'), 'fields');
    await arrives('heading', '旧庁舎跡地 造成工事 請負契約');
    return element;
  }

  it('goes from the code to the end', async () => {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    await arrives('heading', 'アクセスコードの入力');
    await go('textbox', 'アクセスコード');
    await keys('0001');
    await key('Enter');
    await reads(element, 'あと4回入力できます');
    await arrives('textbox', 'アクセスコード');
    await keys(accessCode);
    await go('button', '次へ');
    await key('Enter');
    await arrives('heading', '旧庁舎跡地');
    await go('button', '自分で署名する');
    await key('Enter');
    await until(() => deep(element, 'sky-field'), 'fields');
    await arrives('heading', '旧庁舎跡地');

    await go('button', '文書のダウンロード');
    await go('button', 'その他の操作');
    await go('button', '日付1');
    await go('tab', '文書1');
    await go('button', 'ページ一覧');
    await go('tabpanel', '工事請負契約書の内容');
    await go('date', '日付1　契約締結日　必須　3ページ');
    await enterDate(focus().element as HTMLInputElement);
    await go('textbox', '入力1　所在地　必須　3ページ');
    await keys('aoba 2-3-4');
    await key('Enter');
    await arrives('button', '署名1　受注者の印　必須　3ページ');
    await key('Enter');
    await find(element, 'button', 'この画像で署名する');
    await go('textbox', '印影にする文字');
    await go('button', 'この画像で署名する');
    await key('Enter');
    await arrives('button', '署名1　受注者の印　必須　3ページ　印影を配置しました');
    await go('textbox', '入力2　電話番号');
    await keys('022-123-4567');
    await go('checkbox', '確認1');
    await key(' ');
    expect((focus().element as HTMLInputElement).checked).to.equal(true);
    await go('textbox', '入力3');
    await keys('none');
    await go('button', '次の項目へ');
    await key('Enter');
    await arrives('button', '署名2　受注者の印　必須');
    await key('Enter');
    await arrives('button', /同じ署名画像を使う|キャンセル/u).catch(() => undefined);
    await go('button', '同じ署名画像を使う');
    await key('Enter');
    await arrives('button', '署名2　受注者の印　必須');
    await go('button', /^完了する$/u);
    await key('Enter');
    await arrives('heading', '署名手続きを完了しますか');
    await go('checkbox', 'すべての文書を確認し');
    await key(' ');
    await go('button', '文書に戻る');
    await go('button', '署名手続きを完了する');
    await key('Enter');
    await until(() => all(element, 'heading', '手続きが完了しました')[0] ?? (all(element, 'heading', '署名手続きを完了しますか')[0] && false), 'the end', 30_000);
    await arrives('heading', '手続きが完了しました');
    await go('button', '署名した文書を確認する');
    await key('Enter');
    await go('button', '戻る');
    await key('Enter');
    await arrives('heading', '手続きが完了しました');
  });

  it('closes each dialog with Esc and is back where it was', async () => {
    const element = await review();
    const closes = async (): Promise<void> => {
      await key('Escape');
      await until(() => all(element, 'dialog', '').length === 0, 'the dialog to close');
    };
    await go('button', 'ページ一覧');
    await key('Enter');
    await arrives('button', '1ページ');
    await closes();
    await arrives('button', 'ページ一覧');
    await go('button', '署名1　受注者の印　必須　3ページ');
    await key('Enter');
    await find(element, 'button', 'この画像で署名する');
    await arrives('heading', '署名画像の選択');
    await closes();
    await arrives('button', '署名1　受注者の印　必須　3ページ');
    await go('button', 'その他の操作', 'Shift+Tab');
    await key('Enter');
    await go('button', '依頼の内容', 'ArrowDown');
    await key('Escape');
    await arrives('button', 'その他の操作');
    expect(all(element, 'button', '依頼の内容')).to.have.length(0);
  });

  it('goes through the tabs and the toolbar with the arrow keys, each one stop for Tab', async () => {
    await review();
    await go('tab', '文書1');
    await key('ArrowRight');
    await arrives('tab', '文書2');
    await key('Home');
    await arrives('tab', '文書1');
    await key('Tab');
    await arrives('button', 'ページ一覧');
    await key('ArrowRight');
    await arrives('button', '前のページ');
    await key('End');
    await arrives('button', '文書内を検索');
    await key('Tab');
    await arrives('tabpanel', '工事請負契約書の内容');
    await key('Shift+Tab');
    await arrives('button', '文書内を検索');
  });

  it('searches', async () => {
    const element = await review();
    await go('button', '文書内を検索');
    await key('Enter');
    await arrives('textbox', '探す文字');
    await keys('3');
    await until(() => /のうち1件目/u.test(deep(element, 'output')?.textContent ?? ''), 'results');
    await key('Enter');
    await until(() => /のうち2件目/u.test(deep(element, 'output')?.textContent ?? ''), 'the second result');
    await key('Escape');
    await arrives('button', '文書内を検索');
  });

  it('declines', async () => {
    const element = await review();
    await go('button', 'その他の操作');
    await key('Enter');
    await go('button', '辞退・差戻し', 'ArrowDown');
    await key('Enter');
    await arrives('heading', '署名を辞退しますか');
    await go('button', /^辞退する$/u);
    await key('Enter');
    await reads(element, '理由を入力してください');
    await arrives('textbox', '理由');
    await keys('wrong amount');
    await go('button', /^辞退する$/u);
    await key('Enter');
    await arrives('heading', '署名を辞退しました');
  });

  it('hands the request to a colleague', async () => {
    await open();
    await go('button', '他の人に依頼する');
    await key('Enter');
    await arrives('heading', '他の人に依頼する');
    await key('Escape');
    await arrives('button', '他の人に依頼する');
    await key('Enter');
    await go('textbox', '氏名');
    await keys('Yamada Hanako');
    await go('textbox', 'メールアドレス');
    await keys('hanako@yamada.example');
    await go('button', /^依頼する$/u);
    await key('Enter');
    await arrives('heading', '他の方に依頼しました');
  });

  /** Part after part, with the arrow keys: each engine has its own order of year, month and day. */
  async function enterDate(input: HTMLInputElement): Promise<void> {
    for (const press of ['ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp']) await key(press);
    // Where the engine has no parts, it is plain text.
    if (input.value === '') await keys('2026-11-21');
    expect(input.value, 'a date').to.match(/^\d{4}-\d\d-\d\d$/u);
  }
});
