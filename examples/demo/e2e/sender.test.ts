import path from 'node:path';
import { expect } from 'chai';
import { degrees, PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { openChromium } from './open-chromium.js';
import type { OpenChromium } from './open-chromium.js';
import { judgeOutside } from './outside.js';
import { endDemo, runDemo, waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { openMailed, signEverything } from './through-the-api.js';

/** A page of 400 × 600 points that is shown turned by 90 degrees. */
async function turnedPage(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage([400, 600]);
  page.setRotation(degrees(90));
  page.drawText('Contract', { x: 40, y: 540, size: 18 });
  return Buffer.from(await document.save());
}

describe('the page of the city', () => {
  let demo: RunningDemo;
  let browser: OpenChromium;
  let page: Page;

  before(async () => {
    demo = await runDemo();
    browser = await openChromium();
    page = browser.page;
  });

  after(async () => {
    await browser?.close();
    if (demo) await endDemo(demo);
  });

  it('says why a file cannot be sent, and goes on with the others', async () => {
    await page.goto(`${demo.url}/sender#new`);
    await page.locator('#files').setInputFiles([
      { name: '壊れた文書.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') },
      { name: '水道管更新工事.pdf', mimeType: 'application/pdf', buffer: await turnedPage() },
    ]);
    await page.getByText('PDF ではありません。').waitFor();
    await page.getByRole('group', { name: '1ページ' }).waitFor();
  });

  it('asks for what is missing before anything is sent', async () => {
    await page.getByRole('button', { name: '送信する', exact: true }).click();
    expect(await page.getByRole('alert').innerText()).to.include('件名');
    await page.getByRole('textbox', { name: '件名' }).fill('水道管 更新工事 請負契約');
    await page.getByRole('textbox', { name: '氏名' }).fill('山田 太郎');
    await page.getByRole('textbox', { name: 'メールアドレス' }).fill('taro@yamada.example');
    await page.locator('#envelope').getByRole('textbox', { name: '取引先' }).fill('株式会社山田建設');
    await page.getByRole('textbox', { name: /^取引金額（円）/u }).fill('1200000');
  });

  it('places a field by keys where it is shown, on a turned page too, and sends', async () => {
    await page.getByRole('button', { name: '署名', exact: true }).click();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowLeft');
    const place = page.getByRole('button', { name: /^署名、1ページ/u });
    const shown = /左から(\d+)ポイント、上から(\d+)ポイント/u.exec((await place.getAttribute('aria-label')) ?? '');
    await page.getByRole('button', { name: '送信する', exact: true }).click();
    await page.getByRole('heading', { name: '水道管 更新工事 請負契約' }).waitFor();
    await page.getByRole('button', { name: '閉じる' }).click();

    const { connection, session } = await openMailed(demo, '水道管 更新工事');
    const [field] = session.fields;
    const [x = 0, y = 0, width, height] = field?.rect ?? [];
    // Shown turned by 90 degrees: what is to the left is low in the file, what is above is to its left.
    expect(y).to.be.closeTo(Number(shown?.[1]), 1);
    expect(x).to.be.closeTo(Number(shown?.[2]), 1);
    expect([width, height].map((size) => Math.round(size ?? 0))).to.deep.equal([70, 70]);
    await signEverything(connection, session, '');
  });

  it('finds the envelope, and hands out the signed document, its certificate and its log', async () => {
    await page.getByRole('textbox', { name: '取引先' }).first().fill('山田建設');
    await page.getByRole('textbox', { name: /^取引金額（から）/u }).fill('1000000');
    await page.getByRole('textbox', { name: /^取引金額（まで）/u }).fill('2000000');
    await page.getByRole('button', { name: '検索する' }).click();
    await waitFor(async () => (await page.locator('#envelopes li').count()) === 1);
    const certificate = page.getByRole('link', { name: /^契約締結証明書/u });
    await waitFor(async () => {
      await page.getByRole('button', { name: '水道管 更新工事 請負契約 を開く' }).click();
      await page.getByText('署名の進行状況').waitFor();
      if (await certificate.isVisible()) return true;
      await page.getByRole('button', { name: '閉じる' }).click();
      return false;
    });
    const bytesOf = async (name: RegExp) => Buffer.from(await (await page.request.get(new URL((await page.getByRole('link', { name }).getAttribute('href')) ?? '', demo.url).href)).body());
    const root = path.join(demo.dataDir, 'pki/root.pem');
    expect(judgeOutside(await bytesOf(/^ダウンロード/u), root)).to.include({ signatures: 1, timestamps: 1 });
    const judged = judgeOutside(await bytesOf(/^契約締結証明書/u), root);
    expect(judged).to.include({ signatures: 1, timestamps: 1 });
    expect(judged.text).to.include('契約締結証明書').and.include('山田 太郎').and.include('契約印タイプ');
    const log = (await bytesOf(/^操作ログ/u)).toString('utf8').trim().split('\n');
    expect(log.map((line) => (JSON.parse(line) as { type: string }).type)).to.include.members(['created', 'sent', 'signed', 'completed']);
  });

  it('folds the search on a narrow screen, and starts at a heading without a ring', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${demo.url}/sender`);
    await page.getByRole('button', { name: /を開く$/u }).first().waitFor();
    expect(await page.getByRole('button', { name: '検索する' }).isVisible()).to.equal(false);
    const heading = page.getByRole('heading', { name: '封筒の一覧' });
    expect(await heading.evaluate((each) => [document.activeElement === each, getComputedStyle(each).outlineStyle, getComputedStyle(each).boxShadow])).to.deep.equal([true, 'none', 'none']);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outline)).to.equal('rgb(0, 0, 0) solid 4px');
    await page.getByText('絞り込む').click();
    await page.getByRole('button', { name: '検索する' }).waitFor();
    await page.setViewportSize({ width: 1280, height: 860 });
    expect(await page.getByRole('button', { name: '検索する' }).isVisible()).to.equal(true);
  });

  it('ran under its Content Security Policy without a violation', () => {
    expect(browser.violations).to.deep.equal([]);
  });
});
