import type { Meta } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { fresh } from './kit/prepare.js';
import { base, from, play } from './kit/stage.js';
import type { Args, Stage, Story } from './kit/stage.js';
import { inside, openSeal, shows, toDocuments } from './kit/steps.js';

/** Other looks, made of custom properties only; the toolbar puts each of them on every screen. */
const meta: Meta<Args> = { ...base, title: 'Theming/Brands' };
export default meta;

/** The property that a brand sets has to arrive at the button that the person presses. */
const wears = (radius: string) => async (stage: Stage): Promise<void> => {
  await toDocuments(stage);
  await shows(stage, { ja: '必須の項目があと6件あります。', en: '6 required items left.' });
  await openSeal(stage);
  const button = inside(stage.element, '.foot .button.fill');
  await expect(button && getComputedStyle(button).borderTopLeftRadius).toBe(radius);
};

export const Forest: Story = { ...from(fresh()), globals: { brand: 'forest' }, play: play(wears('8px')) };
export const ForestDark: Story = { ...from(fresh()), args: { theme: 'dark' }, globals: { brand: 'forest' }, play: play(wears('8px')) };
export const Plum: Story = { ...from(fresh()), globals: { brand: 'plum' }, play: play(wears('24px')) };
export const PlumDark: Story = { ...from(fresh()), args: { theme: 'dark' }, globals: { brand: 'plum' }, play: play(wears('24px')) };
export const Ink: Story = { ...from(fresh()), globals: { brand: 'ink' }, play: play(wears('0px')) };
export const InkDark: Story = { ...from(fresh()), args: { theme: 'dark' }, globals: { brand: 'ink' }, play: play(wears('0px')) };
