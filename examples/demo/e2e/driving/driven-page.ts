import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../../../.ci/browsers/find-browser.mjs';
import { driveChromium } from './drive-chromium.js';
import { driveFirefox } from './drive-firefox.js';
import { driveWebKit } from './drive-webkit.js';

/** The little that every engine's driver can do; what a person sees and does is built on it once, in `screen.ts`. */
export interface DrivenPage {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks with the mouse, so many times in a row. */
  click(x: number, y: number, times: number): Promise<unknown>;
  /** Types on the keyboard. */
  type(text: string): Promise<unknown>;
  screenshot(): Promise<Uint8Array>;
  /** What Content Security Policies have stopped since the page was opened. */
  violations(): Promise<readonly string[]>;
  /** Addresses of the workers that run; nothing where the driver cannot tell. */
  workers(): string[] | undefined;
  close(): Promise<void>;
}

export interface OpenedPage extends DrivenPage {
  /** The folder that files are downloaded to. */
  readonly downloads: string;
}

const drivers: Readonly<Record<Engine, (downloads: string) => Promise<DrivenPage>>> = { chromium: driveChromium, firefox: driveFirefox, webkit: driveWebKit };

/** A browser in Japan with one page of 1280 × 860 pixels. */
export async function openPage(engine: Engine): Promise<OpenedPage> {
  const downloads = await mkdtemp(path.join(tmpdir(), 'sky-sign-downloads-'));
  const page = await drivers[engine](downloads);
  return {
    ...page,
    downloads,
    async close() {
      await page.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}
