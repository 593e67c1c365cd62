import { expect } from 'chai';
import { makeLargePdf } from './documents/large-pdf.js';
import { all, find, reads, says, until } from './testing/screen.js';
import { finish, openSigningPage, type SigningPage } from './testing/signing-page.js';
import { removePages, showPages } from './testing/show-pages.js';
import { agree, deep, enterCode, fieldButton, firstPage, seal } from './testing/signing-steps.js';

/** What a sender may write wherever words are asked for. */
const evil = '<img class=evil src=x onerror=evil()>';

function everyElement(root: Element | ShadowRoot): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? everyElement(element.shadowRoot) : [])]);
}

describe('words that are HTML', function () {
  this.timeout(60_000);
  let page: SigningPage;
  let ran = 0;

  before(async () => {
    page = await openSigningPage();
    Object.assign(globalThis, { evil: () => (ran += 1) });
  });
  afterEach(() => page.clear());
  after(() => page.close());

  it('are words on every screen', async () => {
    const server = await page.mocks.server();
    const seed = await server.seed('contract', (input) => ({
      ...input,
      title: `${evil} title`,
      message: `${evil} message`,
      controlNumber: `${evil} number`,
      sender: { ...input.sender, name: `${evil} 市`, contact: `${evil} contact` },
      documents: input.documents.map((document, index) => ({ ...document, name: `${evil} document${String(index)}` })),
      recipients: input.recipients.map((recipient) => ({
        ...recipient,
        name: `${evil} 名`,
        organization: `${evil} 社`,
        accessCodeHint: `${evil} hint`,
        fields: (recipient.fields ?? []).filter(({ kind }) => kind === 'signature').map((field) => ({ ...field, label: `${evil} 印`, guide: `${evil} 案内` })),
      })),
    }));
    const element = page.show({ token: seed.linkToken });
    element.style.setProperty('--sky-motion', '0ms');
    const isPlain = async (words: string): Promise<void> => {
      await reads(element, words);
      await reads(element, evil);
      expect(everyElement(element.shadowRoot as ShadowRoot).filter((each) => each.matches('.evil, script')).length, words).to.equal(0);
      expect(ran, words).to.equal(0);
    };
    await find(element, 'textbox', 'アクセスコード');
    await isPlain('hint');
    await enterCode(element, seed.accessCode);
    await find(element, 'button', '自分で署名する');
    await isPlain('message');
    await firstPage(element);
    await isPlain('document1');
    await isPlain('title');
    await seal(element, '署名1');
    (await until(() => fieldButton(element, '署名1'), 'the field')).focus();
    await isPlain('案内');
    if (all(element, 'button', '署名2').length > 0) await seal(element, '署名2');
    await agree(element);
    await isPlain('document0');
    await isPlain(' 社');
    await finish(element);
    await find(element, 'heading', '手続きが完了しました');
    await isPlain(' number');
    expect(says(element, ' 市')).to.equal(true);
  });
});

describe('a document of 500 pages', function () {
  this.timeout(60_000);
  afterEach(removePages);

  it('is painted where it is looked at, and nowhere else', async () => {
    const file = makeLargePdf({ pages: 500, bytesPerPage: 3000 });
    const pages = await showPages(file.read(0, file.length));
    const sheets = [...(pages.shadowRoot?.querySelectorAll('sky-page') ?? [])];
    expect(sheets.length).to.equal(500);
    const painted = (): number[] => sheets.filter((sheet) => sheet.shadowRoot?.querySelector('canvas')).map(({ number }) => number);
    const scroller = deep(pages, '.pages') as HTMLElement;
    await until(() => painted().includes(1), 'the first page');
    expect(Math.max(...painted())).to.be.below(10);
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => painted().includes(500) && !painted().includes(1), 'the last page, and the first to be let go of');
    expect(painted().length).to.be.at.most(10);
    await pages.showPage(250);
    await until(() => painted().includes(250) && !painted().includes(500), 'a page in the middle');
    expect(painted().length).to.be.at.most(10);
  });
});
