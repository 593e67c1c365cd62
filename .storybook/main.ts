import path from 'node:path';
import { createRequire } from 'node:module';
import type { StorybookConfig } from '@storybook/web-components-vite';

const require = createRequire(import.meta.url);
const folder = (name: string, file = 'package.json') => path.dirname(require.resolve(`${name}/${file}`));

const config: StorybookConfig = {
  stories: ['../stories/*.mdx', '../stories/*.stories.ts'],
  framework: { name: '@storybook/web-components-vite', options: {} },
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', 'msw-storybook-addon'],
  // The mock server's worker script, what PDF.js fetches, and the font that the mock server draws with.
  staticDirs: [
    { from: path.join(folder('msw'), 'lib'), to: '/' },
    { from: folder('pdfjs-dist'), to: '/pdfjs' },
    { from: folder('@expo-google-fonts/noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'), to: '/fonts' },
  ],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};
export default config;
