import { expect } from 'chai';
import type { SkyStepChangeEvent } from './events.js';
import type { SkySign } from './sky-sign.js';
import { setViewport } from './testing/mouse.js';
import { all, find, reads, type, until } from './testing/screen.js';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { deep, enterCode } from './testing/signing-steps.js';

/** What assistive technology is told of a message that fills the screen: once, by the focus or by a live region. */
describe('a screen with a message is said once', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  function focused(): Element | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  /** The text of everything that is announced when it changes. */
  function live(root: Element | ShadowRoot): string[] {
    return [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches('[role=alert], [role=status], [aria-live], output') ? [element.textContent?.trim() ?? ''] : []),
      ...(element.shadowRoot ? live(element.shadowRoot) : []),
    ]);
  }
  const said = (element: SkySign): string[] => live(element.shadowRoot as ShadowRoot).filter(Boolean);

  /** The heading has the focus and is described by what follows it; no live region says anything. */
  async function isRead(element: SkySign, heading: string, body: string): Promise<void> {
    await find(element, 'heading', heading);
    const holder = await until(() => focused()?.textContent === heading && focused(), `the focus on ${heading}`);
    const ids = holder.getAttribute('aria-describedby') ?? '';
    expect((holder.getRootNode() as ShadowRoot).getElementById(ids)?.textContent).to.include(body);
    expect(said(element)).to.deep.equal([]);
  }

  const unknown = `skl_${'A'.repeat(43)}`;

  it('unknown link, locked, no connection', async () => {
    const reasons: unknown[] = [];
    const hear = ({ step, reason }: SkyStepChangeEvent): void => void reasons.push([step, reason]);
    document.addEventListener('sky-step-change', hear);
    await isRead(page.show({ token: unknown }), 'この依頼は見つかりません', 'リンクが途中で切れている');
    document.removeEventListener('sky-step-change', hear);
    expect(reasons).to.deep.equal([['ended', 'unknown']]);
    page.clear();
    const { linkToken } = await page.seed();
    const locked = page.show({ token: linkToken });
    for (const left of [4, 3, 2, 1, 0]) {
      await enterCode(locked, '0001');
      await reads(locked, left ? `あと${left}回入力できます` : 'この依頼を開けなくなりました');
    }
    await isRead(locked, 'この依頼を開けなくなりました', '受付を止めました');
    page.clear();
    const server = await page.mocks.server();
    server.scenario = 'offline';
    const offline = page.show({ token: linkToken });
    await isRead(offline, '通信できませんでした', 'インターネットにつながっている').finally(() => (server.scenario = 'normal'));
  });

  it('declined, put off', async () => {
    const { element } = await openEnvelope(page);
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '辞退・差戻し')).click();
    type(await find(element, 'textbox', '理由'), '金額が違います。');
    (await find(element, 'button', /^辞退する$/u)).click();
    await isRead(element, '署名を辞退しました', 'お知らせしました');
    page.clear();
    const { element: later } = await openEnvelope(page);
    (await find(later, 'button', 'その他の操作')).click();
    (await find(later, 'button', '保存して中断する')).click();
    await isRead(later, '入力した内容を保存しました', '署名はまだ終わっていません');
  });

  it('accepted, completed', async () => {
    const { element } = await prepare(page);
    const server = await page.mocks.server();
    server.scenario = 'tsa-down';
    await finish(element);
    await isRead(element, '受け付けました', '内容を受け付けました');
    server.scenario = 'normal';
    await until(() => all(element, 'heading', '手続きが完了しました')[0], 'the end', 40_000);
    await isRead(element, '手続きが完了しました', '電子署名を付けて');
    for (const width of [660, 768, 840, 1024]) {
      await setViewport(width, 800);
      const screen = await until(() => deep<HTMLElement>(element, 'sky-completed'), 'the screen');
      expect(screen.scrollWidth, `nothing beside a window of ${String(width)}`).to.equal(screen.clientWidth);
    }
    await setViewport(1280, 860);
  });

  it('by the live region where the person is busy elsewhere on the page', async () => {
    const input = document.body.appendChild(document.createElement('input'));
    input.focus();
    try {
      const element = page.show({ token: unknown });
      await find(element, 'heading', 'この依頼は見つかりません');
      await until(() => said(element).length > 0, 'the words');
      expect(said(element)).to.deep.equal(['この依頼は見つかりません リンクが途中で切れているか、使えなくなっています。メールのリンク全体から開き直してください。']);
      expect(document.activeElement).to.equal(input);
      // The next screen takes the words of the one before away.
      const { linkToken } = await page.seed();
      element.token = linkToken;
      await find(element, 'heading', 'アクセスコードの入力');
      expect(said(element)).to.deep.equal([]);
    } finally {
      input.remove();
    }
  });
});
