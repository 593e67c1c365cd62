// Reads the text of one PDF and says where each piece stands.
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { PageText, TextRun } from '../sender/find-anchor.js';

/** Pages that are read at most. */
const mostPages = 2_000;

parentPort?.once('message', (bytes: Uint8Array) => {
  read(bytes).then(
    (pages) => parentPort?.postMessage(pages),
    (error: unknown) => {
      throw error;
    },
  );
});

interface Deferred {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason?: unknown) => void;
}

/** PDF.js wants Node 22; this is all that it misses in 20 for reading text. */
function completePromise(): void {
  const Constructor = Promise as unknown as { withResolvers?: () => Deferred };
  Constructor.withResolvers ??= () => {
    let resolve: Deferred['resolve'] = () => undefined;
    let reject: Deferred['reject'] = () => undefined;
    const promise = new Promise((fulfil, refuse) => {
      resolve = fulfil;
      reject = refuse;
    });
    return { promise, resolve, reject };
  };
}

async function read(data: Uint8Array): Promise<PageText[]> {
  completePromise();
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const assets = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({ data, cMapUrl: `${assets}/cmaps/`, cMapPacked: true, standardFontDataUrl: `${assets}/standard_fonts/`, disableFontFace: true, useSystemFonts: false, enableXfa: false, verbosity: VerbosityLevel.ERRORS });
  const document = await task.promise;
  const pages: PageText[] = [];
  for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.flatMap((item) => ('str' in item && item.str !== '' ? [runOf(item)] : [])));
    page.cleanup();
  }
  return pages;
}

function runOf({ str, transform, width }: { readonly str: string; readonly transform: readonly number[]; readonly width: number }): TextRun {
  const [a = 1, b = 0, , , x = 0, y = 0] = transform;
  const length = Math.hypot(a, b) || 1;
  return { text: str, x, y, direction: [a / length, b / length], width };
}
