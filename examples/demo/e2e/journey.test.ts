import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { Engine } from '../../../.ci/browsers/find-browser.mjs';
import { openPage } from './driving/driven-page.js';
import type { OpenedPage } from './driving/driven-page.js';
import { screenOf } from './driving/screen.js';
import type { Screen } from './driving/screen.js';
import { judgeOutside } from './outside.js';
import { endDemo, runDemo, waitFor } from './running-demo.js';
import type { RunningDemo } from './running-demo.js';
import { signingPerson } from './signing-person.js';

const company = '株式会社髙﨑 𠮷田㈱';
/** As in web-test-runner.config.mjs. */
const engines = (process.env['BROWSERS'] ?? 'chromium').split(',') as Engine[];

for (const engine of engines)
  describe(`the whole journey, in the demo, in ${engine}`, () => {
    let demo: RunningDemo;
    let page: OpenedPage;
    let screen: Screen;

    before(async () => {
      demo = await runDemo();
      page = await openPage(engine);
      screen = screenOf(page);
    });

    afterEach(async function () {
      if (this.currentTest?.state !== 'failed') return;
      const failures = demo.log().split('\n').filter((line) => /"level":[456]0/u.test(line));
      if (failures.length > 0) console.log(`      The server said:\n${failures.slice(-10).join('\n')}`);
      // WebKitGTK sometimes never answers.
      const picture = await Promise.race([page.screenshot(), new Promise<undefined>((resolve) => setTimeout(resolve, 10_000, undefined))]);
      if (!picture) return console.log('      No picture of the screen at the end could be taken.');
      const file = path.join(await mkdtemp(path.join(tmpdir(), 'sky-sign-failed-')), `${engine}.png`);
      await writeFile(file, picture);
      console.log(`      The screen at the end: ${file}`);
    });

    after(async () => {
      await page?.close();
      if (demo) await endDemo(demo);
    });

    it('embeds the element in the portal, with PDF.js in a worker, and follows its events', async () => {
      await page.goto(demo.url);
      const person = signingPerson(screen);
      await person.enterCode(accessCode(demo));
      await screen.reads('旧庁舎跡地 造成工事 請負契約');
      await person.begin();
      for (const name of ['sky-viewed', 'sky-ready', 'sky-authenticated']) await screen.reads(name);
      // WebDriver tells nothing of workers; there, the widget's own test under a strict policy watches for it.
      if (engine !== 'webkit') expect(page.workers()?.map((url) => new URL(url).pathname)).to.deep.equal(['/assets/pdfjs/legacy/build/pdf.worker.min.mjs']);
    });

    it('shows nothing of the envelope before the right code, and counts wrong ones', async () => {
      await page.goto(await mailedLink('署名依頼', 'sign'));
      await signingPerson(screen).enterCode('9999');
      await screen.reads('あと4回入力できます');
      expect(await screen.says('旧庁舎跡地')).to.equal(false);
    });

    it('opens the documents, and opens them again after a reload without the code', async () => {
      const person = signingPerson(screen);
      await person.enterCode(accessCode(demo));
      await person.begin();
      await person.type(/^入力1/u, '青葉県青葉市緑町二丁目3番4号');
      await screen.reads('保存');
      await page.reload();
      await screen.reads('旧庁舎跡地 造成工事 請負契約');
      expect((await screen.find({ role: 'textbox', name: /^入力1/u })).value).to.equal('青葉県青葉市緑町二丁目3番4号');
    });

    it('takes values and seals of the contractor, and one completion out of a double click', async () => {
      const person = signingPerson(screen);
      await person.type(/^入力1/u, company);
      await person.type(/^入力2/u, '022-123-4567');
      await person.tick(/^確認1/u);
      await person.pick(/^日付1/u, '2026-11-21');
      await person.sealWithText(/^署名1/u);
      await person.sealWithText(/^署名2/u);
      await person.agree();
      await person.finish(2);
      await person.done();
    });

    it('says in the portal that nothing is left to sign', async () => {
      await page.goto(demo.url);
      await screen.reads('この契約の手続きは終わっています');
    });

    it('lets the city sign after the contractor', async () => {
      const city = signingPerson(screen);
      await page.goto(await mailedLink('署名依頼', 'sign', 'last'));
      await screen.click({ role: 'button', name: /^文書を開く/u });
      await city.begin();
      await city.sealWithText(/^署名1/u, '青葉市長印');
      await city.agree();
      await city.finish();
      await city.done();
    });

    it('hands out documents and certificates that qpdf, openssl and poppler accept', async () => {
      await page.goto(await mailedLink('電子署名完了のお知らせ', 'download'));
      await screen.reads('全ての手続きが完了しました');
      const documents = ['工事請負契約書', '個人情報の取扱いに関する特記事項'];
      const certificates = documents.map((name) => `契約締結証明書　${name}`);
      // Certificates are written a moment later; the page looks for them by itself for half a minute, then when it is told to.
      const again = { role: 'button', name: /^もう一度確認する/u };
      await waitFor(async () => {
        if ((await screen.all(again)).length > 0) await screen.click(again);
        return (await screen.all({ role: 'link', name: /^ダウンロード/u })).length === 4;
      });
      for (const name of [...documents, ...certificates]) {
        await screen.click({ role: 'link', name: `ダウンロード　${name}` });
        const { signatures, timestamps, text } = judgeOutside(await downloaded(), path.join(demo.dataDir, 'pki/root.pem'));
        // A certificate has the service's signature alone.
        expect([signatures, timestamps], name).to.deep.equal([documents.includes(name) ? 2 : 1, 1]);
        const words = name === documents[0] ? company : certificates.includes(name) ? '契約締結証明書' : name;
        expect(text.replaceAll(/\s/gu, ''), name).to.include(words.replaceAll(/\s/gu, ''));
      }
    });

    it('ran under its Content Security Policy without a violation', async () => {
      expect(await page.violations()).to.deep.equal([]);
      // The listener does hear of violations: a style of an attribute's text is one.
      await page.evaluate(`document.body.setAttribute('style', 'color: red')`);
      await waitFor(async () => (await page.violations()).length > 0);
    });

    /** The link in a mail of the outbox whose subject holds `subject`. */
    async function mailedLink(subject: string, kind: 'sign' | 'download', which: 'first' | 'last' = 'first'): Promise<string> {
      let link: string | undefined;
      await waitFor(async () => {
        await page.goto(`${demo.url}/outbox`);
        const links = (await screen.all({ role: 'link', inside: { role: 'article', text: new RegExp(subject, 'u') } })).flatMap(({ href }) => (href?.includes(`/${kind}#`) ? [href] : []));
        link = which === 'first' ? links.at(0) : links.length > 1 ? links.at(-1) : undefined;
        return Boolean(link);
      });
      return link!;
    }

    /** The only file in the folder of downloads, whole; it is taken out of there. */
    async function downloaded(): Promise<Uint8Array> {
      let [size, pdf] = [-1, new Uint8Array()];
      await waitFor(async () => {
        const names = (await readdir(page.downloads)).filter((name) => name.endsWith('.pdf'));
        if (names.length === 0) return false;
        const file = path.join(page.downloads, names[0]!);
        const before = size;
        pdf = await readFile(file);
        size = pdf.length;
        if (size === 0 || size !== before || (await readdir(page.downloads)).length > 1) return false;
        await rm(file);
        return true;
      });
      return pdf;
    }
  });

function accessCode(demo: RunningDemo): string {
  return /アクセスコード\D*(\d{4})/u.exec(demo.log())![1]!;
}
