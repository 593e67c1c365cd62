// Pages of a PDF that was just chosen, drawn by PDF.js in its worker.
import { getDocument, PDFWorker } from '/portal/pdfjs/pdf.min.mjs';

const assets = '/assets/pdfjs/';
const policy = globalThis.trustedTypes?.createPolicy('sky-sign', { createScriptURL: (url) => url });
const workerAddress = `${assets}legacy/build/pdf.worker.min.mjs`;
const port = new Worker(policy ? policy.createScriptURL(workerAddress) : workerAddress, { type: 'module' });
const worker = PDFWorker.create({ port });

/** Opens a file; `draw(page, width)` gives a canvas and how to turn boxes on it into page points. */
export async function openPdf(file) {
  const data = new Uint8Array(await file.arrayBuffer());
  const pdf = await getDocument({ data, worker, enableXfa: false, useSystemFonts: false, disableWorkerRendering: true, cMapUrl: `${assets}cmaps/`, standardFontDataUrl: `${assets}standard_fonts/`, wasmUrl: `${assets}wasm/`, iccUrl: `${assets}iccs/` }).promise;
  return { pages: pdf.numPages, draw: (number, width) => drawPage(pdf, number, width) };
}

async function drawPage(pdf, number, width) {
  const page = await pdf.getPage(number);
  const scale = width / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  const dense = Math.min(2, devicePixelRatio);
  canvas.width = Math.floor(viewport.width * dense);
  canvas.height = Math.floor(viewport.height * dense);
  canvas.style.width = `${viewport.width}px`;
  canvas.style.height = `${viewport.height}px`;
  await page.render({ canvas, viewport: page.getViewport({ scale: scale * dense }) }).promise;
  const [left, bottom] = page.view;
  const unit = page.userUnit ?? 1;
  /** A box in CSS pixels as `[x, y, width, height]` in points from the lower left corner of the unrotated page. */
  const toPoints = ({ x, y, width: wide, height: high }) => {
    const [x1, y1] = viewport.convertToPdfPoint(x, y);
    const [x2, y2] = viewport.convertToPdfPoint(x + wide, y + high);
    return [(Math.min(x1, x2) - left) * unit, (Math.min(y1, y2) - bottom) * unit, Math.abs(x2 - x1) * unit, Math.abs(y2 - y1) * unit];
  };
  return { canvas, width: viewport.width, height: viewport.height, pixelsPerPoint: scale / unit, toPoints };
}
