import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { all, click, every, fill, find, goTo, inside, reads, seal, shows, toDocuments, type, until } from './kit/steps.js';

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

export const WrongNumber: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await goTo(stage, stage.words.text2);
    const input = await find(stage.element, 'textbox', stage.words.text2);
    type(input, '12');
    input.blur();
    await shows(stage, { ja: '電話番号の桁数を確認してください', en: 'Please check the telephone number' });
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
    const zoom = await find<HTMLSelectElement>(stage.element, 'combobox', stage.lang === 'ja' ? '表示倍率' : 'Zoom');
    zoom.value = '50';
    zoom.dispatchEvent(new Event('change', { bubbles: true }));
    await goTo(stage, stage.words.seal1);
    const toolbar = await until(() => inside(stage.element, 'sky-toolbar') as (HTMLElement & { shownZoom: number }) | undefined, 'the toolbar');
    await until(() => Math.abs(toolbar.shownZoom - 0.5) < 0.01, 'the smaller pages');
    await expect(toolbar.shownZoom).toBeCloseTo(0.5, 2);
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
