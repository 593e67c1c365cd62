import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { underMenu } from '../.storybook/accessibility.js';
import { showChangedDocument, showExpiring } from './kit/inner-states.js';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { all, click, decline, enterCode, every, exactly, fill, fillAll, find, handOn, inside, menu, painted, shownZoom, shows, showsHeading, showsInDialog, toDocuments, type, until, zoomTo } from './kit/steps.js';

/** The documents, what is to be done, and what is done. */
const meta: Meta<Args> = { ...base, title: 'Screens/04 Reviewing' };
export default meta;

const begins = play(async (stage) => {
  await toDocuments(stage);
  await shows(stage, { ja: '必須の項目があと6件あります。', en: '6 required items left.' });
});
export const Wide: Story = { ...from(fresh()), play: begins };
export const Dark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: begins };
export const English: Story = { ...from(fresh()), args: { lang: 'en' }, play: begins };
export const Tablet: Story = { ...from(fresh()), globals: { viewport: { value: 'tablet' } }, play: play(async (stage) => {
  await toDocuments(stage);
  await showsHeading(stage, { ja: '旧庁舎跡地', en: '旧庁舎跡地' });
}) };

const narrow = play(async (stage) => {
  await toDocuments(stage);
  await shows(stage, { ja: '一覧', en: 'List' });
});
export const Phone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: narrow };
export const PhoneDark: Story = { ...from(fresh()), args: { theme: 'dark' }, globals: { viewport: { value: 'phone' } }, play: narrow };
export const Smallest: Story = { ...from(fresh()), globals: { viewport: { value: 'smallest' } }, play: narrow };

/** As high as a hand: header and bar give way to the paper. */
export const PhoneOnItsSide: Story = { ...from(fresh()), globals: { viewport: { value: 'phoneOnItsSide' } }, play: narrow };

const lists = play(async (stage) => {
  await toDocuments(stage);
  await click(stage, 'button', stage.words.list);
  await showsHeading(stage, { ja: 'チェックリスト', en: 'Checklist' });
});
export const PhoneList: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: lists };
export const TabletList: Story = { ...from(fresh()), globals: { viewport: { value: 'tablet' } }, play: lists };

/** Some is done, the seals are left, and it has been saved. */
export const HalfDone: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await fill(stage);
    await shows(stage, { ja: '入力した内容は自動で保存しています', en: 'Saved automatically' });
  }),
};

export const AllDone: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await fillAll(stage);
    await shows(stage, { ja: '必須の項目はすべて完了しました。', en: 'All required items are done.' });
  }),
};

/** 完了する, pressed too early, says what is missing and goes there. */
export const WhatIsMissing: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', exactly(stage.words.complete));
    await until(() => inside(stage.element, '[aria-invalid=true]'), 'the missing fields');
    await shows(stage, { ja: '入力してください', en: 'Please fill in' });
  }),
};

/** An approver has nothing to fill in. */
export const NothingToFillIn: Story = {
  ...from(fresh('approval')),
  play: play(async (stage) => {
    await toDocuments(stage);
    await shows(stage, { ja: '記入する項目はありません。', en: 'There is nothing to fill in.' });
  }),
};

/** 完了する before a document was opened that has to be. */
export const NotOpenedYet: Story = {
  ...from(fresh('approval')),
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', exactly(stage.words.complete));
    await shows(stage, { ja: 'をまだ開いていません。', en: 'You have not opened' });
  }),
};

export const SecondDocument: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    const [, second] = every(stage.element, '[role=tab]');
    second?.click();
    await until(() => inside(stage.element, '[role=tab][aria-selected=true]') === second, 'the second tab');
    await painted(stage);
    await expect(second?.textContent).toContain('個人情報の取扱いに関する特記事項');
  }),
};

export const ZoomedIn: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await zoomTo(stage, '400');
    await until(() => shownZoom(stage) === 4, 'the larger pages');
    await painted(stage);
    await expect(shownZoom(stage)).toBe(4);
  }),
};

export const WholePage: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    const height = (selector: string): number => inside(stage.element, selector)?.getBoundingClientRect().height ?? 0;
    await zoomTo(stage, 'page');
    await until(() => height('sky-page') < height('sky-pages'), 'the whole page');
    await painted(stage);
    await expect(shownZoom(stage)).toBeLessThan(1);
  }),
};

export const Pages: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', stage.words.pages);
    await showsHeading(stage, { ja: 'ページ一覧', en: 'Pages' });
    await until(() => every(stage.element, 'sky-page-list canvas, sky-page-list img').length > 0 || inside(stage.element, 'sky-page-list'), 'the small pages');
  }),
};

export const Search: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', stage.words.search);
    type(await find(stage.element, 'textbox', stage.words.searchFor), '工事');
    await until(() => /1件目|1 of/u.test(inside(stage.element, 'output')?.textContent ?? ''), 'the first result');
    await expect(inside(stage.element, 'output')?.textContent).toMatch(/件のうち1件目|1 of/u);
  }),
};

export const SearchInVain: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', stage.words.search);
    type(await find(stage.element, 'textbox', stage.words.searchFor), '天体観測');
    await shows(stage, { ja: '見つかりませんでした', en: 'Nothing found' });
  }),
};

export const Menu: Story = {
  ...from(fresh()),
  parameters: { a11y: underMenu },
  play: play(async (stage) => {
    await toDocuments(stage);
    await click(stage, 'button', stage.words.more);
    await shows(stage, { ja: '辞退・差戻し', en: 'Decline to sign' });
  }),
};
export const MenuOnPhone: Story = { ...Menu, globals: { viewport: { value: 'phone' } } };

export const About: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await menu(stage, stage.words.about);
    await shows(stage, { ja: '青財契第2026－114号', en: '青財契第2026－114号' });
  }),
};

const declines = play(async (stage) => {
  await toDocuments(stage);
  await menu(stage, stage.words.decline);
  await showsHeading(stage, { ja: '署名を辞退しますか', en: 'Decline to sign?' });
});
export const Decline: Story = { ...from(fresh()), play: declines };
export const DeclineOnPhone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: declines };

export const DeclineWithoutReason: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await menu(stage, stage.words.decline);
    (await until(() => all(stage.element, 'button', /^(辞退する|Decline)$/u)[0], 'the button')).click();
    await shows(stage, { ja: '理由を入力してください。', en: 'Enter a reason.' });
  }),
};

/** The reason stays, and so does the dialog, until the server has it. */
export const DeclineSending: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    stage.server.scenario = 'hanging';
    await decline(stage);
    await shows(stage, { ja: '送信しています', en: 'Sending' });
  }),
};

/** The connection is gone when the request is declined. */
export const DeclineFailed: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    stage.server.scenario = 'offline';
    await decline(stage);
    await showsInDialog(stage, { ja: '通信できませんでした', en: 'No connection' });
  }),
};
export const DeclineFailedOnPhone: Story = { ...DeclineFailed, args: { theme: 'dark' }, globals: { viewport: { value: 'phone' } } };

/** The connection is gone when the request is handed on from the menu. */
export const HandOnFailed: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    stage.server.scenario = 'offline';
    await menu(stage, stage.words.delegate);
    await handOn(stage);
    await showsInDialog(stage, { ja: '通信できませんでした', en: 'No connection' });
  }),
};

/** The document is on its way. */
export const LoadingDocument: Story = {
  ...from(fresh('open')),
  args: { scenario: 'documents-hanging' },
  play: play(async (stage) => {
    await enterCode(stage);
    await until(() => inside(stage.element, 'sky-pages'), 'the documents');
    await shows(stage, { ja: '文書を読み込んでいます', en: 'Loading the document' });
  }),
};

export const DocumentNotLoaded: Story = {
  ...from(fresh('open')),
  args: { scenario: 'documents-offline' },
  play: play(async (stage) => {
    await enterCode(stage);
    await shows(stage, { ja: '文書を表示できませんでした', en: 'The document cannot be shown' });
  }),
};

/** Saving does not get through; what was filled in stays on the screen. */
export const NotSaved: Story = {
  ...from(fresh()),
  args: { scenario: 'drafts-offline' },
  play: play(async (stage) => {
    await toDocuments(stage);
    await fill(stage);
    await shows(stage, { ja: '保存できていません。', en: 'Not saved.' });
  }),
};

/** Somebody else has changed the document between reading and completing. */
export const DocumentChanged: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await fillAll(stage);
    await showChangedDocument(stage);
    await shows(stage, { ja: '文書が新しくなりました', en: 'The documents have been updated' });
  }),
};

/** Nothing was done for 28 minutes. */
export const AboutToClose: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await showExpiring(stage);
    await shows(stage, { ja: 'まもなく画面を閉じます', en: 'This page is about to close' });
  }),
};
export const AboutToCloseOnPhone: Story = { ...AboutToClose, args: { lang: 'en', theme: 'dark' }, globals: { viewport: { value: 'phone' } } };
