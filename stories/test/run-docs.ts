import type { Page } from 'playwright-core';
import type { Complaints } from './run-story.js';

/** Opens a docs page and waits until each of its examples, which are frames of their own, shows an element with a heading. */
export async function runDocs(page: Page, origin: string, id: string): Promise<Complaints> {
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.goto(`${origin}/iframe.html?viewMode=docs&id=${id}`);
  await page.locator('.sbdocs h1').first().waitFor();
  const examples = page.locator('iframe');
  const complaints: string[] = [];
  for (let at = 0; at < (await examples.count()); at += 1) {
    const example = examples.nth(at);
    await example.scrollIntoViewIfNeeded();
    const source = (await example.getAttribute('src')) ?? '';
    const heading = page.frameLocator('iframe').nth(at).locator('sky-sign h1');
    await heading.first().waitFor({ timeout: 60_000 }).catch(() => complaints.push(`shows nothing in ${source}`));
  }
  return complaints;
}
