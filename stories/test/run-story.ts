import type { Page } from 'playwright-core';

/** What became of a story: empty where it went well. */
export type Complaints = readonly string[];

interface Report {
  readonly type: string;
  readonly status: string;
  readonly result: { readonly error?: unknown; readonly violations?: readonly { id: string; help: string; nodes: readonly { target: unknown; failureSummary?: string }[] }[] };
}
interface Finished {
  readonly status: string;
  readonly reporters: readonly Report[];
}
interface Story {
  readonly playFunction?: unknown;
  readonly parameters: { readonly viewport: { readonly options: Record<string, { styles: { width: string; height: string } }> } };
  readonly storyGlobals: { readonly viewport?: { value: string } };
}
/** What Storybook puts on the page. */
interface Preview {
  readonly __STORYBOOK_PREVIEW__: { loadStory(options: { storyId: string }): Promise<Story>; ready(): Promise<void> };
  readonly __STORYBOOK_ADDONS_CHANNEL__: { on(event: string, listener: (payload: unknown) => void): void; off(event: string, listener: (payload: unknown) => void): void; emit(event: string, payload: unknown): void };
}

const desktop = { width: 1280, height: 860 };

/** A page on which stories follow one another. */
export async function openPreview(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/iframe.html?viewMode=story`);
  await page.waitForFunction(() => '__STORYBOOK_PREVIEW__' in globalThis);
  await page.evaluate(() => (globalThis as unknown as Preview).__STORYBOOK_PREVIEW__.ready());
}

/** Shows a story at its size, with its play function and axe, and says all that went wrong. */
export async function runStory(page: Page, storyId: string): Promise<Complaints> {
  const story = await page.evaluate(async (id) => {
    const { playFunction, parameters, storyGlobals } = await (globalThis as unknown as Preview).__STORYBOOK_PREVIEW__.loadStory({ storyId: id });
    const styles = parameters.viewport.options[storyGlobals.viewport?.value ?? '']?.styles;
    return { plays: playFunction !== undefined, size: styles && { width: parseInt(styles.width, 10), height: parseInt(styles.height, 10) } };
  }, storyId);
  if (!story.plays) return ['has no play function, so nothing is asserted of it'];
  await page.setViewportSize(story.size ?? desktop);

  const { finished, thrown } = await page.evaluate(
    (id) =>
      new Promise<{ finished: Finished; thrown: string[] }>((resolve) => {
        const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as unknown as Preview;
        const thrown: string[] = [];
        const tell = (payload: unknown): void => {
          for (const { message = '', description = '', stack = '' } of [payload].flat() as { message?: string; description?: string; stack?: string }[]) thrown.push(message || description || stack);
        };
        const failures = ['playFunctionThrewException', 'unhandledErrorsWhilePlaying', 'storyThrewException', 'storyErrored', 'storyMissing'];
        for (const event of failures) channel.on(event, tell);
        const end = (payload: unknown): void => {
          const { storyId, timeout } = payload as { storyId: string; timeout?: boolean };
          if (storyId !== id) return;
          if (timeout) thrown.push('did not end within 150 s');
          channel.off('storyFinished', end);
          for (const event of failures) channel.off(event, tell);
          resolve({ finished: payload as Finished, thrown });
        };
        channel.on('storyFinished', end);
        setTimeout(() => end({ storyId: id, status: 'error', reporters: [], timeout: true }), 150_000);
        channel.emit('setCurrentStory', { storyId: id, viewMode: 'story' });
      }),
    storyId,
  );
  return [...thrown, ...finished.reporters.filter(({ status }) => status === 'failed').flatMap(describeReport), ...(finished.status !== 'success' && thrown.length + finished.reporters.length === 0 ? ['failed without a word'] : [])];
}

function describeReport({ type, result }: Report): string[] {
  if (type === 'asserts') return ['asserts nothing of what it shows'];
  if (result.error) return [`${type}: ${JSON.stringify(result.error)}`];
  return (result.violations ?? []).map(({ id, help, nodes }) => `axe ${id}: ${help}\n${nodes.map(({ target, failureSummary = '' }) => `  ${JSON.stringify(target)} ${failureSummary}`).join('\n')}`);
}
