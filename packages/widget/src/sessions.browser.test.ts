import type { EnvelopeInput, EnvelopeView } from '@sky-sign/protocol';
import { enterAccessCode, openConnection, startSession } from '@sky-sign/client';
import { createMockServer, demoDocuments, type MockServer } from '@sky-sign/mocks';
import { expect } from 'chai';
import { http, HttpResponse } from 'msw';
import { setupWorker, type SetupWorker } from 'msw/browser';
import './define.js';
import { press, setViewport } from './testing/mouse.js';
import { all, find, reads, says, type, until } from './testing/screen.js';
import { agree, deep, enterCode, firstPage, seal } from './testing/signing-steps.js';
import type { SkySign } from './sky-sign.js';

type Placement = NonNullable<EnvelopeInput['recipients'][number]['fields']>[number];
const signature: Placement = { document: 0, kind: 'signature', page: 3, rect: [400, 300, 60, 60] };
const text: Placement = { document: 0, kind: 'text', page: 3, rect: [100, 300, 200, 24], label: '備考' };

/** Envelopes of this test's own, on a server whose clock it holds. */
describe('sessions', function () {
  this.timeout(60_000);
  let server: MockServer;
  let worker: SetupWorker;
  let ahead = 0;
  let down = false;
  /** Milliseconds that the server takes over a draft. */
  let slowness = 0;
  const tokensAskedFor: string[] = [];

  before(async () => {
    await setViewport(1280, 860);
    document.body.style.margin = '0';
    server = await createMockServer({ services: { now: () => Date.now() + ahead } });
    const answer = async (request: Request): Promise<Response> => {
      if (request.method === 'PUT') await new Promise((resolve) => setTimeout(resolve, slowness));
      return down ? HttpResponse.error() : server.fetch(request);
    };
    worker = setupWorker(http.all(`${location.origin}/v1/*`, ({ request }) => answer(request)));
    await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });
  });
  afterEach(() => {
    document.querySelectorAll('sky-sign').forEach((element) => element.remove());
    sessionStorage.clear();
    ahead = 0;
    down = false;
    slowness = 0;
    tokensAskedFor.length = 0;
  });
  after(async () => {
    worker.stop();
    await server.stop();
  });

  async function send(recipients: EnvelopeInput['recipients'], documents: Partial<EnvelopeInput['documents'][number]>[] = [{}]): Promise<EnvelopeView> {
    const font = new Uint8Array(await (await fetch('/assets/fonts/NotoSansJP-Regular.ttf')).arrayBuffer());
    const [pdf] = await demoDocuments(font);
    const uploaded = await Promise.all(
      documents.map(async (document) => {
        const answer = await server.asSender(`/v1/documents?name=${encodeURIComponent('契約書')}`, pdf?.bytes);
        return { ...document, id: ((await answer.json()) as { id: string }).id };
      }),
    );
    const sender = { name: '青葉市', email: 'keiyaku@aoba.example', contact: '022-000-1234' };
    const answer = await server.asSender('/v1/envelopes', { title: '契約', sender, documents: uploaded, recipients, send: true } satisfies EnvelopeInput);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as EnvelopeView;
  }

  function show(attributes: Readonly<Record<string, string>>, prepare?: (element: SkySign) => void): SkySign {
    const element = document.createElement('sky-sign');
    for (const [name, value] of Object.entries({ 'assets-url': '/assets/pdfjs/', theme: 'light', ...attributes })) element.setAttribute(name, value);
    prepare?.(element);
    document.body.append(element);
    return element;
  }

  /** A host that makes an embed token whenever it is asked. */
  function host(envelope: EnvelopeView, recipient = 0): (element: SkySign) => void {
    return (element) => {
      element.getToken = async () => {
        const token = await server.embedToken(envelope.id, envelope.recipients[recipient]?.id ?? '');
        tokensAskedFor.push(token);
        return token;
      };
    };
  }

  async function finish(element: SkySign): Promise<void> {
    await press(await find(element, 'button', '署名手続きを完了する'));
  }

  it('ask the host for a token at the start, and again when a session has ended', async () => {
    const envelope = await send([{ name: '山田 太郎', email: 'a@example.com', accessCode: '482915', fields: [signature, text] }]);
    const element = show({}, host(envelope));
    await enterCode(element, '482915');
    await firstPage(element);
    expect(tokensAskedFor).to.have.length(1);
    type(await find(element, 'textbox', '入力1'), '一');
    await until(() => says(element, '自動で保存しています'), 'the draft');
    let expired = false;
    element.addEventListener('sky-expired', () => (expired = true));
    ahead = 31 * 60_000;
    type(await find(element, 'textbox', '入力1'), '一二');
    await reads(element, '時間がたったため、画面を閉じました');
    expect(expired).to.equal(true);
    (await find(element, 'button', '開き直す')).click();
    await enterCode(element, '482915');
    await firstPage(element);
    expect(tokensAskedFor).to.have.length(2);
    expect((await find<HTMLInputElement>(element, 'textbox', '入力1')).value, 'also what could not be saved').to.equal('一二');
  });

  it('go on after a pause in the same element, without the code and without another token', async () => {
    const envelope = await send([{ name: '八郎', email: 'eight@example.com', accessCode: '482915', fields: [signature, text] }]);
    const element = show({}, host(envelope));
    await enterCode(element, '482915');
    await firstPage(element);
    for (const value of ['一', '二']) {
      type(await find(element, 'textbox', '入力1'), value);
      (await find(element, 'button', 'その他の操作')).click();
      (await find(element, 'button', '保存して中断する')).click();
      await reads(element, '入力した内容を保存しました');
      (await find(element, 'button', '続ける')).click();
      await firstPage(element);
      expect((await find<HTMLInputElement>(element, 'textbox', '入力1')).value).to.equal(value);
    }
    expect(tokensAskedFor).to.have.length(1);
  });

  it('end in a window that three newer ones have replaced, and go on there with the code', async () => {
    await send([{ name: '四郎', email: 'four@example.com', accessCode: '482915', fields: [signature, text] }]);
    const token = await server.linkToken('four@example.com');
    const element = show({ token });
    await enterCode(element, '482915');
    await firstPage(element);
    type(await find(element, 'textbox', '入力1'), '一');
    await until(() => says(element, '自動で保存しています'), 'the draft');
    for (let window = 0; window < 3; window += 1) {
      const other = await openConnection({ memory: { read: () => undefined, write: () => undefined, clear: () => undefined } });
      await startSession(other, { linkToken: token });
      await enterAccessCode(other, { accessCode: '482915' });
    }
    type(await find(element, 'textbox', '入力1'), '一二');
    await reads(element, 'ほかの画面で開いたため、この画面を閉じました');
    (await find(element, 'button', '開き直す')).click();
    await enterCode(element, '482915');
    await firstPage(element);
    expect((await find<HTMLInputElement>(element, 'textbox', '入力1')).value).to.equal('一');
  });

  it('show the documents again that another signer has changed in the meantime, and ask again', async () => {
    const envelope = await send([
      { name: '一郎', email: 'one@example.com', order: 1, fields: [signature, text] },
      { name: '二郎', email: 'two@example.com', order: 1, fields: [{ ...signature, rect: [400, 200, 60, 60] }, { ...text, rect: [100, 200, 200, 24] }] },
    ]);
    const [first, second] = ['one@example.com', 'two@example.com'].map(async (email) => server.linkToken(email));
    const slow = show({ token: (await first) ?? '' });
    (await find(slow, 'button', '文書を開く')).click();
    await firstPage(slow);
    type(await find(slow, 'textbox', '入力1'), '遅い人');
    await seal(slow, '署名1');

    sessionStorage.clear();
    const quick = show({ token: (await second) ?? '' });
    Object.assign(quick.style, { position: 'fixed', inset: '0' });
    (await find(quick, 'button', '文書を開く')).click();
    await firstPage(quick);
    type(await find(quick, 'textbox', '入力1'), '速い人');
    await seal(quick, '署名1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await agree(quick);
    await finish(quick);
    await find(quick, 'heading', '手続きが完了しました');
    quick.remove();

    await new Promise((resolve) => setTimeout(resolve, 600));
    await agree(slow);
    await finish(slow);
    await reads(slow, '文書が新しくなりました');
    await until(() => deep(slow, 'canvas'), 'the new revision');
    expect((await find<HTMLInputElement>(slow, 'textbox', '入力1')).value).to.equal('遅い人');
    await new Promise((resolve) => setTimeout(resolve, 600));
    await agree(slow);
    await finish(slow);
    await find(slow, 'heading', '手続きが完了しました');
    expect(envelope.recipients).to.have.length(2);
  });

  it('do not complete before a document has been opened that the sender wants opened', async () => {
    await send([{ name: '三郎', email: 'three@example.com', fields: [signature] }], [{ name: '契約書' }, { name: '約款', mustView: true }]);
    const element = show({ token: await server.linkToken('three@example.com') });
    (await find(element, 'button', '文書を開く')).click();
    await firstPage(element);
    await seal(element, '署名1');
    (await find(element, 'button', /^完了する$/u)).click();
    await reads(element, 'まだ開いていません');
    await until(() => deep(element, '[role=tab][aria-selected=true]')?.textContent?.includes('約款'), 'the document to be opened');
    await until(() => deep(element, 'canvas'), 'its first page');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await agree(element);
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
  });

  it('say so when it is not the person’s turn, and when the request was withdrawn', async () => {
    const envelope = await send([{ name: '四郎', email: 'four@example.com', fields: [signature] }]);
    const token = await server.linkToken('four@example.com');
    const element = show({ token });
    (await find(element, 'button', '文書を開く')).click();
    await firstPage(element);
    await server.asSender(`/v1/envelopes/${envelope.id}/void`, { reason: '内容に誤りがありました。' });
    await seal(element, '署名1');
    await reads(element, 'この依頼は取り消されました');
    expect(all(element, 'button', '完了する')).to.have.length(0);
  });

  it('say what to do where there is neither token nor session, and start when the page hands over its way to get one', async () => {
    const envelope = await send([{ name: '七郎', email: 'seven@example.com', fields: [signature] }]);
    const element = show({});
    await reads(element, '開く依頼がわかりません');
    host(envelope)(element);
    await find(element, 'button', '文書を開く');
  });

  /** What a page remembers of an element that it showed before, at the place named. */
  async function open(envelope: EnvelopeView, place: string): Promise<void> {
    const connection = await openConnection({ place });
    await startSession(connection, { linkToken: await server.embedToken(envelope.id, envelope.recipients[0]?.id ?? '') });
    await enterAccessCode(connection, { accessCode: '482915' });
  }

  it('show nothing of the session of before to a page that was not reloaded and does not say whom it means', async () => {
    const envelope = await send([{ name: '七子', email: 'seventeen@example.com', accessCode: '482915', fields: [text] }]);
    await open(envelope, 'left');
    const element = show({ id: 'left' });
    await reads(element, '開く依頼がわかりません');
  });

  it('start in an element that comes between DOMContentLoaded and load', async () => {
    Object.defineProperty(document, 'readyState', { value: 'interactive', configurable: true });
    try {
      const element = show({});
      await element.updateComplete;
      dispatchEvent(new Event('load'));
      await reads(element, '開く依頼がわかりません');
    } finally {
      Reflect.deleteProperty(document, 'readyState');
    }
  });

  describe('after a reload', () => {
    const entriesByType = performance.getEntriesByType.bind(performance);
    before(() => Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false }, configurable: true }));
    after(() => Reflect.deleteProperty(navigator, 'userActivation'));
    beforeEach(() => (performance.getEntriesByType = (kind) => (kind === 'navigation' ? ([{ type: 'reload' }] as unknown as PerformanceEntryList) : entriesByType(kind))));
    afterEach(() => (performance.getEntriesByType = entriesByType));

    it('each element goes on with its own envelope', async () => {
      const one = await send([{ name: '九郎', email: 'nine@example.com', accessCode: '482915', fields: [signature] }]);
      const two = await send([{ name: '十郎', email: 'ten@example.com', accessCode: '482915', fields: [text] }]);
      await open(one, 'one');
      await open(two, 'two');
      const elements = [show({ id: 'one' }, host(one)), show({ id: 'two' }, host(two))] as const;
      for (const element of elements) await firstPage(element);
      expect(all(elements[0], 'textbox', '入力1')).to.have.length(0);
      expect(all(elements[1], 'button', '署名1')).to.have.length(0);
    });

    it('an element goes on by its id, also when the session could not be reached at first', async () => {
      const envelope = await send([{ name: '一子', email: 'eleven@example.com', accessCode: '482915', fields: [text] }]);
      await open(envelope, 'contract');
      down = true;
      const element = show({ id: 'contract' }, host(envelope));
      await find(element, 'button', 'もう一度試す');
      down = false;
      (await find(element, 'button', 'もう一度試す')).click();
      await firstPage(element);
    });

    it('an element forgets the session of before where the page means another request, or another person', async () => {
      const one = await send([{ name: '三子', email: 'thirteen@example.com', accessCode: '482915', fields: [text] }, { name: '四子', email: 'fourteen@example.com', accessCode: '482915', fields: [signature] }]);
      await open(one, 'other');
      const before = JSON.stringify({ ...sessionStorage });
      const element = show({ id: 'other' }, host(one, 1));
      await find(element, 'textbox', 'アクセスコード');
      // Nor does it come back to whoever reloads the page next.
      const [, sessionId = ''] = /(ses_\w+)/u.exec(before) ?? [];
      expect(sessionId).to.not.equal('');
      expect(JSON.stringify({ ...sessionStorage })).to.not.include(sessionId);
    });

    it('an element opens what the page means also where the request of before has ended', async () => {
      const one = await send([{ name: '九子', email: 'nineteen@example.com', accessCode: '482915', fields: [text] }]);
      const two = await send([{ name: '十子', email: 'twenty@example.com', accessCode: '482915', fields: [text] }]);
      await open(one, 'ended');
      await server.asSender(`/v1/envelopes/${one.id}/void`, { reason: '内容に誤りがありました。' });
      const element = show({ id: 'ended' }, host(two));
      await find(element, 'textbox', 'アクセスコード');

      // Sent anew to the same person, it has ended for the session of before alone.
      await open(two, 'resent');
      await server.asSender(`/v1/envelopes/${two.id}/recipients/${two.recipients[0]?.id ?? ''}/resend`, {});
      const resent = show({ id: 'resent' }, host(two));
      await find(resent, 'textbox', 'アクセスコード');
    });

    it('an element whose page asks while the server signs shows what came of it', async () => {
      const envelope = await send([{ name: '八子', email: 'eighteen@example.com', accessCode: '482915', fields: [signature] }]);
      await open(envelope, 'signing');
      const element = show({ id: 'signing' });
      await firstPage(element);
      await seal(element, '署名1');
      await new Promise((resolve) => setTimeout(resolve, 500));
      await agree(element);
      const steps: string[] = [];
      element.addEventListener('sky-step-change', ({ step }) => {
        steps.push(step);
        if (step === 'completing') host(envelope)(element);
      });
      await finish(element);
      await find(element, 'heading', '手続きが完了しました');
      await element.updateComplete;
      expect(steps.slice(-2)).to.deep.equal(['completing', 'completed']);
    });

    it('an element whose page asks late keeps what was typed meanwhile', async () => {
      const envelope = await send([{ name: '二郎', email: 'twentyone@example.com', accessCode: '482915', fields: [text] }]);
      await open(envelope, 'typed');
      const element = show({ id: 'typed' });
      await firstPage(element);
      slowness = 800;
      for (const value of ['一', '一二', '一二三']) type(await find(element, 'textbox', '入力1'), value);
      host(envelope)(element);
      await until(() => tokensAskedFor.length === 1 && all(element, 'textbox', '入力1').length === 0, 'the second start');
      await firstPage(element);
      expect((await find<HTMLInputElement>(element, 'textbox', '入力1')).value).to.equal('一二三');
    });

    it('an element asks the page after all that has its way to get a token late', async () => {
      const one = await send([{ name: '五子', email: 'fifteen@example.com', accessCode: '482915', fields: [text] }, { name: '六子', email: 'sixteen@example.com', accessCode: '482915', fields: [signature] }]);
      /** The steps after the page has handed over its way to get a token for `recipient`. */
      async function stepsFor(recipient: number): Promise<string[]> {
        const id = `late-${String(recipient)}`;
        await open(one, id);
        const element = show({ id });
        await firstPage(element);
        const steps: string[] = [];
        element.addEventListener('sky-step-change', ({ step }) => steps.push(step));
        host(one, recipient)(element);
        await until(() => steps.length === 2, 'the second start');
        element.remove();
        return steps;
      }
      expect(await stepsFor(0)).to.deep.equal(['opening', 'reviewing']);
      expect(await stepsFor(1)).to.deep.equal(['opening', 'access-code']);
    });
  });

  it('say that the page has no token for them, and ask it again', async () => {
    const envelope = await send([{ name: '二子', email: 'twelve@example.com', fields: [signature] }]);
    const element = show({}, host(envelope));
    const { getToken } = element;
    element.getToken = () => Promise.reject(new TypeError('Failed to fetch'));
    const codes: string[] = [];
    element.addEventListener('sky-error', ({ code }) => codes.push(code));
    await reads(element, '手続きの鍵を受け取れませんでした');
    expect(codes).to.deep.equal(['token_unavailable']);
    element.getToken = getToken;
    (await find(element, 'button', 'もう一度試す')).click();
    await find(element, 'button', '文書を開く');
  });

  it('never show one envelope where another one is meant', async () => {
    const one = await send([{ name: '五郎', email: 'five@example.com', fields: [signature] }]);
    const two = await send([{ name: '六郎', email: 'six@example.com', fields: [text] }]);
    const element = show({}, host(one));
    (await find(element, 'button', '文書を開く')).click();
    await firstPage(element);
    element.remove();
    const other = show({}, host(two));
    (await find(other, 'button', '文書を開く')).click();
    await firstPage(other);
    await find(other, 'textbox', '入力1');
    expect(all(other, 'button', '署名1')).to.have.length(0);
  });
});
