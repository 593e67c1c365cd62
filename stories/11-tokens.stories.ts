import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play, renderElement } from './kit/stage.js';
import type { Args, Story } from './kit/stage.js';
import { every, inside, shows, showsHeading, toDocuments } from './kit/steps.js';
import { tokenNames } from './kit/tokens.js';

/** The examples of the page for designers: each changes one thing, in the way that pages do it. */
const meta: Meta<Args> = { ...base, title: 'Theming/Tokens, parts, slots, events', parameters: { docs: { story: { inline: false, height: '640px' } } } };
export default meta;

const title = { ja: 'アクセスコードの入力', en: 'Enter access code' };

export const Tokens: Story = {
  ...from(fresh()),
  render: (args, context) => html`
    <style>
      .portal {
        --sky-color-primary: light-dark(#1b5e3b, #8fd6ad);
        --sky-color-primary-hover: light-dark(#12462b, #b5e6ca);
        --sky-color-on-primary: light-dark(#ffffff, #06301a);
        --sky-radius: 2px;
      }
    </style>
    <div class="portal">${renderElement(args, context)}</div>
  `,
  play: play(async (stage) => {
    await showsHeading(stage, title);
    const button = inside(stage.element, '.button.fill');
    await expect(button && getComputedStyle(button).borderTopLeftRadius).toBe('2px');
  }),
};

/** The panel sets a token on the element itself, where it wins over the page and the brand. There is a control for each that the element reads. */
export const TokensByControls: Story = {
  ...from(fresh()),
  args: { '--sky-color-primary': '#7a1f5c', '--sky-radius': '20px', '--sky-side-width': '400px' },
  play: play(async (stage) => {
    await toDocuments(stage);
    const [button, side] = [inside(stage.element, '.button.fill'), inside(stage.element, '.side')];
    await expect(button && getComputedStyle(button).backgroundColor).toBe('rgb(122, 31, 92)');
    await expect(button && getComputedStyle(button).borderTopLeftRadius).toBe('20px');
    await expect(side?.getBoundingClientRect().width).toBe(400);
    const read = [stage.element, ...every(stage.element, '*')].flatMap(({ shadowRoot }) => shadowRoot?.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].flatMap(({ cssText }) => cssText.match(/--sky-[a-z-]+/gu) ?? [])) ?? []);
    await expect(tokenNames).toEqual(expect.arrayContaining([...new Set(read)]));
  }),
};

export const Parts: Story = {
  ...from(fresh('open')),
  render: (args, context) => html`
    <style>
      sky-sign::part(title) {
        font-family: 'Noto Serif JP', 'Noto Serif CJK JP', serif;
      }
      sky-sign::part(bar) {
        border-top: 3px double;
      }
    </style>
    ${renderElement(args, context)}
  `,
  play: play(async (stage) => {
    await toDocuments(stage);
    const bar = inside(stage.element, '[part~=bar]');
    await expect(bar && getComputedStyle(bar).borderTopStyle).toBe('double');
  }),
};

export const Slots: Story = {
  ...from(fresh()),
  render: (args, context) =>
    renderElement(
      args,
      context,
      html`
        <b slot="header">青葉市</b>
        <p slot="intro">青葉市 電子契約ポータルからお進みいただいています。</p>
        <p slot="consent">青葉市 電子契約利用規約もあわせてご確認ください。</p>
        <p slot="completed">契約番号は、後日ポータルの「契約一覧」に表示されます。</p>
      `,
    ),
  play: play(async (stage) => {
    await showsHeading(stage, title);
    await expect(stage.element.querySelector('[slot=intro]')).toBeVisible();
  }),
};

export const Events: Story = {
  ...from(fresh('open')),
  render: (args, context) => {
    const log = ({ currentTarget, type }: Event): void => {
      const list = (currentTarget as Element).querySelector('ol');
      list?.append(Object.assign(document.createElement('li'), { textContent: type }));
    };
    return html`
      <div
        style="--sky-height: 500px"
        @sky-ready=${log}
        @sky-step-change=${log}
        @sky-authenticated=${log}
        @sky-loaded=${log}
        @sky-viewed=${log}
        @sky-change=${log}
        @sky-field-signed=${log}
        @sky-error=${log}
      >
        ${renderElement(args, context)}
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
