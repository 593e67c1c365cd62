import { demoApplicant, demoForm, demoFormEnvelope } from '@sky-sign/mocks';
import type { UploadedDocument } from '@sky-sign/protocol';
import axe from 'axe-core';
import { expect } from 'chai';
import { key, press, setViewport } from './testing/mouse.js';
import { all, find, findLast, says, type, until } from './testing/screen.js';
import { finish, openSigningPage, type SigningPage } from './testing/signing-page.js';
import { agree, deep, fieldButton, firstPage, seal } from './testing/signing-steps.js';
import type { SkySign } from './sky-sign.js';

async function isAccessible(screen: string): Promise<void> {
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'html-has-lang': { enabled: false }, 'document-title': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ''}`).join('; ')}`), screen).to.deep.equal([]);
}

describe("fields of the PDF's own form", function () {
  this.timeout(60_000);
  let page: SigningPage;
  let form: Uint8Array;

  before(async () => {
    page = await openSigningPage();
    form = (await demoForm(new Uint8Array(await (await fetch('/assets/fonts/NotoSansJP-Regular.ttf')).arrayBuffer()))).bytes;
  });
  afterEach(async () => {
    page.clear();
    await setViewport(1280, 860);
  });
  after(() => page.close());

  const send = async (): Promise<string> => {
    const server = await page.mocks.server();
    const { id } = (await (await server.asSender('/v1/documents?name=form', form)).json()) as UploadedDocument;
    const answer = await server.asSender('/v1/envelopes', demoFormEnvelope(id));
    expect(answer.status, await answer.clone().text()).to.equal(201);
    return server.linkToken(demoApplicant);
  };
  const open = async (token: string): Promise<SkySign> => {
    const element = page.show({ token });
    element.style.setProperty('--sky-motion', '0ms');
    (await find(element, 'button', '文書を開く')).click();
    await firstPage(element);
    return element;
  };
  const radio = (element: Element, name: string): Promise<HTMLInputElement> => find<HTMLInputElement>(element, 'radio', name);

  it('have native controls over the paper, named by the words of the form, and are signed', async () => {
    const token = await send();
    const element = await open(token);
    type(await find(element, 'textbox', '入力1　申請者名　必須'), '佐藤 花子');
    type(await find(element, 'textbox', '入力2　申請者番号（7桁）　必須'), '1234567');
    const cells = await until(() => deep(element, '.cells'), 'the cells');
    expect([...cells.children].map(({ textContent }) => textContent)).to.deep.equal([...'1234567']);

    (await find(element, 'button', '次のページ')).click();
    await until(() => says(element, '佐藤 花子'), 'the name in its other place');

    const group = await find(element, 'radiogroup', '選択1　申請の区分　必須');
    expect(group.getAttribute('aria-required')).to.equal('true');
    expect(all(group.parentElement ?? group, 'radio', '').map((button) => button.getAttribute('aria-label'))).to.deep.equal(['新規', '更新', '変更']);
    (await radio(element, '新規')).focus();
    await key('ArrowDown');
    await until(() => all<HTMLInputElement>(element, 'radio', '更新')[0]?.checked, 'the arrow key to choose');

    const list = await find<HTMLSelectElement>(element, 'combobox', '選択2　地区　任意');
    expect([...list.options].map(({ label }) => label)).to.deep.equal(['選択してください', '緑町', '中央', '港町']);
    type(list, '港町');
    await isAccessible('on the paper');
    (await find(element, 'checkbox', '確認1')).click();
    await seal(element, '署名1');

    await until(() => says(element, '自動で保存しています') || undefined, 'the draft to be saved');
    element.remove();
    const again = page.show({ token });
    await firstPage(again);
    expect((await radio(again, '更新')).checked).to.equal(true);
    expect((await find<HTMLSelectElement>(again, 'combobox', '選択2')).value).to.equal('港町');
    await agree(again);
    expect(says(again, '選択2件')).to.equal(true);
    await finish(again);
    await find(again, 'heading', '手続きが完了しました');
  });

  it('lead to what is missing, and say so', async () => {
    const element = await open(await send());
    for (const [name, value] of [['入力1', '佐藤'], ['入力2', '12']] as const) type(await find(element, 'textbox', name), value);
    (await find(element, 'button', /^完了する$/u)).click();
    const first = await until(() => deep<HTMLInputElement>(element, 'input[type=radio]:focus'), 'the focus on the group');
    expect(first.getAttribute('aria-label')).to.equal('新規');
    expect((await find(element, 'radiogroup', '選択1')).getAttribute('aria-invalid')).to.equal('true');
    await press(await radio(element, '変更'));
    await until(() => all(element, 'radiogroup', '選択1')[0]?.getAttribute('aria-invalid') === null || undefined, 'the mark to go');
  });

  it('stand in a sheet, with words beside the buttons, where the paper is small', async () => {
    await setViewport(360, 740);
    const element = await open(await send());
    const control = await until(() => fieldButton(element, '選択1　申請の区分'), 'the button of the group');
    expect(all(element, 'radio', '')).to.have.length(0);
    control.click();
    const group = await find(element, 'radiogroup', '選択1　申請の区分');
    expect(group.getRootNode()).to.be.instanceOf(ShadowRoot);
    await isAccessible('in the sheet');
    await press(await radio(element, '更新'));
    await until(() => all<HTMLInputElement>(element, 'radio', '更新')[0]?.checked, 'the button to be on');
    (await findLast(element, 'button', '次の項目へ')).click();
    const list = await find<HTMLSelectElement>(element, 'combobox', '選択2　地区');
    type(list, '中央');
    (await find(element, 'button', '閉じる')).click();
    await until(() => fieldButton(element, '選択2　地区')?.textContent?.trim() === '中央' || undefined, 'the choice on the paper');
    expect(fieldButton(element, '選択1　申請の区分')?.getAttribute('aria-label')).to.match(/更新$/u);
  });
});
