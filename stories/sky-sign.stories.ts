import '@sky-sign/widget/define';
import { createMockHandlers } from '@sky-sign/mocks';
import type { MockScenario } from '@sky-sign/mocks';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { HttpHandler } from 'msw';

interface Args {
  theme: 'auto' | 'light' | 'dark';
  lang: 'ja' | 'en';
  /** What goes wrong on the server. */
  scenario: MockScenario;
}

/** The addon's context; it has no types of its own for this framework. */
interface MswContext {
  readonly msw: { use(...handlers: HttpHandler[]): void };
}

/** Each story has a server of its own in the page: nothing runs outside, nothing is kept. */
const meta: Meta<Args> = {
  title: 'sky-sign',
  component: 'sky-sign',
  args: { theme: 'auto', lang: 'ja', scenario: 'normal' },
  argTypes: {
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    lang: { control: 'inline-radio', options: ['ja', 'en'] },
    scenario: { control: 'select', options: ['normal', 'slow', 'tsa-down', 'offline', 'error'] },
  },
  loaders: [
    async (context) => {
      sessionStorage.clear();
      const mocks = createMockHandlers({ fontUrl: './fonts/NotoSansJP_400Regular.ttf' });
      (context as unknown as MswContext).msw.use(...mocks.handlers);
      const { linkToken } = await mocks.seed();
      (await mocks.server()).scenario = (context.args as unknown as Args).scenario;
      return { linkToken };
    },
  ],
  render: ({ theme, lang }, { loaded }) => html`
    <sky-sign server="/" token=${loaded['linkToken'] as string} theme=${theme} lang=${lang} assets-url="./pdfjs/"></sky-sign>
  `,
};
export default meta;

type Story = StoryObj<Args>;

/** The whole journey, clickable; the access code is 4126. */
export const Journey: Story = {};
export const Dark: Story = { args: { theme: 'dark' } };
export const English: Story = { args: { lang: 'en' } };
export const SlowNetwork: Story = { args: { scenario: 'slow' } };
/** The timestamp authority is down: the act is accepted and stays 署名しています. */
export const TimestampAuthorityDown: Story = { args: { scenario: 'tsa-down' } };
export const Offline: Story = { args: { scenario: 'offline' } };
export const ServerError: Story = { args: { scenario: 'error' } };
