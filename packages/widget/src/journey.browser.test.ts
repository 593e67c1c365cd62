import { expect } from 'chai';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { agree, deep, enterCode, fieldButton, fillTexts, firstPage, seal } from './testing/signing-steps.js';
import { key } from './testing/mouse.js';
import { all, find, findLast, reads, says, type, until } from './testing/screen.js';

describe('a contractor signs', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  it('hears how many tries are left, and sees nothing of the envelope before the right code', async () => {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    await enterCode(element, '9999');
    await reads(element, 'あと4回入力できます');
    expect(says(element, '旧庁舎')).to.equal(false);
    expect((await find(element, 'textbox', 'アクセスコード')).matches(':focus'), 'the input has the focus').to.equal(true);
    await enterCode(element, accessCode.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit))));
    await reads(element, '旧庁舎跡地 造成工事 請負契約');
  });

  it('is locked out after five wrong codes, and told whom to ask', async () => {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    for (const left of [4, 3, 2, 1]) {
      await enterCode(element, '0001');
      await reads(element, `あと${left}回入力できます`);
    }
    await enterCode(element, '0001');
    await reads(element, 'この依頼を開けなくなりました');
    await reads(element, '022-000-1234');
    page.clear();
    const again = page.show({ token: linkToken });
    await reads(again, 'この依頼を開けなくなりました');
    expect(all(again, 'textbox', 'アクセスコード'), accessCode).to.have.length(0);
  });

  it('signs: values, seals, consent, completion', async () => {
    const { element } = await prepare(page);
    const events: string[] = [];
    // The city still has to sign, so this is not the end for everybody.
    for (const name of ['sky-before-complete', 'sky-signed', 'sky-completed']) element.addEventListener(name, () => events.push(name));
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
    expect(events).to.deep.equal(['sky-before-complete', 'sky-signed']);
    await reads(element, '署名済み');
    await reads(element, '確認中');
    (await find(element, 'button', '署名した文書を確認する')).click();
    await until(() => deep(element, 'canvas'), 'the signed document');
    expect(deep(element, 'sky-field'), 'nothing can be filled in any more').to.equal(undefined);
  });

  it('completes once on a double click', async () => {
    const { element } = await prepare(page);
    await finish(element, 2);
    await find(element, 'heading', '手続きが完了しました');
    expect(page.calls.filter((call) => call.endsWith('/completion'))).to.have.length(1);
  });

  it('is not fooled by a press that a script makes', async () => {
    const { element } = await prepare(page);
    (await findLast(element, 'button', '署名手続きを完了する')).click();
    await reads(element, 'ご本人が押す必要があります');
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
  });

  it('sends nothing when the page prevents it', async () => {
    const { element } = await prepare(page);
    element.addEventListener('sky-before-complete', (event) => event.preventDefault(), { once: true });
    await finish(element);
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
  });

  it('must tick the consent first', async () => {
    const { element } = await openEnvelope(page);
    await fillTexts(element);
    await seal(element, '署名1');
    await seal(element, '署名2');
    (await find(element, 'button', /^完了する$/u)).click();
    const consent = await find<HTMLInputElement>(element, 'checkbox', /同意します。$/u);
    expect(consent.checked).to.equal(false);
    await finish(element);
    await reads(element, '同意の欄にチェックを入れてください');
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
  });

  it('goes on after a reload in the middle, without the code, with what was filled in', async () => {
    const { element, seed } = await openEnvelope(page);
    type(await find(element, 'textbox', '入力1'), '青葉県青葉市緑町二丁目3番4号');
    await seal(element, '署名1');
    await until(() => says(element, '自動で保存しています') || undefined, 'the draft to be saved');
    element.remove();
    const again = page.show({ token: seed.linkToken });
    await firstPage(again);
    const input = await find<HTMLInputElement>(again, 'textbox', '入力1');
    expect(input.value).to.equal('青葉県青葉市緑町二丁目3番4号');
    await find(again, 'button', '署名1　受注者の印　必須　3ページ　印影を配置しました');
  });

  it('is led to what is missing when completing too early', async () => {
    const { element } = await openEnvelope(page);
    (await find(element, 'button', /^完了する$/u)).click();
    const date = await until(() => deep<HTMLInputElement>(element, 'input[type=date]:focus'), 'the focus on the first missing field');
    expect(date.getAttribute('aria-invalid')).to.equal('true');
    expect(all(element, 'dialog', '')).to.have.length(0);
  });

  it('walks through the missing items with 次の項目へ and Enter', async () => {
    const { element } = await openEnvelope(page);
    type(await until(() => deep<HTMLInputElement>(element, 'input[type=date]'), 'the date'), '2026-11-21');
    (await find(element, 'button', '次の項目へ')).click();
    const first = await until(() => focusedField(element, '入力1'), 'the focus on 入力1');
    type(first, '青葉市');
    await key('Enter');
    await until(() => focusedField(element, '署名1'), 'the focus on 署名1');
  });

  it('is told what is wrong with a value after leaving the field, not while typing', async () => {
    const { element } = await openEnvelope(page);
    const input = await find<HTMLInputElement>(element, 'textbox', '入力2');
    type(input, 'でんわ');
    expect(input.getAttribute('aria-invalid')).to.equal(null);
    input.blur();
    await until(() => input.getAttribute('aria-invalid') === 'true' || undefined, 'the field to be marked');
    await reads(element, '電話番号の桁数を確認してください');
    type(input, '022-123-4567');
    await until(() => input.getAttribute('aria-invalid') === null || undefined, 'the mark to go');
  });

  it('ends in the true state when the connection is lost during completion', async () => {
    const { element } = await prepare(page);
    const server = await page.mocks.server();
    server.scenario = 'offline';
    await finish(element);
    await reads(element, '通信を確認して、署名の結果を確かめています');
    server.scenario = 'normal';
    await find(element, 'heading', '手続きが完了しました');
  });

  it('sees in a second window that the first one has completed', async () => {
    const { element, seed } = await prepare(page);
    await page.saved(2);
    sessionStorage.clear();
    const second = page.show({ token: seed.linkToken });
    Object.assign(second.style, { position: 'fixed', inset: '0' });
    await enterCode(second, seed.accessCode);
    await firstPage(second);
    await agree(second);
    await finish(second);
    await find(second, 'heading', '手続きが完了しました');
    second.remove();
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
  });

  it('may close the page while the server is still sealing, and sees the end if it stays', async () => {
    const { element } = await prepare(page);
    const server = await page.mocks.server();
    server.scenario = 'tsa-down';
    await finish(element);
    await find(element, 'heading', '受け付けました');
    server.scenario = 'normal';
    await until(() => all(element, 'heading', '手続きが完了しました')[0], 'the end', 40_000);
  });

  it('declines with a reason', async () => {
    const { element, seed } = await openEnvelope(page);
    let declined = false;
    element.addEventListener('sky-declined', () => (declined = true));
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '辞退・差戻し')).click();
    (await find(element, 'button', /^辞退する$/u)).click();
    await reads(element, '理由を入力してください');
    type(await find(element, 'textbox', '理由'), '金額が違います。');
    (await find(element, 'button', /^辞退する$/u)).click();
    await find(element, 'heading', '署名を辞退しました');
    expect(declined).to.equal(true);
    page.clear();
    // Whoever opens a link of this request now need not be the one who declined.
    const again = page.show({ token: seed.linkToken });
    let once = false;
    again.addEventListener('sky-declined', () => (once = true));
    await find(again, 'heading', 'この依頼は辞退により終わりました');
    expect(once).to.equal(false);
  });

  it('downloads the bytes that are shown, without fetching them again', async () => {
    const { element } = await openEnvelope(page);
    await until(() => page.calls.filter((call) => call.includes('/revisions/')).length >= 2 || undefined, 'both documents');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const fetched = page.calls.filter((call) => call.includes('/revisions/')).length;
    const saved: string[] = [];
    const stop = (event: Event): void => {
      const link = event.target;
      if (!(link instanceof HTMLAnchorElement) || !link.download) return;
      event.preventDefault();
      saved.push(link.download);
    };
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this.download);
    };
    document.addEventListener('click', stop);
    try {
      (await find(element, 'button', '文書のダウンロード')).click();
      await until(() => saved.length > 0 || undefined, 'the download');
    } finally {
      document.removeEventListener('click', stop);
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved).to.deep.equal(['工事請負契約書.pdf']);
    expect(page.calls.filter((call) => call.includes('/revisions/'))).to.have.length(fetched);
    await until(() => page.calls.some((call) => call.endsWith('/events')) || undefined, 'the event');
  });

  it('lets no inner request reach the page', async () => {
    const leaked: string[] = [];
    const { dispatchEvent } = EventTarget.prototype;
    const names = new Set<string>();
    EventTarget.prototype.dispatchEvent = function (event: Event): boolean {
      if (event.type.startsWith('sky-request-') && !names.has(event.type)) {
        names.add(event.type);
        document.addEventListener(event.type, () => leaked.push(event.type));
      }
      return dispatchEvent.call(this, event);
    };
    try {
      const { element } = await openEnvelope(page);
      await fillTexts(element);
      await seal(element, '署名1');
      (await find(element, 'button', '次の項目へ')).click();
      (await find(element, 'button', '拡大')).click();
    } finally {
      EventTarget.prototype.dispatchEvent = dispatchEvent;
    }
    expect([...names]).to.include.members(['sky-request-set-value', 'sky-request-place-seal', 'sky-request-zoom']);
    expect(leaked).to.deep.equal([]);
  });

  it('places the same seal again in a second field', async () => {
    const { element } = await openEnvelope(page);
    await seal(element, '署名1');
    (await find(element, 'button', '署名2')).click();
    (await until(() => fieldButton(element, '署名2'), 'the field')).click();
    (await find(element, 'button', '同じ署名画像を使う')).click();
    const pictures = await until(() => {
      const shown = fieldButton(element, '署名2')?.querySelector('img');
      return shown ?? undefined;
    }, 'the seal');
    expect(pictures.src).to.match(/^blob:/u);
  });

  it('does not count a press on a page that has only just come into sight', async () => {
    const { element } = await prepare(page);
    element.style.display = 'none';
    await new Promise((resolve) => setTimeout(resolve, 100));
    element.style.display = '';
    await finish(element);
    await reads(element, '画面が表示されてから少し待って');
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
  });
});

function focusedField(element: Element, name: string): HTMLElement | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return element.contains(document.activeElement) && focused instanceof HTMLElement && focused.getAttribute('aria-label')?.startsWith(name) ? focused : undefined;
}
