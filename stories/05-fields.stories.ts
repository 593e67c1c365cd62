import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { all, click, every, fill, find, goTo, inside, reads, seal, shownZoom, shows, toDocuments, type, until, zoomTo } from './kit/steps.js';

/** Real controls over the paper, in every state. */
const meta: Meta<Args> = { ...base, title: 'Screens/05 Fields' };
export default meta;

/** Required and empty, the current one, optional, and another person's. */
export const ToDo: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.text1);
    await shows(stage, { ja: '登記された本店の所在地を入力してください。', en: '登記された本店の所在地を入力してください。' });
    await expect(await find(stage.element, 'textbox', stage.words.text1)).toBeVisible();
  }),
};

export const Done: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await fill(stage);
    await seal(stage, stage.words.seal1);
    await shows(stage, { ja: '必須の項目があと1件あります。', en: '1 required item left.' });
  }),
};

/** A text that may not stand so, once the field is left. */
const leaves = (field: 'text1' | 'text2', text: string, problem: Readonly<Record<'ja' | 'en', string>>) =>
  play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words[field]);
    const input = await find(stage.element, 'textbox', stage.words[field]);
    type(input, text);
    input.blur();
    await shows(stage, problem);
  });
/** The demo, with a telephone field that takes something else. */
const askingFor = (input: 'email' | 'number' | 'postal-code', label: string) =>
  fresh('contract', (envelope) => ({
    ...envelope,
    recipients: envelope.recipients.map((recipient) => ({ ...recipient, fields: (recipient.fields ?? []).map((field) => (field.label === '電話番号' ? { ...field, input, label, guide: '' } : field)) })),
  }));

export const WrongNumber: Story = { ...from(fresh()), play: leaves('text2', '12', { ja: '電話番号の桁数を確認してください', en: 'Please check the telephone number' }) };
export const WrongMail: Story = { ...from(askingFor('email', 'メールアドレス')), play: leaves('text2', 'yamada@', { ja: 'メールアドレスの形を確認してください', en: 'Please check the mail address' }) };
export const WrongAmount: Story = { ...from(askingFor('number', '従業員数')), args: { lang: 'en' }, play: leaves('text2', '十二人', { ja: '数字で入力してください', en: 'Please enter a number' }) };
export const WrongPostalCode: Story = { ...from(askingFor('postal-code', '郵便番号')), args: { theme: 'dark' }, play: leaves('text2', '980', { ja: '郵便番号は7桁の数字で入力してください', en: 'Please enter a seven-digit postal code' }) };
export const TooLong: Story = { ...from(fresh()), play: leaves('text1', '青葉県青葉市緑町二丁目'.repeat(6), { ja: '文字が多すぎます。短くしてください', en: 'Too long. Please shorten it' }) };

/** Browsers take years of five digits. */
export const WrongDate: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.date1);
    const input = await until(() => inside<HTMLInputElement>(stage.element, 'sky-field input[type=date], input[type=date]'), 'the date');
    type(input, '20266-11-21');
    input.blur();
    await shows(stage, { ja: '日付を確認してください', en: 'Please check the date' });
  }),
};

export const WrongNumberInSheet: Story = {
  ...from(fresh()),
  globals: { viewport: { value: 'phone' } },
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.text2);
    const input = await until(() => inside<HTMLInputElement>(stage.element, 'input[inputmode=tel]'), 'the input in the sheet');
    type(input, '12');
    input.blur();
    await shows(stage, { ja: '電話番号の桁数を確認してください', en: 'Please check the telephone number' });
  }),
};

/** As long as is allowed: it stands in the field as it will in the document, in smaller letters. */
export const LongText: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    const input = await find(stage.element, 'textbox', stage.words.text1);
    type(input, '青葉県青葉市緑町二丁目3番4号 青葉中央ビルディング東館 12階 1204号室 株式会社山田建設 青葉支店内');
    await goTo(stage, stage.words.text2);
    const line = await until(() => every(stage.element, '.lines span').find((one) => one.checkVisibility()), 'the text as it is set');
    const [text, box] = [line.getBoundingClientRect(), input.getBoundingClientRect()];
    await expect(text.right).toBeLessThanOrEqual(box.right + 1);
    await expect(text.height).toBeLessThanOrEqual(box.height + 1);
  }),
};

export const Remarks: Story = {
  ...from(fresh()),
  args: { theme: 'dark' },
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.text3);
    type(await find(stage.element, 'textbox', stage.words.text3), '監理技術者の配置については、別紙のとおりです。\n工期の延長は、書面で協議します。');
    await expect(await find(stage.element, 'textbox', stage.words.text3)).toHaveValue('監理技術者の配置については、別紙のとおりです。\n工期の延長は、書面で協議します。');
  }),
};

/** Too small to type in: the input opens from below. */
export const InputInSheet: Story = {
  ...from(fresh()),
  globals: { viewport: { value: 'phone' } },
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.text1);
    await until(() => inside(stage.element, 'sky-field-input'), 'the input');
    await shows(stage, { ja: '前の項目', en: 'Previous item' });
  }),
};
export const DateInSheet: Story = {
  ...from(fresh()),
  globals: { viewport: { value: 'phone' } },
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.date1);
    await until(() => inside(stage.element, 'sky-field-input input[type=date], sky-field-input') && inside(stage.element, 'sky-sheet'), 'the sheet');
    await shows(stage, { ja: '契約を締結する日を選んでください。', en: '契約を締結する日を選んでください。' });
  }),
};

/** Below 60 % only the current field carries its name. */
export const ZoomedOut: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await zoomTo(stage, '50');
    await goTo(stage, stage.words.seal1);
    await until(() => Math.abs(shownZoom(stage) - 0.5) < 0.01, 'the smaller pages');
    await expect(shownZoom(stage)).toBeCloseTo(0.5, 2);
  }),
};

const form = play(async (stage) => {
  await toDocuments(stage);
  await shows(stage, { ja: '必須の項目があと5件あります。', en: '5 required items left.' });
});
/** The fields that a PDF has itself: text, cells, radio buttons, a list, a check box. */
export const OfThePdf: Story = { ...from(fresh('form')), play: form };

export const OfThePdfDone: Story = {
  ...from(fresh('form')),
  play: play(async (stage) => {
    const { element } = stage;
    await toDocuments(stage);
    type(await find(element, 'textbox', stage.words.text1), '佐藤 花子');
    type(await find(element, 'textbox', stage.words.text2), '1234567');
    (await find(element, 'radio', /更新/u)).click();
    const district = await until(() => inside<HTMLSelectElement>(element, 'sky-field select') ?? every<HTMLSelectElement>(element, 'select').find((one) => [...one.options].some(({ text }) => text === '緑町')), 'the list');
    district.selectedIndex = [...district.options].findIndex(({ text }) => text === '緑町');
    district.dispatchEvent(new Event('change', { bubbles: true }));
    (await find(element, 'checkbox', stage.words.check1)).click();
    await seal(stage, stage.words.seal1);
    await shows(stage, { ja: '必須の項目はすべて完了しました。', en: 'All required items are done.' });
  }),
};

/** Buttons too small for a finger open in a sheet. */
export const ChoiceInSheet: Story = {
  ...from(fresh('form')),
  globals: { viewport: { value: 'phone' } },
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.radio1);
    await until(() => inside(stage.element, 'sky-sheet'), 'the sheet');
    await reads(stage.element, '変更');
    await expect(all(stage.element, 'radio', /新規|更新|変更/u).length).toBeGreaterThanOrEqual(3);
  }),
};

export const NextItem: Story = {
  ...from(fresh()),
  args: { lang: 'en' },
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', stage.words.nextItem);
    await until(() => inside(stage.element, '[aria-current]'), 'the current line');
    await shows(stage, { ja: '日付を選んでください', en: 'Please choose a date' });
  }),
};
