import { expect } from 'chai';
import { press } from './testing/mouse.js';
import { openSigningPage, type SigningPage } from './testing/signing-page.js';
import type { StrictPage } from './testing/strict-page.test.js';
import { until } from './testing/screen.js';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html sky-sign',
].join('; ');

describe('under a strict Content Security Policy with Trusted Types', function () {
  this.timeout(60_000);
  let page: SigningPage;

  before(async () => {
    page = await openSigningPage();
  });
  after(() => page.close());

  it('the whole journey runs without a violation, with a real worker', async () => {
    const seed = await page.seed();
    const frame = document.createElement('iframe');
    Object.assign(frame.style, { position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0' });
    frame.src = `/under-policy.html?${new URLSearchParams({ policy, module: '/packages/widget/src/testing/strict-page.test.ts' })}`;
    document.body.append(frame);
    const strict = await until(() => (frame.contentWindow as (Window & { strict?: StrictPage }) | null)?.strict, 'the page under the policy');
    await press(await strict.prepare(seed));
    await strict.done();
    expect(await strict.paintHelvetica()).to.be.above(1000);
    expect(strict.violations).to.deep.equal([]);
    // The first one may have ended with the last document, before the one that is painted here.
    expect([...new Set(strict.workers)]).to.deep.equal([new URL('/assets/pdfjs/legacy/build/pdf.worker.min.mjs', location.href).href]);

    // The listener does hear of violations: an inline style is one.
    const bad = frame.contentDocument?.createElement('div');
    bad?.setAttribute('style', 'color: red');
    await until(() => strict.violations.length > 0 || undefined, 'the violation of the control');
    frame.remove();
  });
});
