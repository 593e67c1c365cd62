import { expect } from 'chai';
import { find, reads, until } from './testing/screen.js';
import { openSigningPage, type SigningPage } from './testing/signing-page.js';
import { begin, enterCode, firstPage } from './testing/signing-steps.js';

const NativeWorker = globalThis.Worker;
/** PDF.js's workers: those that were started, and of those the ones that were ended. */
let [started, ended] = [0, 0];

function setConnection(connection: object | undefined): void {
  if (connection) Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  else Reflect.deleteProperty(navigator, 'connection');
}

describe('what is loaded before the access code', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
    globalThis.Worker = class extends NativeWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        started += 1;
      }
      override terminate(): void {
        ended += 1;
        super.terminate();
      }
    };
  });
  beforeEach(() => ([started, ended] = [0, 0]));
  afterEach(() => {
    setConnection(undefined);
    page.clear();
  });
  after(async () => {
    globalThis.Worker = NativeWorker;
    await page.close();
  });

  it('is PDF.js with its worker and no document, and that worker serves the documents', async () => {
    setConnection({ saveData: false, effectiveType: '4g' });
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    await until(() => started > 0, 'the worker, before anything was entered');
    await find(element, 'textbox', 'アクセスコード');
    expect(page.calls.filter((call) => !call.endsWith('/v1/sessions')), 'nothing was asked of the server').to.deep.equal([]);

    await enterCode(element, seed.accessCode);
    await firstPage(element);
    expect(started).to.equal(1);
    expect(ended).to.equal(0);
  });

  it('ends with the element', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    await until(() => started > 0, 'the worker');
    element.remove();
    await until(() => ended === started, 'its end');
  });

  for (const connection of [{ saveData: true }, { saveData: false, effectiveType: '2g' }]) {
    it(`is nothing where the connection says ${JSON.stringify(connection)}`, async () => {
      setConnection(connection);
      const seed = await page.seed();
      const element = page.show({ token: seed.linkToken });
      await find(element, 'textbox', 'アクセスコード');
      for (let times = 0; times < 3; times += 1) await new Promise((resolve) => (globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 300)))(resolve));
      expect(started).to.equal(0);
      await enterCode(element, seed.accessCode);
      await firstPage(element);
      expect(started).to.equal(1);
    });
  }

  it('that could not be had is loaded again when it is needed', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken, 'assets-url': '/assets/nowhere/' });
    await until(() => started > 0, 'the worker that is not there');
    element.setAttribute('assets-url', '/assets/pdfjs/');
    await enterCode(element, seed.accessCode);
    await firstPage(element);
  });

  it('and does not come with the documents either is told, and loaded by trying again', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken, 'assets-url': '/assets/nowhere/' });
    const codes: string[] = [];
    element.addEventListener('sky-error', ({ code, documentId }) => codes.push(`${code} ${typeof documentId}`));
    await enterCode(element, seed.accessCode);
    await begin(element);
    await reads(element, '文書を表示できませんでした');
    expect(codes).to.deep.equal(['part_unavailable string']);
    element.setAttribute('assets-url', '/assets/pdfjs/');
    (await find(element, 'button', 'もう一度試す')).click();
    await firstPage(element);
  });

  it('and did not come after the code either is told, and loaded by trying again, without the code', async () => {
    const seed = await page.seed();
    const element = page.show({ token: seed.linkToken });
    let missing = false;
    // Where a page's own words are read, ours have been loaded: it fails as a file that does not come.
    element.messages = {
      get ja() {
        if (missing) throw new TypeError('Failed to fetch dynamically imported module');
        return {};
      },
    };
    const codes: string[] = [];
    element.addEventListener('sky-error', ({ code }) => codes.push(code));
    await find(element, 'textbox', 'アクセスコード');
    missing = true;
    await enterCode(element, seed.accessCode);
    await reads(element, '画面の一部を読み込めませんでした');
    expect(codes).to.deep.equal(['part_unavailable']);
    (await find(element, 'button', 'もう一度試す')).click();
    await until(() => codes.length === 2, 'the same once more');
    missing = false;
    (await find(element, 'button', 'もう一度試す')).click();
    await firstPage(element);
  });
});
