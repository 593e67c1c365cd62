import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { showCompleting, showPageAsked, showRefusedCompletion, showStillLoading } from './kit/inner-states.js';
import { fresh, sealOnly } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Stage, Story } from './kit/stage.js';
import { all, click, every, exactly, find, painted, seal, shows, showsHeading, toConfirmation, toDocuments, until } from './kit/steps.js';

/** What will happen, in words, and what is agreed to; then what the server does. */
const meta: Meta<Args> = { ...base, title: 'Screens/07 Confirming and completing' };
export default meta;

const title = { ja: '署名手続きを完了しますか', en: 'Complete signing?' };
const asks = play(async (stage) => {
  await toConfirmation(stage);
  await showsHeading(stage, title);
});
export const Wide: Story = { ...from(fresh()), play: asks };
export const Dark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: asks };
export const English: Story = { ...from(fresh()), args: { lang: 'en' }, play: asks };

const approves = async (stage: Stage): Promise<void> => {
  await toDocuments(stage);
  const [, second] = every(stage.element, '[role=tab]');
  second?.click();
  await until(() => every(stage.element, '[role=tab]')[1]?.ariaSelected === 'true', 'the second document');
  await painted(stage);
  // Pressed before the second document counts as seen, it says so; then it is pressed again.
  for (let press = 0; press < 20 && all(stage.element, 'button', stage.lang === 'ja' ? '承認する' : 'Approve').length === 0; press += 1) {
    await click(stage, 'button', exactly(stage.words.complete));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};
/** No field has to be filled in on a narrow screen to get here: an approver only reads. */
export const Approve: Story = { ...from(fresh('approval')), play: play(async (stage) => {
  await approves(stage);
  await showsHeading(stage, { ja: '文書を承認しますか', en: 'Approve the documents?' });
}) };

/** One document, one seal: on a telephone texts are filled in a sheet of their own. */
export const Phone: Story = {
  ...from(fresh('open')),
  globals: { viewport: { value: 'phone' } },
  play: play(async (stage) => {
    await toDocuments(stage);
    await seal(stage, stage.words.seal1);
    await click(stage, 'button', exactly(stage.words.complete));
    await showsHeading(stage, title);
  }),
};
export const PhoneDark: Story = { ...Phone, args: { theme: 'dark' } };

/** A document without anything to fill in, which the sender does not ask to have opened. */
export const NotOpened: Story = {
  ...from(sealOnly),
  play: play(async (stage) => {
    await toDocuments(stage);
    await seal(stage, stage.words.seal1);
    await click(stage, 'button', exactly(stage.words.complete));
    await showsHeading(stage, title);
    await shows(stage, { ja: 'まだ開いていません', en: 'Not opened yet' });
  }),
};

export const NotAgreed: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    await click(stage, 'button', stage.words.finish);
    await shows(stage, { ja: '同意の欄にチェックを入れてください。', en: 'Tick the box to agree.' });
  }),
};

/** A script pressed the button, as this play function does. */
export const NotPressedByAPerson: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    (await find(stage.element, 'checkbox', stage.words.agree)).click();
    await click(stage, 'button', stage.words.finish);
    await shows(stage, { ja: 'このボタンは、ご本人が押す必要があります。', en: 'This button has to be pressed by you in person.' });
  }),
};

/** The page holds `sky-before-complete` back with `waitUntil`, and has not made up its mind. */
export const PageIsAsked: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    await showPageAsked(stage);
    const button = await until(() => all(stage.element, 'button', stage.lang === 'ja' ? '送信しています' : 'Sending')[0], 'the button to wait');
    await expect(button).toHaveAttribute('aria-busy', 'true');
  }),
};

/** All is ready for the last button, to be pressed by hand; then every answer takes one and a half seconds. */
export const SlowNetwork: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    const agrees = await find<HTMLInputElement>(stage.element, 'checkbox', stage.words.agree);
    agrees.click();
    stage.server.scenario = 'slow';
    await expect(agrees).toBeChecked();
  }),
};

export const StillLoading: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    await showStillLoading(stage);
    await shows(stage, { ja: 'をまだ読み込んでいます', en: 'is still loading' });
  }),
};

export const ConnectionLost: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    await showRefusedCompletion(stage, 'network_failed');
    await shows(stage, { ja: '通信できませんでした。', en: 'No connection.' });
  }),
};

export const TooManyAttempts: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toConfirmation(stage);
    await showRefusedCompletion(stage, 'rate_limited');
    await shows(stage, { ja: '少しの間受け付けられません', en: 'Too many attempts' });
  }),
};

/** The slot `consent`: the page's own words, above what is agreed to. */
export const WithConsentWords: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    stage.element.append(Object.assign(document.createElement('p'), { slot: 'consent', textContent: '青葉市 電子契約利用規約（2026年4月1日版）もあわせてご確認ください。' }));
    await toConfirmation(stage);
    await shows({ ...stage, lang: 'ja' }, { ja: '電子契約利用規約', en: '' });
  }),
};

const completing = (phase: Parameters<typeof showCompleting>[1]) => async (stage: Stage): Promise<void> => {
  await toDocuments(stage);
  await showCompleting(stage, phase);
  await showsHeading(stage, { ja: '署名しています', en: 'Signing' });
};
export const Sending: Story = { ...from(fresh()), play: play(completing('sending')) };
export const Signing: Story = { ...from(fresh()), play: play(completing('signing')) };
export const SigningDark: Story = { ...from(fresh()), args: { theme: 'dark' }, play: play(completing('signing')) };
export const SigningOnPhone: Story = { ...from(fresh()), globals: { viewport: { value: 'phone' } }, play: play(completing('signing')) };
/** The answer was lost; the truth is asked for. */
export const Checking: Story = {
  ...from(fresh()),
  args: { lang: 'en' },
  play: play(async (stage) => {
    await completing('checking')(stage);
    await shows(stage, { ja: '通信を確認して、署名の結果を確かめています', en: 'Checking the connection and the result' });
    await until(() => all(stage.element, 'heading', 'Signing')[0], 'the dialog');
  }),
};
