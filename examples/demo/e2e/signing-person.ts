import type { Locator, Page } from 'playwright-core';

/** What a person does on the signing screen, by the names that they see. */
export const signingPerson = (page: Page) => {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    async enterCode(code: string) {
      await page.getByRole('textbox', { name: /^アクセスコード/u }).fill(code);
      await button(/^次へ/u).click();
    },
    /** Types into the field over the page, not into its line of the checklist. */
    async type(name: RegExp, text: string) {
      await field(page, 'textbox', name).fill(text);
    },
    async tick(name: RegExp) {
      await page.getByRole('checkbox', { name }).first().check();
    },
    /** Opens the seal dialog from the checklist and places a seal that is made from text. */
    async sealWithText(name: RegExp, text?: string) {
      await page.getByRole('listitem').filter({ hasText: name }).getByRole('button').first().click();
      await button(/^この画像で署名する/u).waitFor({ timeout: 5000 }).catch(async () => field(page, 'button', name).click());
      if (text !== undefined) await page.getByRole('textbox', { name: /印影の文字|文字/u }).fill(text);
      await button(/^この画像で署名する/u).click();
      await button(/^この画像で署名する/u).waitFor({ state: 'hidden' });
    },
    async agree() {
      await button('完了する').click();
      const consent = page.getByRole('checkbox', { name: /同意します。?$/u });
      if (await consent.isChecked()) throw new Error('The consent was ticked at first.');
      await consent.check();
    },
    finish: () => button(/^署名手続きを完了する/u),
    done: () => page.getByRole('heading', { name: /^手続きが完了しました/u }),
  };
};

function field(page: Page, role: 'textbox' | 'button', name: RegExp): Locator {
  return page.locator('sky-sign').getByRole(role, { name }).last();
}
