import type { ArgTypes } from '@storybook/web-components-vite';

interface Colour {
  /** What is drawn in it. */
  readonly is: string;
  readonly light: string;
  readonly dark: string;
}

interface Measure {
  readonly is: string;
  /** What holds where nothing is set. */
  readonly standard: string;
}

/** With `measures`: every custom property that the element reads. The controls and the page for designers are made of these tables. */
export const colours = {
  '--sky-color-surface': { is: 'ground of screens, bars, dialogs', light: '#ffffff', dark: '#1a1a1a' },
  '--sky-color-sunken': { is: 'tabs, facts, the empty meter', light: '#f2f2f2', dark: '#000000' },
  '--sky-color-canvas': { is: 'behind the pages', light: '#e6e6e6', dark: '#333333' },
  '--sky-color-text': { is: 'words', light: '#333333', dark: '#f2f2f2' },
  '--sky-color-strong': { is: 'headings', light: '#1a1a1a', dark: '#ffffff' },
  '--sky-color-muted': { is: 'words of less weight', light: '#666666', dark: '#b3b3b3' },
  '--sky-color-line': { is: 'lines between things', light: '#cccccc', dark: '#4d4d4d' },
  '--sky-color-edge': { is: 'edge of what can be pressed or typed in', light: '#666666', dark: '#949494' },
  '--sky-color-primary': { is: 'the one filled button, links, what is current', light: '#0017c1', dark: '#9db7f9' },
  '--sky-color-primary-hover': { is: 'the same under the pointer', light: '#00118f', dark: '#c5d7fb' },
  '--sky-color-primary-active': { is: 'the same while it is pressed', light: '#000060', dark: '#d9e6ff' },
  '--sky-color-on-primary': { is: 'words on it', light: '#ffffff', dark: '#000060' },
  '--sky-color-tint': { is: 'ground of what is chosen', light: '#e8f1fe', dark: '#333333' },
  '--sky-color-hover': { is: 'ground of outlined buttons under the pointer', light: '#c5d7fb', dark: '#4d4d4d' },
  '--sky-color-success': { is: 'done', light: '#197a4b', dark: '#71c598' },
  '--sky-color-error': { is: 'wrong', light: '#ce0000', dark: '#ff9696' },
  '--sky-color-warning': { is: 'attention', light: '#ac3e00', dark: '#ffa66d' },
  '--sky-color-scrim': { is: 'over the page, behind a dialog', light: 'rgb(0 0 0 / 50%)', dark: 'rgb(0 0 0 / 70%)' },
  '--sky-focus': { is: 'outline of what has the focus', light: '#000000', dark: '#ffd43d' },
  '--sky-focus-ring': { is: 'the ring inside it', light: '#ffd43d', dark: '#000000' },
  '--sky-seal-red': { is: 'ink of seals', light: '#d7331f', dark: '#d7331f' },
  '--sky-seal-black': { is: 'the other ink of seals', light: '#1a1a1a', dark: '#1a1a1a' },
} as const satisfies Readonly<Record<string, Colour>>;

export const measures = {
  '--sky-height': { is: 'height of the element', standard: '100dvh' },
  '--sky-font': { is: 'typeface of the screen; nothing is downloaded', standard: 'Noto Sans JP …' },
  '--sky-seal-font': { is: 'typeface of seals; nothing is downloaded', standard: 'Noto Serif JP …' },
  '--sky-radius': { is: 'corners of controls', standard: '8px' },
  '--sky-radius-large': { is: 'corners of dialogs', standard: '12px' },
  '--sky-side-width': { is: 'width of the checklist', standard: '304px' },
  '--sky-page-gap': { is: 'between pages', standard: '16px' },
  '--sky-motion': { is: 'length of movements; 0 where less motion is wanted', standard: '160ms' },
} as const satisfies Readonly<Record<string, Measure>>;

export type Token = keyof typeof colours | keyof typeof measures;
/** What is set of them. */
export type Tokens = { [token in Token]?: string };

export const tokenNames = [...Object.keys(colours), ...Object.keys(measures)] as readonly Token[];

/** One control a token, in two groups of the table. */
export const tokenControls: ArgTypes<Tokens> = {
  ...controls(colours, 'color', 'Tokens: colours', ({ light, dark }) => (light === dark ? light : `${light} / ${dark}`)),
  ...controls(measures, 'text', 'Tokens: measures and type', ({ standard }) => standard),
};

function controls<T extends { readonly is: string }>(tokens: Readonly<Record<string, T>>, control: 'color' | 'text', category: string, standard: (token: T) => string): ArgTypes {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, { control, description: token.is, table: { category, defaultValue: { summary: standard(token) } } }]),
  );
}
