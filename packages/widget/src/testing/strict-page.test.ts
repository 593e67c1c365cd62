// The script of the page under a strict Content Security Policy; `strict-csp.browser.test.ts` frames it. No test by itself.
import type { SeededEnvelope } from '@sky-sign/mocks';
import '../define.js';
import { agree, enterCode, fillTexts, firstPage, seal } from './signing-steps.js';
import { find } from './screen.js';

export interface StrictPage {
  readonly violations: string[];
  /** Addresses of the workers that were started. */
  readonly workers: string[];
  /** From the access code to the last button. */
  prepare(seed: SeededEnvelope): Promise<HTMLElement>;
  done(): Promise<unknown>;
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
};
Object.assign(globalThis, { strict });
