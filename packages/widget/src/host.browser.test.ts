import { expect } from 'chai';
import type { SkyBeforeCompleteEvent } from './events.js';
import { press } from './testing/mouse.js';
import { finish, openEnvelope, openSigningPage, prepare, type SigningPage } from './testing/signing-page.js';
import { agree, deep, enterCode, fieldButton, fillTexts, firstPage, seal } from './testing/signing-steps.js';
import { all, find, reads, says, type, until } from './testing/screen.js';

/** What the page around the element may do, and what it hears. */
describe('the page around <sky-sign>', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  it('gives it a height, and everything stays inside: the pages scroll, not the page', async () => {
    const { element } = await openEnvelope(page, { style: 'height: 600px' });
    const bottom = (selector: string): number => deep(element, selector)?.getBoundingClientRect().bottom ?? NaN;
    expect(Math.round(bottom('sky-bar') - element.getBoundingClientRect().top)).to.equal(600);
    const pages = await until(() => deep(element, '.pages'), 'the pages');
    await until(() => pages.scrollHeight > pages.clientHeight, 'pages that scroll');
  });

  it('hears who did what in which envelope, and when', async () => {
    const { element, seed } = await openEnvelope(page);
    const { envelope } = seed;
    const events: Event[] = [];
    for (const name of ['sky-field-signed', 'sky-field-cleared', 'sky-change', 'sky-loaded'] as const) element.addEventListener(name, (event) => events.push(event));
    await seal(element, '署名1');
    (await until(() => fieldButton(element, '署名1'), 'the field')).click();
    (await find(element, 'button', '署名画像を外す')).click();
    await until(() => events.some(({ type }) => type === 'sky-field-cleared'), 'the event');
    await until(() => all(element, 'button', '署名1').every((button) => !button.querySelector('img')), 'the seal to be gone');
    expect(events.map(({ type }) => type)).to.deep.equal(['sky-field-signed', 'sky-change', 'sky-field-cleared', 'sky-change']);
    const subject = { envelopeId: envelope.id, recipientId: envelope.recipients[0]?.id, documentId: envelope.documents[0]?.id };
    for (const event of events) {
      expect(event).to.include(subject);
      expect(event).to.have.property('sessionId').that.is.a('string');
      expect(Math.abs(Date.now() - Date.parse((event as SkyBeforeCompleteEvent).at))).to.be.below(60_000);
      expect([event.bubbles, event.composed]).to.deep.equal([true, true]);
    }
    expect(events.map((event) => 'done' in event && event.done)).to.deep.equal([false, true, false, false]);
  });

  it('may hold the last button back until it is ready itself', async () => {
    const { element } = await prepare(page);
    let release = (): void => undefined;
    element.addEventListener('sky-before-complete', (event) => event.waitUntil(new Promise<void>((resolve) => (release = resolve))), { once: true });
    await finish(element, 2);
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
    release();
    await find(element, 'heading', '手続きが完了しました');
    expect(page.calls.filter((call) => call.endsWith('/completion'))).to.have.length(1);
  });

  it('keeps anything from being sent by a promise that rejects; the person is told, and may press again', async () => {
    const { element } = await prepare(page);
    element.addEventListener('sky-before-complete', (event) => event.waitUntil(Promise.reject(new Error('The portal is not ready.'))), { once: true });
    await finish(element);
    await reads(element, 'このページの準備ができていないため');
    expect(page.calls.some((call) => call.endsWith('/completion'))).to.equal(false);
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
  });

  /** Lets the completion wait until it is released. */
  async function holdCompletion(): Promise<() => void> {
    const server = await page.mocks.server();
    const answer = server.fetch;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    server.fetch = async (request) => {
      if (request.url.endsWith('/completion')) await held;
      return answer(request);
    };
    return () => {
      server.fetch = answer;
      release();
    };
  }

  it('hears sky-signed from an element that it took away meanwhile', async () => {
    const { element } = await prepare(page);
    const heard: string[] = [];
    for (const name of ['sky-signed', 'sky-error'] as const) element.addEventListener(name, ({ type }) => heard.push(type));
    const release = await holdCompletion();
    await finish(element);
    await until(() => page.calls.some((call) => call.endsWith('/completion')), 'the completion');
    element.remove();
    release();
    await until(() => heard.length > 0, 'the event');
    expect(heard).to.deep.equal(['sky-signed']);
    document.body.append(element);
    await find(element, 'heading', '手続きが完了しました');
  });

  it('may take the token away; a new one waits for what comes of the last button', async () => {
    const { element } = await prepare(page);
    const other = await page.seed();
    const steps: string[] = [];
    element.addEventListener('sky-step-change', ({ step }) => steps.push(step));
    const release = await holdCompletion();
    await finish(element);
    await until(() => page.calls.some((call) => call.endsWith('/completion')), 'the completion');
    element.removeAttribute('token');
    await element.updateComplete;
    element.token = other.linkToken;
    await element.updateComplete;
    expect(steps).to.deep.equal(['completing']);
    release();
    await find(element, 'textbox', 'アクセスコード');
    expect(steps).to.deep.equal(['completing', 'completed', 'opening', 'access-code']);
    element.removeAttribute('token');
    await element.updateComplete;
    await enterCode(element, other.accessCode);
    await firstPage(element);
    expect(steps.filter((step) => step === 'opening')).to.have.length(1);
  });

  it('hears sky-completed only when everybody has signed, also where that is found on opening', async () => {
    const { element, seed } = await prepare(page);
    const heard: string[] = [];
    for (const name of ['sky-signed', 'sky-completed'] as const) document.addEventListener(name, ({ type }) => heard.push(type));
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
    expect(heard).to.deep.equal(['sky-signed']);
    element.remove();
    sessionStorage.clear();
    const server = await page.mocks.server();
    const city = page.show({ token: await server.linkToken(seed.envelope.recipients[1]?.email ?? '') });
    (await find(city, 'button', '文書を開く')).click();
    await firstPage(city);
    await seal(city, '署名1');
    await until(() => !says(city, '読み込んでいます'), 'the documents');
    await agree(city);
    await finish(city);
    await find(city, 'heading', '手続きが完了しました');
    expect(heard).to.deep.equal(['sky-signed', 'sky-signed', 'sky-completed']);
    city.remove();
    sessionStorage.clear();
    page.show({ token: seed.linkToken });
    await until(() => heard.length === 4, 'the event of a request that is over');
    expect(heard[3]).to.equal('sky-completed');
  });

  it('is told of a request that was handed on to a colleague, before the documents are opened', async () => {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    const steps: string[] = [];
    element.addEventListener('sky-step-change', ({ step }) => steps.push(step));
    let delegated = 0;
    element.addEventListener('sky-delegated', () => (delegated += 1));
    await enterCode(element, accessCode);
    await find(element, 'button', '自分で署名する');
    expect(deep(element, 'canvas'), 'no page is drawn yet').to.equal(undefined);
    (await find(element, 'button', '他の人に依頼する')).click();
    type(await find(element, 'textbox', '氏名'), '山田 花子');
    type(await find(element, 'textbox', 'メールアドレス'), 'hanako@yamada.example');
    (await find(element, 'button', /^依頼する$/u)).click();
    await find(element, 'heading', '他の方に依頼しました');
    expect(delegated).to.equal(1);
    expect(steps).to.deep.equal(['access-code', 'choosing-signer', 'delegated']);
    const server = await page.mocks.server();
    expect(await server.linkToken('hanako@yamada.example')).to.match(/^skl_/u);
  });

  it('is told when the person goes on later; what was filled in is there again', async () => {
    const { element, seed } = await openEnvelope(page);
    let cancelled = 0;
    element.addEventListener('sky-cancel', () => (cancelled += 1));
    type(await find(element, 'textbox', '入力1'), '青葉市緑町');
    (await find(element, 'button', 'その他の操作')).click();
    (await find(element, 'button', '保存して中断する')).click();
    await find(element, 'heading', '入力した内容を保存しました');
    expect(cancelled).to.equal(1);
    element.remove();
    sessionStorage.clear();
    const other = page.show({ token: seed.linkToken });
    await enterCode(other, seed.accessCode);
    await firstPage(other);
    expect((await find<HTMLInputElement>(other, 'textbox', '入力1')).value, 'on another device').to.equal('青葉市緑町');
  });

  const listeners = new Set<unknown>();
  const { addEventListener: add, removeEventListener: remove } = window;
  before(() => {
    window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void => {
      if (type === 'beforeunload') listeners.add(listener);
      add.call(window, type, listener, options);
    };
    window.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void => {
      if (type === 'beforeunload') listeners.delete(listener);
      remove.call(window, type, listener, options);
    };
  });
  after(() => Object.assign(window, { addEventListener: add, removeEventListener: remove }));

  it('asks before leaving only while something is not saved yet', async () => {
    const { element } = await openEnvelope(page);
    // The real event cannot be made without leaving, and other scripts on this page listen to it, too.
    const asks = (): boolean => listeners.size > 0;
    expect(asks(), 'nothing filled in').to.equal(false);
    type(await find(element, 'textbox', '入力1'), '青葉市緑町');
    expect(asks(), 'not saved').to.equal(true);
    await until(() => says(element, '自動で保存しています'), 'the draft');
    expect(asks(), 'saved').to.equal(false);
    const server = await page.mocks.server();
    server.scenario = 'offline';
    type(await find(element, 'textbox', '入力1'), '青葉市緑町二丁目');
    await reads(element, '保存できていません');
    expect(asks(), 'could not be saved').to.equal(true);
    server.scenario = 'normal';
    await until(() => !asks(), 'the draft to be saved without another word');
  });

  it('may move the element: what was filled in, and the page that was shown, stay', async () => {
    const { element } = await openEnvelope(page);
    type(await find(element, 'textbox', '入力1'), '青葉市緑町');
    await seal(element, '署名1');
    const box = document.createElement('section');
    document.body.append(box);
    box.append(element);
    await firstPage(element);
    expect((await find<HTMLInputElement>(element, 'textbox', '入力1')).value).to.equal('青葉市緑町');
    await find(element, 'button', '署名1　受注者の印　必須　3ページ　印影を配置しました');
    box.remove();
  });

  it('gives its own words, and languages of its own', async () => {
    const { linkToken } = await page.seed();
    const element = page.show({ token: linkToken, lang: 'ja' });
    element.messages = {
      ja: { code: { next: '進む' } },
      ko: { code: { title: '액세스 코드 입력', next: '다음' } },
    };
    await find(element, 'button', '進む');
    await find(element, 'heading', 'アクセスコードの入力');
    element.lang = 'KO-kr';
    await find(element, 'heading', '액세스 코드 입력');
    await find(element, 'textbox', 'Access code');
    expect(deep(element, '[lang]')?.getAttribute('lang')).to.equal('ko');
  });

  it('speaks the language of the page around, unless that is said to be unknown', async () => {
    const { linkToken } = await page.seed();
    const section = Object.assign(document.createElement('section'), { lang: 'en-GB' });
    document.body.append(section);
    const element = page.show({ token: linkToken });
    section.append(element);
    await find(element, 'heading', 'Enter access code');
    section.lang = '';
    document.body.append(element);
    section.append(element);
    await find(element, 'heading', 'アクセスコードの入力');
    section.remove();
  });

  it('shows and records the consent in the language of the recipient, on a screen of any language', async () => {
    const { element } = await prepare(page);
    element.lang = 'en';
    await find(element, 'heading', 'Complete signing?');
    const parts = [...(deep(element, 'sky-confirm')?.shadowRoot?.querySelectorAll<HTMLElement>('.consent [lang]') ?? [])];
    expect(parts.map(({ lang }) => lang)).to.deep.equal(['ja', 'ja']);
    const shown = parts.map(({ textContent }) => textContent).join('');
    expect(shown).to.match(/^すべての文書を確認し/u);
    expect(element.shadowRoot?.querySelector<HTMLElement>('.all')?.lang).to.equal('en');
    const { fetch } = globalThis;
    let sent = '';
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/completion')) sent = await request.clone().text();
      return fetch(request);
    };
    try {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await until(() => !says(element, 'is still loading'), 'the documents');
      await press(await find(element, 'button', /^Complete signing$/u));
      await find(element, 'heading', 'You have signed');
    } finally {
      globalThis.fetch = fetch;
    }
    const { consent } = JSON.parse(sent) as { consent: { consentText: { locale: string; sha256: string } } };
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(shown)));
    expect(consent.consentText.locale).to.equal('ja');
    expect(consent.consentText.sha256).to.equal([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  });

  it('adds to the header, the first screens, the consent and the last screen', async () => {
    const { linkToken, accessCode } = await page.seed();
    const element = page.show({ token: linkToken });
    for (const slot of ['header', 'intro', 'consent', 'completed']) element.append(Object.assign(document.createElement('p'), { slot, textContent: `portal: ${slot}` }));
    const shown = (slot: string): boolean => [...element.children].some((child) => child.slot === slot && child.checkVisibility());
    await until(() => shown('intro'), 'the introduction');
    await enterCode(element, accessCode);
    await find(element, 'button', '自分で署名する');
    expect(shown('intro')).to.equal(true);
    await firstPage(element);
    expect([shown('header'), shown('intro'), shown('consent')]).to.deep.equal([true, false, false]);
    await fillTexts(element);
    await seal(element, '署名1');
    await seal(element, '署名2');
    await agree(element);
    expect(shown('consent')).to.equal(true);
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
    expect([shown('completed'), shown('header')]).to.deep.equal([true, false]);
    expect(all(element, 'button', '署名した文書を確認する')).to.have.length(1);
  });
});
