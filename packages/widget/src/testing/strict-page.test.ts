// The script of the page under a strict Content Security Policy; `strict-csp.browser.test.ts` frames it. No test by itself.
import type { SeededEnvelope } from '@sky-sign/mocks';
import '../define.js';
import { createDocumentBytes } from '../documents/document-bytes.js';
import { openPdf } from '../documents/open-pdf.js';
import { makeSmallPdf } from '../documents/small-pdf.js';
import { agree, enterCode, fillTexts, firstPage, seal } from './signing-steps.js';
import { find } from './screen.js';

export interface StrictPage {
  readonly violations: string[];
  /** Addresses of the workers that were started. */
  readonly workers: string[];
  /** From the access code to the last button. */
  prepare(seed: SeededEnvelope): Promise<HTMLElement>;
  done(): Promise<unknown>;
  /** Paints text in a font that is not embedded; tells how many pixels are dark. */
  paintHelvetica(): Promise<number>;
}

const violations: string[] = [];
const workers: string[] = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => violations.push(`${violatedDirective} ${blockedURI} ${sample}`));
globalThis.Worker = class extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    workers.push(String(url));
  }
};

const element = document.createElement('sky-sign');
const strict: StrictPage = {
  violations,
  workers,
  prepare: async (seed) => {
    element.setAttribute('assets-url', '/assets/pdfjs/');
    element.setAttribute('token', seed.linkToken);
    document.body.append(element);
    await enterCode(element, seed.accessCode);
    await firstPage(element);
    await fillTexts(element);
    await seal(element, '署名1');
    await seal(element, '署名2');
    await agree(element);
    return find(element, 'button', '署名手続きを完了する');
  },
  done: () => find(element, 'heading', '手続きが完了しました'),
  paintHelvetica: async () => {
    const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
    const file = makeSmallPdf({ page: `/MediaBox [0 0 300 100] /Resources << /Font << /F ${font} >> >>`, content: 'BT /F 40 Tf 20 30 Td (Helvetica) Tj ET' });
    const pdf = await openPdf(createDocumentBytes({ length: file.length, fetchRange: async (begin, end) => file.slice(begin, end) }), { assetsUrl: new URL('/assets/pdfjs/', globalThis.origin).href });
    const canvas = document.createElement('canvas');
    await (await pdf.page(1)).paint(canvas, { scale: 1, density: 1, signal: new AbortController().signal });
    await pdf.close();
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    return pixels.filter((value, index) => index % 4 === 0 && value < 128).length;
  },
};
Object.assign(globalThis, { strict });
