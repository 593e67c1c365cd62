import type { Meta } from '@storybook/web-components-vite';
import { approvedHere, completedHere, fresh, sealingHere, signedHere } from './kit/prepare.js';
import { openElsewhere, signElsewhere } from './kit/people.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { click, decline, fill, find, handOn, inside, menu, painted, shows, showsHeading, toDocuments, toEnvelope, type, until } from './kit/steps.js';

/** How it ended, in this window. */
const meta: Meta<Args> = { ...base, title: 'Screens/08 Afterwards' };
export default meta;

const done = { ja: '手続きが完了しました', en: 'You have signed' };
const isDone = play((stage) => showsHeading(stage, done));
export const Completed: Story = { ...from(signedHere), play: isDone };
export const CompletedDark: Story = { ...from(signedHere), args: { theme: 'dark' }, play: isDone };
export const CompletedPhone: Story = { ...from(signedHere), globals: { viewport: { value: 'phone' } }, play: isDone };
export const CompletedEnglish: Story = { ...from(signedHere), args: { lang: 'en' }, play: isDone };

export const CompletedByAll: Story = {
  ...from(completedHere),
  play: play(async (stage) => {
    await showsHeading(stage, done);
    await shows(stage, { ja: 'すべての方の署名が終わりました。', en: 'Everybody has signed.' });
  }),
};

export const Approved: Story = {
  ...from(approvedHere),
  play: play(async (stage) => {
    await showsHeading(stage, { ja: done.ja, en: 'You have approved' });
    await shows(stage, { ja: '承認を', en: 'has been told that you approve.' });
  }),
};

/** The signed document, with everything in its place. */
export const SignedDocument: Story = {
  ...from(completedHere),
  play: play(async (stage) => {
    await click(stage, 'button', stage.lang === 'ja' ? '署名した文書を確認する' : 'View signed documents');
    await until(() => inside(stage.element, 'canvas'), 'a page');
    await painted(stage);
    await showsHeading(stage, { ja: '旧庁舎跡地', en: '旧庁舎跡地' });
  }),
};

/** The slot `completed`: where the page goes on. */
export const WithOwnWords: Story = {
  ...from(signedHere),
  play: play(async (stage) => {
    stage.element.append(Object.assign(document.createElement('p'), { slot: 'completed', textContent: '契約番号は、後日ポータルの「契約一覧」に表示されます。' }));
    await showsHeading(stage, done);
    await shows({ ...stage, lang: 'ja' }, { ja: '契約一覧', en: '' });
  }),
};

/** No timestamp can be had: the act is accepted, and sealed later without the person. */
export const Sealing: Story = { ...from(sealingHere), args: { scenario: 'tsa-down' }, play: play((stage) => showsHeading(stage, { ja: '受け付けました', en: 'Accepted' })) };

export const Declined: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await decline(stage);
    await showsHeading(stage, { ja: '署名を辞退しました', en: 'You have declined' });
  }),
};
export const DeclinedEnglish: Story = { ...Declined, args: { lang: 'en' } };

export const HandedOn: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toEnvelope(stage);
    await click(stage, 'button', stage.words.delegate);
    await handOn(stage);
    await showsHeading(stage, { ja: '他の方に依頼しました', en: 'You have handed it on' });
  }),
};
export const HandedOnEnglish: Story = { ...HandedOn, args: { lang: 'en' } };

export const Paused: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    await fill(stage);
    await menu(stage, stage.words.pause);
    await showsHeading(stage, { ja: '入力した内容を保存しました', en: 'What you filled in is saved' });
  }),
};
export const PausedEnglish: Story = { ...Paused, args: { lang: 'en' } };

/** The person has signed in another window, while this one was filled in. */
export const DoneElsewhere: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    if (stage.seed) await signElsewhere(stage.seed);
    type(await find(stage.element, 'textbox', stage.words.text1), '青葉県青葉市緑町二丁目3番4号');
    await showsHeading(stage, done);
    await shows(stage, { ja: 'ほかの画面で手続きが済んでいました', en: 'You had already done this in another window' });
  }),
};
export const DoneElsewhereEnglish: Story = { ...DoneElsewhere, args: { lang: 'en' } };

/** Three newer windows have opened the request. */
export const OpenedElsewhere: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    if (stage.seed) for (let window = 0; window < 3; window += 1) await openElsewhere(stage.seed);
    await fill(stage);
    await showsHeading(stage, { ja: 'ほかの画面で開いたため、この画面を閉じました', en: 'Closed, because you opened it elsewhere' });
  }),
};

/** Forty-five minutes later. */
export const SessionOver: Story = {
  ...from(fresh()),
  play: play(async (stage) => {
    await toDocuments(stage);
    stage.server.aheadMs = 45 * 60_000;
    await fill(stage);
    await showsHeading(stage, { ja: '時間がたったため、画面を閉じました', en: 'Closed after some time' });
  }),
};
export const SessionOverEnglish: Story = { ...SessionOver, args: { lang: 'en' } };
