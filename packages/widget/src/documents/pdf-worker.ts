import { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { holdPort } from './worker-port.js';

/** Takes PDF.js's worker into use; `release` gives it back. */
export function takeWorker(assetsUrl: string): { worker: PDFWorker; failed: Promise<never>; release: () => void } {
  const { port, failed, release } = holdPort(assetsUrl);
  // The same port gives the same PDFWorker.
  return { worker: PDFWorker.create({ port }), failed, release };
}
