import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Prepared, Story } from './kit/stage.js';
import { inside, shows, showsHeading, toDocuments } from './kit/steps.js';

/** The examples of the page for designers: each changes one thing, in the way that pages do it. */
const meta: Meta<Args> = { ...base, title: 'Theming/Tokens, parts, slots, events', parameters: { docs: { story: { inline: false, height: '640px' } } } };
export default meta;

const tokenOf = (loaded: Record<string, unknown>): string | undefined => ((loaded['prepared'] ?? {}) as Prepared).token;
const title = { ja: 'アクセスコードの入力', en: 'Enter access code' };

export const Tokens: Story = {
  ...from(fresh()),
  render: (_, { loaded, globals }) => html`
    <style>
      .portal {
        --sky-color-primary: light-dark(#1b5e3b, #8fd6ad);
        --sky-color-primary-hover: light-dark(#12462b, #b5e6ca);
        --sky-color-on-primary: light-dark(#ffffff, #06301a);
        --sky-radius: 2px;
      }
    </style>
    <div class="portal"><sky-sign token=${ifDefined(tokenOf(loaded))} theme=${globals['theme'] as string} lang=${globals['locale'] as string} assets-url="./pdfjs/"></sky-sign></div>
  `,
  play: play(async (stage) => {
    await showsHeading(stage, title);
    const button = inside(stage.element, '.button.fill');
    await expect(button && getComputedStyle(button).borderTopLeftRadius).toBe('2px');
  }),
};

export const Parts: Story = {
  ...from(fresh('open')),
  render: (_, { loaded, globals }) => html`
    <style>
      .parts::part(title) {
        font-family: 'Noto Serif JP', 'Noto Serif CJK JP', serif;
      }
      .parts::part(bar) {
        border-top: 3px double;
      }
    </style>
    <sky-sign class="parts" token=${ifDefined(tokenOf(loaded))} theme=${globals['theme'] as string} lang=${globals['locale'] as string} assets-url="./pdfjs/"></sky-sign>
  `,
  play: play(async (stage) => {
    await toDocuments(stage);
    const bar = inside(stage.element, '[part~=bar]');
    await expect(bar && getComputedStyle(bar).borderTopStyle).toBe('double');
  }),
};

export const Slots: Story = {
  ...from(fresh()),
  render: (_, { loaded, globals }) => html`
    <sky-sign token=${ifDefined(tokenOf(loaded))} theme=${globals['theme'] as string} lang=${globals['locale'] as string} assets-url="./pdfjs/">
      <b slot="header">青葉市</b>
      <p slot="intro">青葉市 電子契約ポータルからお進みいただいています。</p>
      <p slot="consent">青葉市 電子契約利用規約もあわせてご確認ください。</p>
      <p slot="completed">契約番号は、後日ポータルの「契約一覧」に表示されます。</p>
    </sky-sign>
  `,
  play: play(async (stage) => {
    await showsHeading(stage, title);
    await expect(stage.element.querySelector('[slot=intro]')).toBeVisible();
  }),
};

export const Events: Story = {
  ...from(fresh('open')),
  render: (_, { loaded, globals }) => {
    const log = (event: Event): void => {
      const list = (event.currentTarget as Element).parentElement?.querySelector('ol');
      list?.append(Object.assign(document.createElement('li'), { textContent: event.type }));
    };
    return html`
      <div style="--sky-height: 500px">
        <sky-sign
          token=${ifDefined(tokenOf(loaded))}
          theme=${globals['theme'] as string}
          lang=${globals['locale'] as string}
          assets-url="./pdfjs/"
          @sky-ready=${log}
          @sky-step-change=${log}
          @sky-authenticated=${log}
          @sky-loaded=${log}
          @sky-viewed=${log}
          @sky-change=${log}
          @sky-field-signed=${log}
          @sky-error=${log}
        ></sky-sign>
        <ol style="margin: 0; padding: 8px 40px; max-height: 120px; overflow: auto; font: 14px/1.5 monospace" tabindex="0" aria-label="Events"></ol>
      </div>
    `;
  },
  play: play(async (stage) => {
    await toDocuments(stage);
    await shows(stage, { ja: '必須の項目があと1件あります。', en: '1 required item left.' });
    await expect(stage.element.parentElement?.querySelector('ol')?.textContent).toContain('sky-authenticated');
  }),
};
