import type { Meta } from '@storybook/web-components-vite';
import { completed, declined, expired, notYet, replaced, signed, voided } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { enterCode, shows, showsHeading } from './kit/steps.js';

/** Links that open nothing any more, or nothing yet. */
const meta: Meta<Args> = { ...base, title: 'Screens/09 Ended links' };
export default meta;

const says = (ja: string, en: string) => play((stage) => showsHeading(stage, { ja, en }));

/** The link is opened again, in another window. */
export const Signed: Story = { ...from(signed), play: says('この手続きは済んでいます', 'You have already done your part') };
export const Completed: Story = { ...from(completed), play: says('この手続きは完了しています', 'This request is complete') };
export const Declined: Story = { ...from(declined), play: says('この依頼は辞退により終わりました', 'This request was declined') };
export const Voided: Story = { ...from(voided), play: says('この依頼は取り消されました', 'This request was withdrawn') };
export const VoidedOnPhone: Story = { ...from(voided), args: { theme: 'dark' }, globals: { viewport: { value: 'phone' } }, play: says('この依頼は取り消されました', 'This request was withdrawn') };
export const Expired: Story = { ...from(expired, { alone: true }), play: says('この依頼は期限を過ぎました', 'This request has expired') };
export const Replaced: Story = { ...from(replaced), args: { lang: 'en' }, play: says('このリンクは新しいものに替わりました', 'This link has been replaced') };

/** Others sign first. */
export const NotYet: Story = {
  ...from(notYet),
  play: play(async (stage) => {
    await enterCode(stage).catch(() => undefined);
    await showsHeading(stage, { ja: 'まだ順番ではありません', en: 'It is not your turn yet' });
    await shows(stage, { ja: '前の方の署名が終わると、メールでお知らせします。', en: 'We will mail you when those before you have signed.' });
  }),
};
