// The reading part of <sky-sign> beside PDF.js alone and beside PDF.js' own viewer: same browser, same files, in turn.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../../../.ci/find-chromium.mjs';
import { endDemo, runDemo } from '../e2e/running-demo.js';
import type { RunningDemo } from '../e2e/running-demo.js';
import { mailedToken, sendOne } from '../e2e/through-the-api.js';
import { scanOf, wordsOn } from './documents.js';
import type { BenchDocument } from './documents.js';
import { startPeerServer } from './peer-server.js';
import type { PeerServer } from './peer-server.js';

const runs = Number(process.env['BENCH_RUNS'] ?? 11);
/** How often 50 pages are scrolled through. */
const scrolls = 5;
const viewport = { width: 1280, height: 860 };

interface Shown {
  readonly page: Page;
  /** From the press to the first page on the screen, in ms. */
  readonly ms: number;
  /** Bytes of the document that had come by then. */
  readonly bytes: number;
}
type Way = (browser: Browser) => Promise<Shown>;

function peer(server: PeerServer, way: 'bare' | 'viewer'): Way {
  return async (browser) => {
    const page = await (await browser.newContext({ viewport })).newPage();
    await slowed(page);
    await page.goto(`${server.url}/peer.html`, { waitUntil: 'load' });
    const ms = await page.evaluate((name) => (globalThis as unknown as { show: Record<string, () => Promise<number>> }).show[name]?.() ?? NaN, way);
    return { page, ms, bytes: server.sent };
  };
}

/**
 * From 【文書を開く】, which also opens the envelope on the server: one of its own each time, since a link opens in three windows.
 * It is pressed half a second after it is there; without `ahead`, by somebody who saves data, so that nothing was loaded until then.
 */
function element(demo: RunningDemo, shown: BenchDocument, { ahead = true } = {}): Way {
  return async (browser) => {
    const link = await send(demo, shown);
    const page = await (await browser.newContext({ viewport, locale: 'ja-JP' })).newPage();
    await slowed(page);
    if (!ahead) await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) }));
    let bytes = 0;
    page.on('response', (response) => {
      if (response.url().includes('/revisions/')) bytes += Number(response.headers()['content-length'] ?? 0);
    });
    await page.goto(link);
    const [x, y] = await page.evaluate<[number, number]>(await readFile(new URL('./first-button.js', import.meta.url), 'utf8'));
    // Before the press, and awaited: a press that nobody heard would be counted from the page's beginning.
    await page.evaluate(() => {
      let start = NaN;
      document.addEventListener('click', () => (start = performance.now()), { capture: true, once: true });
      Object.assign(globalThis, {
        painted: new Promise<number>((resolve) => document.addEventListener('sky-loaded', () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))), { once: true })),
      });
    });
    await page.mouse.click(x, y);
    const ms = await page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted);
    if (Number.isNaN(ms)) throw new Error('The press was not heard.');
    return { page, ms, bytes };
  };
}

let slow: { readonly downloadThroughput: number; readonly latency: number } | undefined;
async function slowed(page: Page): Promise<void> {
  if (!slow) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', { offline: false, uploadThroughput: -1, ...slow });
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** PSS of the largest renderer, in MB: shared pages count in part. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = await Promise.all(
    processInfo.filter(({ type }) => type === 'renderer').map(async ({ id }) => Number(/^Pss:\s+(\d+)/mu.exec(await readFile(`/proc/${String(id)}/smaps_rollup`, 'utf8').catch(() => ''))?.[1] ?? 0)),
  );
  return Math.max(...sizes) / 1024;
}

interface Scrolled {
  readonly frames: number;
  readonly late: number;
  readonly canvases: number;
  readonly megabytes: number;
}

/** A file of its own: what a compiler adds to functions is not there in the page. */
async function scroll(page: Page): Promise<Scrolled> {
  return page.evaluate<Scrolled>(await readFile(new URL('./scroll.js', import.meta.url), 'utf8'));
}

async function compare(demo: RunningDemo, server: PeerServer, document: BenchDocument): Promise<void> {
  server.show(document.bytes);
  const ways = [peer(server, 'bare'), peer(server, 'viewer'), element(demo, document), element(demo, document, { ahead: false })];
  const times: number[][] = ways.map(() => []);
  const sizes: number[][] = ways.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, way] of ways.entries()) {
      // A browser of its own: nothing compiled, nothing cached.
      const browser = await launch();
      try {
        const { page, ms } = await way(browser);
        times[index]?.push(ms);
        await page.waitForTimeout(1_000);
        sizes[index]?.push(await memory(browser));
      } finally {
        await browser.close();
      }
    }
  }
  const [bare, viewer, own, late] = ways.map((_, index) => ({ ms: median(times[index] ?? []), mb: median(sizes[index] ?? []) })) as [Cell, Cell, Cell, Cell];
  const ms = [bare, viewer, own, late].map((cell) => `${cell.ms.toFixed(0)} ms`).join(' | ');
  const mb = [bare, viewer, own].map((cell) => cell.mb.toFixed(0)).join(' / ');
  const to = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`;
  console.log(`| ${document.name} | ${ms} | ${to(own.ms, bare.ms)} / ${to(own.ms, viewer.ms)} / ${to(late.ms, bare.ms)} | ${mb} MB | ${to(own.mb, bare.mb)} |`);
}

interface Cell {
  readonly ms: number;
  readonly mb: number;
}

let sent = 0;
async function send(demo: RunningDemo, { name, bytes }: BenchDocument): Promise<string> {
  const title = `${name} (${String((sent += 1))})`;
  await sendOne(demo, title, new Uint8Array(bytes), [{ document: 0, kind: 'signature', page: 1, rect: [400, 60, 60, 60] }]);
  return `${demo.url}/sign#${await mailedToken(demo, title)}`;
}

const launch = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });

const demo = await runDemo(undefined, { LOG_LEVEL: 'error', MAX_DOCUMENT_BYTES: String(120 * 2 ** 20) });
const server = await startPeerServer();
try {
  console.log(`Node ${process.version}, ${execFileSync(findChromium(), ['--version']).toString().trim()}, ${String(cpus().length)} × ${cpus()[0]?.model ?? ''}, ${String(runs)} runs in turn, medians\n`);
  console.log('| document | bare PDF.js | PDFViewer | `<sky-sign>` | nothing loaded ahead | to bare / to PDFViewer / nothing ahead to bare | renderer PSS | to bare |\n|---|---|---|---|---|---|---|---|');
  if (runs > 0) for (const document of [await wordsOn(3), await wordsOn(50), await scanOf(10)]) await compare(demo, server, document);

  console.log(`\n| scrolling 50 pages, ${String(scrolls)} times in turn | frames | over 50 ms | canvases | pixels |\n|---|---|---|---|---|`);
  const long = await wordsOn(50);
  server.show(long.bytes);
  const scrollers = [['PDFViewer', peer(server, 'viewer')], ['`<sky-sign>`', element(demo, long)]] as const;
  const scrolled: Scrolled[][] = scrollers.map(() => []);
  for (let run = 0; run < scrolls; run += 1) {
    for (const [index, [, way]] of scrollers.entries()) {
      const browser = await launch();
      const { page } = await way(browser);
      await page.waitForTimeout(1_000);
      scrolled[index]?.push(await scroll(page));
      await browser.close();
    }
  }
  for (const [index, [name]] of scrollers.entries()) {
    const all = scrolled[index] ?? [];
    const [frames, late] = [sum(all.map((one) => one.frames)), sum(all.map((one) => one.late))];
    console.log(`| ${name} | ${String(frames)} | ${String(late)} (${((late * 100) / frames).toFixed(1)} %) | ${String(Math.max(...all.map(({ canvases }) => canvases)))} | ${Math.max(...all.map(({ megabytes }) => megabytes)).toFixed(0)} MB |`);
  }

  slow = { downloadThroughput: (50 * 1e6) / 8, latency: 40 };
  const large = await scanOf(100);
  server.show(large.bytes);
  console.log('\n| 100 MB at 50 Mbit/s and 40 ms | first page | bytes by then |\n|---|---|---|');
  for (const [name, way] of [['bare PDF.js', peer(server, 'bare')], ['`<sky-sign>`', element(demo, large)], ['nothing loaded ahead', element(demo, large, { ahead: false })]] as const) {
    const shown: Shown[] = [];
    for (let run = 0; run < Math.max(1, Math.min(runs, 3)); run += 1) {
      const browser = await launch();
      // A run's own bytes alone are counted.
      server.show(large.bytes);
      shown.push(await way(browser));
      await browser.close();
    }
    console.log(`| ${name} | ${median(shown.map(({ ms }) => ms)).toFixed(0)} ms | ${(median(shown.map(({ bytes }) => bytes)) / 2 ** 20).toFixed(1)} MB |`);
  }
} finally {
  server.stop();
  await endDemo(demo);
}
