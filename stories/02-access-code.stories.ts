import type { Meta } from '@storybook/web-components-vite';
import { busyNetwork, fresh, guessed } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { enterCode, find, shows, showsHeading } from './kit/steps.js';

/** The only question before the documents: the code that the sender has told otherwise. */
const meta: Meta<Args> = { ...base, title: 'Screens/02 Access code' };
export default meta;

const title = { ja: 'アクセスコードの入力', en: 'Enter access code' };
const asks = play((stage) => showsHeading(stage, title));

export const Wide: Story = { ...from(fresh()), play: asks };
export const Dark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: asks };
export const Phone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: asks };
export const Smallest: Story = { ...from(fresh()), globals: { viewport: { value: 'smallest' } }, play: asks };
export const English: Story = { ...from(fresh()), args: { lang: 'en' }, play: asks };

/** The sender asks for no code. */
export const WithoutCode: Story = { ...from(fresh('open')), play: play((stage) => showsHeading(stage, { ja: '電子契約のお願い', en: 'Electronic contract' })) };

export const NothingTyped: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await enterCode(stage, ' ');
    await shows(stage, { ja: 'アクセスコードを入力してください。', en: 'Enter the access code.' });
  }),
};

export const Wrong: Story = {
  ...from(fresh(), { alone: true }),
  play: play(async (stage) => {
    await enterCode(stage, '9999');
    await shows(stage, { ja: 'あと4回入力できます。', en: '4 tries left.' });
  }),
};

export const LastTry: Story = {
  ...from(guessed(3), { alone: true }),
  args: { lang: 'en' },
  play: play(async (stage) => {
    await enterCode(stage, '9999');
    await shows(stage, { ja: 'あと1回入力できます。', en: '1 try left.' });
  }),
};

/** The fifth wrong code: nothing opens any more, and the sender has been told. */
export const Locked: Story = {
  ...from(guessed(4), { alone: true }),
  play: play(async (stage) => {
    await enterCode(stage, '9999');
    await showsHeading(stage, { ja: 'この依頼を開けなくなりました', en: 'This request is locked' });
    await shows(stage, { ja: '次にしていただくこと', en: 'What to do next' });
  }),
};
export const LockedEnglish: Story = { ...Locked, args: { lang: 'en' } };
export const LockedOnPhone: Story = { ...Locked, args: { theme: 'dark' }, globals: { viewport: { value: 'phone' } } };

/** The link of a locked request is opened again. */
export const LockedBefore: Story = { ...from(guessed(5), { alone: true }), play: play((stage) => showsHeading(stage, { ja: 'この依頼を開けなくなりました', en: 'This request is locked' })) };

export const Checking: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await find(stage.element, 'textbox', stage.words.code);
    stage.server.scenario = 'hanging';
    await enterCode(stage);
    await shows(stage, { ja: '確認しています', en: 'Checking' });
  }),
};

export const ConnectionLost: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await find(stage.element, 'textbox', stage.words.code);
    stage.server.scenario = 'offline';
    await enterCode(stage);
    await shows(stage, { ja: '通信できませんでした。', en: 'No connection.' });
  }),
};

/** Thirty wrong codes have come from this network. */
export const TooManyAttempts: Story = {
  ...from(busyNetwork, { alone: true }),
  play: play(async (stage) => {
    await enterCode(stage);
    await shows(stage, { ja: '操作が続いたため、少しの間受け付けられません', en: 'Too many attempts' });
  }),
};

/** The slot `intro`: the page's own words. */
export const WithIntro: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    const words = Object.assign(document.createElement('p'), { slot: 'intro', textContent: '青葉市 電子契約ポータルからお進みいただいています。' });
    stage.element.append(words);
    await showsHeading(stage, title);
    await shows({ ...stage, lang: 'ja' }, { ja: '電子契約ポータル', en: '' });
  }),
};
