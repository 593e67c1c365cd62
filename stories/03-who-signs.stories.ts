import type { Meta } from '@storybook/web-components-vite';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { all, click, enterCode, find, handOn, shows, showsHeading, showsInDialog, toEnvelope, type, until } from './kit/steps.js';

/** What was sent, and whether somebody else should sign. */
const meta: Meta<Args> = { ...base, title: 'Screens/03 Who signs' };
export default meta;

const facts = play(async (stage) => {
  await toEnvelope(stage);
  await showsHeading(stage, { ja: '旧庁舎跡地 造成工事 請負契約', en: '旧庁舎跡地 造成工事 請負契約' });
  await shows(stage, { ja: '差出人からのメッセージ', en: 'Message from the sender' });
});

export const Wide: Story = { ...from(fresh()), play: facts };
export const Dark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: facts };
export const Phone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: facts };
export const English: Story = { ...from(fresh()), args: { lang: 'en' }, play: facts };

/** A file inside a document, and a document that has to be opened. */
export const WithAttachment: Story = {
  ...from(fresh('attached')),
  play: play(async (stage) => {
    await toEnvelope(stage);
    await shows(stage, { ja: '添付ファイル：内訳書.csv', en: 'Attached files: 内訳書.csv' });
    await shows(stage, { ja: '署名の前に、この文書を開いて確認してください。', en: 'Open this document before you sign.' });
  }),
};

/** An approver is asked to check, not to sign. */
export const Approver: Story = {
  ...from(fresh('approval')),
  play: play(async (stage) => {
    await toEnvelope(stage);
    await shows(stage, { ja: '次の文書の確認を依頼されています。', en: 'asks you to check these documents.' });
  }),
};

const asksWho = play(async (stage) => {
  await toEnvelope(stage);
  await click(stage, 'button', stage.words.delegate);
  await showsHeading(stage, { ja: '他の人に依頼する', en: 'Ask somebody else to sign' });
});
export const HandOn: Story = { ...from(fresh()), play: asksWho };
export const HandOnPhone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: asksWho };

export const HandOnIncomplete: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toEnvelope(stage);
    await click(stage, 'button', stage.words.delegate);
    type(await find(stage.element, 'textbox', stage.lang === 'ja' ? '氏名' : 'Name'), '山田 花子');
    (await until(() => all(stage.element, 'button', /^(依頼する|Ask)$/u)[0], 'the button')).click();
    await shows(stage, { ja: 'メールアドレスを確認してください。', en: 'Check the mail address.' });
  }),
};

/** The connection is gone when the request is handed on. */
export const HandOnFailed: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toEnvelope(stage);
    stage.server.scenario = 'offline';
    await click(stage, 'button', stage.words.delegate);
    await handOn(stage);
    await showsInDialog(stage, { ja: '通信できませんでした', en: 'No connection' });
  }),
};

/** The first thing after the code, while the answer takes its time. */
export const SlowNetwork: Story = {
  ...from(fresh()),
  args: { scenario: 'slow' },
  play: play(async (stage) => {
    await enterCode(stage);
    await shows(stage, { ja: '確認しています', en: 'Checking' });
    await shows(stage, { ja: '差出人からのメッセージ', en: 'Message from the sender' });
  }),
};
