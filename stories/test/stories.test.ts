import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../.ci/find-chromium.mjs';
import { openStorybook } from './open-storybook.js';
import { runDocs } from './run-docs.js';
import { openPreview, runStory } from './run-story.js';
import type { Complaints } from './run-story.js';

/** So many pages at once; each shows one story after the other. */
const pages = Number(process.env['STORY_PAGES'] ?? 2);
/** A pattern: only stories whose id it matches. */
const only = new RegExp(process.env['STORIES'] ?? '', 'u');

const storybook = await openStorybook();
const stories = storybook.entries.filter(({ id }) => only.test(id));
const results = new Map(stories.map(({ id }) => [id, later<Complaints>()]));
const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });

const queue = [...stories];
const working = Promise.all(Array.from({ length: pages }, work));

async function work(): Promise<void> {
  for (let story = queue.shift(); story; ) {
    const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', colorScheme: 'light' });
    // The compiler of this file names functions with it, also those that run in the page.
    await context.addInitScript({ content: 'globalThis.__name = (value) => value;' });
    try {
      const page = await context.newPage();
      for (let stories = false; story; story = queue.shift()) {
        const { id, type } = story;
        if (type === 'story' && !stories) await openPreview(page, storybook.origin);
        stories = type === 'story';
        results.get(id)?.resolve(await (stories ? runStory(page, id) : runDocs(page, storybook.origin, id)));
      }
    } catch (error) {
      // The page is gone: the story that did it fails, the others go on in a new one.
      if (story) results.get(story.id)?.resolve([String(error)]);
      story = queue.shift();
    } finally {
      await context.close();
    }
  }
}

describe('stories', () => {
  after(async () => {
    await working;
    await browser.close();
    await storybook.close();
  });

  it('are found', () => {
    if (stories.length === 0) throw new Error('Storybook has no story.');
  });

  for (const { id, title, name } of stories) {
    it(`${title}: ${name}`, async () => {
      const complaints = (await results.get(id)?.promise) ?? [];
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    });
  }
});

function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
