import type { Preview } from '@storybook/web-components-vite';
import { setupWorker } from 'msw/browser';
import { mswLoader } from 'msw-storybook-addon/csf3';
import { expect } from 'storybook/test';
import { screens } from './screens.js';
import { startWorker } from './start-worker.js';
import { accessibility } from './accessibility.js';

const choice = (title: string, icon: string, items: readonly { value: string; title: string }[]) => ({
  description: title,
  toolbar: { title, icon: icon as 'globe', items: [...items], dynamicTitle: true },
});

const preview: Preview = {
  loaders: [
    mswLoader(() => startWorker(setupWorker())),
  ],
  globalTypes: {
    locale: choice('Language', 'globe', [
      { value: 'ja', title: '日本語' },
      { value: 'en', title: 'English' },
    ]),
    theme: choice('Theme', 'contrast', [
      { value: 'auto', title: 'Theme: system' },
      { value: 'light', title: 'Theme: light' },
      { value: 'dark', title: 'Theme: dark' },
    ]),
    brand: choice('Brand', 'paintbrush', [
      { value: 'none', title: 'Brand: none' },
      { value: 'forest', title: 'Brand: forest' },
      { value: 'plum', title: 'Brand: plum' },
      { value: 'ink', title: 'Brand: ink' },
    ]),
  },
  initialGlobals: { locale: 'ja', theme: 'light', brand: 'none' },
  parameters: {
    layout: 'fullscreen',
    a11y: accessibility,
    viewport: { options: screens },
    options: { storySort: { order: ['For designers', 'Journey', 'Screens', 'Theming'] } },
  },
  // A story that asserts nothing of what it shows would pass whatever the screen says.
  beforeEach: ({ args, globals }) => {
    document.documentElement.lang = (args['lang'] ?? globals['locale']) as string;
    expect.setState({ assertionCalls: 0 });
  },
  afterEach: ({ reporting, viewMode }) => {
    const { assertionCalls } = expect.getState();
    if (viewMode === 'story') reporting.addReport({ type: 'asserts', version: 1, result: { assertionCalls }, status: assertionCalls > 0 ? 'passed' : 'failed' });
  },
};
export default preview;
