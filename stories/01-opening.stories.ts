import type { Meta } from '@storybook/web-components-vite';
import { foreignPage, foreignServer, fresh, noToken, unknownLink } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { click, shows, showsHeading } from './kit/steps.js';

/** The link is opened; nothing of the envelope is known yet. */
const meta: Meta<Args> = { ...base, title: 'Screens/01 Opening' };
export default meta;

/** The server has not answered yet. */
export const Loading: Story = { ...from(fresh()), args: { scenario: 'hanging' }, play: play((stage) => shows(stage, { ja: '読み込んでいます', en: 'Loading' })) };

/** Every answer takes one and a half seconds. */
export const SlowNetwork: Story = {
  ...from(fresh()),
  args: { scenario: 'slow' },
  play: play(async (stage) => {
    await shows(stage, { ja: '読み込んでいます', en: 'Loading' });
    await showsHeading(stage, { ja: 'アクセスコードの入力', en: 'Enter access code' });
  }),
};

export const Offline: Story = { ...from(fresh()), args: { scenario: 'offline' }, play: play((stage) => showsHeading(stage, { ja: '通信できませんでした', en: 'No connection' })) };

/** もう一度試す, and the connection is back. */
export const OnlineAgain: Story = {
  ...from(fresh()),
  args: { scenario: 'offline' },
  play: play(async (stage) => {
    await showsHeading(stage, { ja: '通信できませんでした', en: 'No connection' });
    stage.server.scenario = 'normal';
    await click(stage, 'button', stage.lang === 'ja' ? 'もう一度試す' : 'Try again');
    await showsHeading(stage, { ja: 'アクセスコードの入力', en: 'Enter access code' });
  }),
};

export const ServerDown: Story = { ...from(fresh()), args: { scenario: 'error' }, play: play((stage) => showsHeading(stage, { ja: 'ただいまサーバーを利用できません', en: 'The server is not available' })) };

/** The page gave no token, and there is no session to go on with. */
export const NoToken: Story = { ...from(noToken), play: play((stage) => showsHeading(stage, { ja: '開く依頼がわかりません', en: 'Which request?' })) };

export const UnknownLink: Story = { ...from(unknownLink), play: play((stage) => showsHeading(stage, { ja: 'この依頼は見つかりません', en: 'Request not found' })) };

/** The token was made for another page. */
export const OtherPage: Story = { ...from(foreignPage), play: play((stage) => showsHeading(stage, { ja: 'このページでは開けません', en: 'This page cannot open the request' })) };

/** The token was made by another server, and goes nowhere. */
export const OtherServer: Story = { ...from(foreignServer), play: play((stage) => showsHeading(stage, { ja: 'このページの設定に誤りがあります', en: 'This page is not set up correctly' })) };

/** The attribute `server` is no address. */
export const WrongSettings: Story = {
  ...from(fresh()),
  args: { server: 'ftp://sign.example' },
  play: play((stage) => shows(stage, { ja: '接続先が正しく設定されていません。', en: 'The address of the server is not valid.' })),
};
