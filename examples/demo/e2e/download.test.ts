import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createEnvelope, uploadDocument } from '@sky-sign/client/sender';
import { expect } from 'chai';
import { PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { openChromium } from './open-chromium.js';
import type { OpenChromium } from './open-chromium.js';
import { endDemo, runDemo, waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { fieldsOfOne, openMailed, senderOf, signEverything } from './through-the-api.js';

const axe = readFileSync(createRequire(new URL('../../../package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
const signer = { name: 'Taro Yamada', email: 'taro@yamada.example', locale: 'en' as const };
const clerk = { name: '会計 次郎', organization: '青葉市', email: 'jiro@aoba.example', role: 'copy' as const };

async function onePage(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.addPage([600, 840]).drawText('Contract', { x: 40, y: 760, size: 18 });
  return new Uint8Array(await document.save());
}

describe('the download page', () => {
  let demo: RunningDemo;
  let browser: OpenChromium;
  let page: Page;
  const links: { [address: string]: string } = {};

  before(async () => {
    demo = await runDemo();
    browser = await openChromium();
    page = browser.page;
    const sender = senderOf(demo);
    const documents = [];
    for (const name of ['工事請負契約書', '設計図書']) documents.push({ id: (await uploadDocument(sender, { name, bytes: await onePage() })).id });
    await createEnvelope(sender, { title: '水道管更新工事', sender: { name: '青葉市', email: 'keiyaku@aoba.example' }, documents, recipients: [{ ...signer, fields: fieldsOfOne }, clerk], send: true });
    const { connection, session } = await openMailed(demo, '水道管更新工事');
    await signEverything(connection, session, 'Yamada');
    for (const { email } of [signer, clerk]) {
      await waitFor(async () => {
        const mail = (await (await fetch(`${demo.url}/outbox`)).text()).split('<article').find((each) => each.includes(email) && each.includes('/download#'));
        links[email] = /\/download#[\w-]+/u.exec(mail ?? '')?.[0] ?? '';
        return links[email] !== '';
      });
    }
  });

  after(async () => {
    await browser?.close();
    if (demo) await endDemo(demo);
  });

  const open = async (link: string, heading: string) => {
    await page.goto('about:blank');
    await page.goto(demo.url + link);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const downloads = () => page.getByRole('link', { name: /^(ダウンロード|Download)/u });

  it('says nothing of an envelope for a link that opens none', async () => {
    await open('/download#skd_nothing-that-was-ever-mailed-to-anybody', 'ページが見つかりません（Not Found）');
    expect(await page.locator('main').innerText()).to.include('差出人へお問い合わせください').and.not.include('青葉市');
  });

  it('asks again for certificates that are still being written, and lets a person ask in the end', async () => {
    await waitForCertificates(links[clerk.email]!, '全ての手続きが完了しました');
    await page.clock.install();
    let [written, asked] = [false, 0];
    await page.route('**/v1/downloads', async (route) => {
      asked += 1;
      const response = await route.fetch();
      const data = (await response.json()) as { documents: { certificate?: unknown }[] };
      if (!written) data.documents.forEach((each) => delete each.certificate);
      await route.fulfill({ response, json: data });
    });
    await open(links[clerk.email]!, '全ての手続きが完了しました');
    expect(await page.getByRole('status').innerText()).to.include('契約締結証明書を作成しています');
    expect(await downloads().count()).to.equal(2);
    const again = page.getByRole('button', { name: 'もう一度確認する' });
    await waitFor(async () => {
      await page.clock.runFor(1000);
      return again.isVisible();
    });
    expect(asked).to.equal(5);
    await again.click();
    await page.getByText('まだできていません').waitFor();
    written = true;
    await again.click();
    await page.getByText('契約締結証明書ができました').waitFor();
    expect(await downloads().count()).to.equal(4);
    expect(await again.isVisible()).to.equal(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).to.equal('ダウンロード　契約締結証明書　設計図書');
    await page.unroute('**/v1/downloads');
  });

  it('names each download, and keeps a lost connection to a message', async () => {
    await waitForCertificates(links[clerk.email]!, '全ての手続きが完了しました');
    const names = await downloads().evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect(names).to.deep.equal(['工事請負契約書', '契約締結証明書　工事請負契約書', '設計図書', '契約締結証明書　設計図書'].map((name) => `ダウンロード　${name}`));
    await page.route('**/v1/downloads', (route) => route.abort());
    await downloads().first().click();
    await page.getByRole('alert').getByText('通信が切れたため').waitFor();
    await page.unroute('**/v1/downloads');
    const [file] = await Promise.all([page.waitForEvent('download'), downloads().first().click()]);
    expect(file.suggestedFilename()).to.equal('工事請負契約書.pdf');
    expect(await page.getByRole('alert').innerText()).to.equal('');
  });

  it('speaks the language of the mail, with the dates and steps of the signing screen', async () => {
    await waitForCertificates(links[signer.email]!, 'Everything is complete');
    expect(await page.evaluate(() => document.documentElement.lang)).to.equal('en');
    const step = page.getByRole('listitem').filter({ hasText: signer.name });
    expect(await step.innerText()).to.match(/\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d JST, You\s+Signed/u);
    await waitForCertificates(links[clerk.email]!, '全ての手続きが完了しました');
    expect(await page.locator('main').innerText()).to.match(/あと14日です。\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d（日本時間）を過ぎると/u);
  });

  it('wears the clothes of the element in both themes, and axe finds nothing', async () => {
    for (const width of [1280, 360]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 860 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} ${colorScheme}`).to.equal(width);
        expect(await page.locator('.banner').evaluate((each) => [getComputedStyle(each).borderTopWidth, getComputedStyle(each).borderTopColor])).to.deep.equal(['3px', colorScheme === 'light' ? 'rgb(25, 122, 75)' : 'rgb(113, 197, 152)']);
        const rows = await page.locator('.files li').evaluateAll((all) => all.map((each) => [...each.children].map((child) => child.getBoundingClientRect().left)));
        expect(new Set(rows.map(String)).size, 'rows of one layout').to.equal(1);
        expect(await violationsOf(page), `${width} ${colorScheme}`).to.deep.equal([]);
      }
    }
  });

  it('ran under its Content Security Policy without a violation', () => {
    expect(browser.violations).to.deep.equal([]);
  });

  async function waitForCertificates(link: string, heading: string): Promise<void> {
    await waitFor(async () => {
      await open(link, heading);
      return (await downloads().count()) === 4;
    });
  }
});

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run();
    return violations.map(({ id }) => id);
  });
}
