import { expect } from 'chai';
import { find, type, until } from '../testing/screen.js';
import { openEnvelope, openSigningPage, type SigningPage } from '../testing/signing-page.js';
import { deep } from '../testing/signing-steps.js';
import { setText } from './set-text.js';

describe('a value on the paper', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  afterEach(() => page.clear());
  after(() => page.close());

  /** The lines over the control with that name, and how wide its box is. */
  async function linesOver(control: HTMLElement): Promise<{ lines: HTMLElement; box: DOMRect }> {
    const box = control.closest('.box') as HTMLElement;
    const lines = await until(() => box.querySelector<HTMLElement>('.lines'), 'the lines');
    return { lines, box: box.getBoundingClientRect() };
  }

  it('stands as it will stand in the document: all of it, in smaller letters where it is long, dates in words', async () => {
    const { element } = await openEnvelope(page);
    const long = '青葉県青葉市緑町二丁目3番4号 青葉セントラルタワービルディング東館 12階1203号室';
    const input = await find<HTMLInputElement>(element, 'textbox', '入力1');
    type(input, long);
    const date = await until(() => deep<HTMLInputElement>(element, 'input[type=date]'), 'the date');
    type(date, '2026-11-21');
    (await find(element, 'button', 'その他の操作')).focus();
    const { lines, box } = await linesOver(input);
    expect(lines.textContent).to.equal(long);
    const words = document.createRange();
    words.selectNodeContents(lines);
    const { left, right } = words.getBoundingClientRect();
    expect(left).to.be.at.least(box.left);
    expect(right).to.be.at.most(box.right);
    expect(getComputedStyle(input).color, 'what is typed does not show through').to.equal('rgba(0, 0, 0, 0)');
    expect((await linesOver(date)).lines.textContent).to.equal('2026年11月21日');
    input.focus();
    expect(getComputedStyle(lines).display, 'while somebody types').to.equal('none');
  });

  it('is set in the largest letters that fit', () => {
    const box = { text: '青'.repeat(40), width: 200, height: 24, fontSize: 11 };
    const fitted = setText(box, 'sans-serif');
    expect(fitted?.lines).to.deep.equal([box.text]);
    expect(fitted?.size).to.be.within(4, 5);
    expect(setText({ ...box, text: '青' }, 'sans-serif')?.size).to.equal(11);
    expect(setText({ ...box, text: '青'.repeat(400) }, 'sans-serif')).to.equal(undefined);
    expect(setText({ ...box, text: '青\n葉', height: 60, multiline: true }, 'sans-serif')?.lines).to.deep.equal(['青', '葉']);
  });
});
