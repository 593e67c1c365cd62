import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openBrowser } from './open-browser.js';
import type { OpenBrowser } from './open-browser.js';
import { judgeOutside } from './outside.js';
import { endDemo, runDemo, waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { signingPerson } from './signing-person.js';

const company = '株式会社髙﨑 𠮷田㈱';

describe('the whole journey, in the demo', () => {
  let demo: RunningDemo;
  let browser: OpenBrowser;
  let page: Page;

  before(async () => {
    demo = await runDemo();
    browser = await openBrowser();
    page = browser.page;
  });

  after(async () => {
    await browser?.close();
    if (demo) await endDemo(demo);
  });

  it('embeds the element in the portal, with PDF.js in a worker, and follows its events', async () => {
    await page.goto(demo.url);
    await signingPerson(page).enterCode(accessCode(demo));
    await page.getByText('旧庁舎跡地 造成工事 請負契約').first().waitFor();
    await waitFor(async () => (await page.locator('#events').innerText()).includes('sky-viewed'));
    expect(page.workers().map((worker) => new URL(worker.url()).pathname)).to.deep.equal(['/assets/pdfjs/legacy/build/pdf.worker.min.mjs']);
    expect(await page.locator('#events').innerText()).to.include('sky-ready').and.to.include('sky-authenticated');
  });

  it('shows nothing of the envelope before the right code, and counts wrong ones', async () => {
    await page.goto(await mailedLink(page, demo, '署名依頼', 'sign'));
    await signingPerson(page).enterCode('9999');
    await page.getByText('あと4回入力できます').waitFor();
    expect(await page.locator('body').innerText()).to.not.include('旧庁舎跡地');
  });

  it('opens the documents, and opens them again after a reload without the code', async () => {
    await signingPerson(page).enterCode(accessCode(demo));
    await page.getByText('旧庁舎跡地 造成工事 請負契約').first().waitFor();
    await signingPerson(page).type(/^入力1/u, '青葉県青葉市緑町二丁目3番4号');
    await page.getByText('保存').first().waitFor();
    await page.reload();
    await page.getByText('旧庁舎跡地 造成工事 請負契約').first().waitFor();
    expect(await page.getByRole('textbox', { name: /^入力1/u }).inputValue()).to.equal('青葉県青葉市緑町二丁目3番4号');
  });

  it('takes values and seals of the contractor, and one completion out of a double click', async () => {
    const person = signingPerson(page);
    await person.type(/^入力1/u, company);
    await person.type(/^入力2/u, '022-123-4567');
    await person.tick(/^確認1/u);
    await page.getByLabel(/^日付1/u).fill('2026-11-21');
    await person.sealWithText(/^署名1/u);
    await person.sealWithText(/^署名2/u);
    await person.agree();
    await person.finish().dblclick();
    await person.done().waitFor({ timeout: 60000 });
    await page.screenshot({ path: path.join(demo.dataDir, 'contractor-done.png') });
  });

  it('lets the city sign after the contractor', async () => {
    const city = signingPerson(page);
    await page.goto(await mailedLink(page, demo, '署名依頼', 'sign', 'last'));
    await page.getByRole('button', { name: /^文書を開く/u }).click();
    await city.sealWithText(/^署名1/u, '青葉市長印');
    await city.agree();
    await city.finish().click();
    await city.done().waitFor({ timeout: 60000 });
  });

  it('hands out files that qpdf, openssl and poppler accept', async () => {
    await page.goto(await mailedLink(page, demo, '電子署名完了のお知らせ', 'download'));
    await page.getByText('全ての手続きが完了しました').waitFor();
    const links = page.getByRole('link', { name: /ダウンロード/u });
    expect(await links.count()).to.equal(2);
    for (let index = 0; index < 2; index += 1) {
      const [download] = await Promise.all([page.waitForEvent('download'), links.nth(index).click()]);
      const pdf = readFileSync(await download.path());
      const verdict = judgeOutside(pdf, path.join(demo.dataDir, 'pki/root.pem'));
      expect(verdict).to.include({ signatures: 2, timestamps: 1 });
      if (index === 0) expect(verdict.text.replaceAll(/\s/gu, '')).to.include(company.replaceAll(/\s/gu, ''));
    }
  });

  it('ran under its Content Security Policy without a violation', () => expect(browser.violations).to.deep.equal([]));
});

/** The link in a mail of the outbox whose subject holds `subject`. */
async function mailedLink(page: Page, demo: RunningDemo, subject: string, kind: 'sign' | 'download', which: 'first' | 'last' = 'first'): Promise<string> {
  let link: string | null | undefined;
  await waitFor(async () => {
    await page.goto(`${demo.url}/outbox`);
    const mails = page.getByRole('article').filter({ hasText: subject });
    const links = await mails.locator(`a[href*="/${kind}#"]`).evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
    link = which === 'first' ? links.at(0) : links.length > 1 ? links.at(-1) : undefined;
    return Boolean(link);
  });
  return link!;
}

function accessCode(demo: RunningDemo): string {
  return /アクセスコード\D*(\d{4})/u.exec(demo.log())![1]!;
}
