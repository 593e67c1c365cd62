import { expect } from 'chai';
import { getDocument, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { SkyPages } from './elements/sky-pages.js';
import { removePages, showPages } from './testing/show-pages.js';
import { until } from './testing/screen.js';
import { deep } from './testing/signing-steps.js';

/** Files of `SKY_SIGN_CORPUS` that are odd in different ways; those that are not there are left out. */
const odd = [
  'jp-2p-oddbox.pdf',
  'jp-2p-rot90.pdf',
  'jp-2p-rot270p1.pdf',
  'jp-2p-acroform.pdf',
  'jp-2p-badxrefoffsets.pdf',
  'jp-2p-leadinggarbage.pdf',
  'jp-2p-truncated.pdf',
  'jp-50p-objstm-signed.pdf',
  'pdfjs/annotation-polyline-polygon.pdf',
  'pdfjs/basicapi.pdf',
  'pdfjs/bug_jpx.pdf',
  'pdfjs/colorspace_cos.pdf',
  'pdfjs/helloworld-bad.pdf',
  'pdfjs/issue15367.pdf',
  'pdfjs/issue21579.pdf',
  'pdfjs/issue2128r.pdf',
  'pdfjs/jbig2_symbol_offset.pdf',
  'pdfjs/prefilled_f1040.pdf',
  'pdfjs/tiling-pattern-large-steps.pdf',
];

const assetsUrl = new URL('/assets/pdfjs/', location.href).href;
const assets = (path: string): string => new URL(path, assetsUrl).href;

interface Bare {
  readonly pages: number;
  paint(scale: number): Promise<ImageData>;
}

/** PDF.js by itself, told to take fonts from the same place; `undefined` where it cannot open the file. */
async function openBare(file: Uint8Array, worker: PDFWorker): Promise<Bare | undefined> {
  try {
    const { promise } = getDocument({
      data: file.slice(),
      worker,
      useSystemFonts: false,
      cMapUrl: assets('cmaps/'),
      standardFontDataUrl: assets('standard_fonts/'),
      wasmUrl: assets('wasm/'),
      iccUrl: assets('iccs/'),
      verbosity: 0,
    });
    const pdf = await promise;
    const page = await pdf.getPage(1);
    return {
      pages: pdf.numPages,
      paint: async (scale) => {
        const viewport = page.getViewport({ scale });
        const canvas = Object.assign(document.createElement('canvas'), { width: Math.floor(viewport.width), height: Math.floor(viewport.height) });
        await page.render({ canvas, viewport }).promise;
        return pixelsOf(canvas);
      },
    };
  } catch {
    return undefined;
  }
}

function pixelsOf(canvas: HTMLCanvasElement): ImageData {
  return (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
}

/** The share of pixels that differ by more than the eye or a rounding would notice. */
function difference(one: ImageData, other: ImageData): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let differing = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)) > 8)) differing += 1;
  }
  return differing / (one.width * one.height);
}

async function paintedAt(pages: SkyPages): Promise<{ canvas: HTMLCanvasElement; scale: number }> {
  let before: HTMLCanvasElement | undefined;
  return until(() => {
    const canvas = deep<HTMLCanvasElement>(pages, 'canvas');
    // Pages that turn out to be wider are painted once more, smaller.
    const settled = canvas && canvas === before && Math.abs(canvas.width / devicePixelRatio - canvas.getBoundingClientRect().width) < 2;
    before = canvas;
    return settled && { canvas, scale: pages.scale * devicePixelRatio };
  }, 'the first page');
}

describe('odd documents look as in bare PDF.js', function () {
  this.timeout(20_000);
  let worker: PDFWorker;

  before(async function () {
    const answer = await fetch('/corpus/index.tsv');
    if (!answer.ok) {
      console.log('skipped: SKY_SIGN_CORPUS names no folder with sample files');
      this.skip();
    }
    const port = new Worker(assets('legacy/build/pdf.worker.min.mjs'), { type: 'module' });
    worker = new PDFWorker({ port: port as unknown as null });
  });
  afterEach(removePages);

  for (const name of odd) {
    it(name, async function () {
      const answer = await fetch(`/corpus/${name}`);
      if (!answer.ok) this.skip();
      const file = new Uint8Array(await answer.arrayBuffer());
      const bare = await openBare(file, worker);
      const pages = showPages(file, { failing: bare === undefined });
      if (!bare) {
        expect((await pages).shadowRoot?.querySelector('[role=alert] h2')?.textContent).to.equal('文書を表示できませんでした');
        return;
      }
      expect((await pages).shadowRoot?.querySelectorAll('sky-page').length).to.equal(bare.pages);
      const { canvas, scale } = await paintedAt(await pages);
      const shown = pixelsOf(canvas);
      expect(difference(shown, await bare.paint(scale))).to.be.below(0.0005);
    });
  }
});
