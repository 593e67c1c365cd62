import type { Screen } from './driving/screen.js';

/** What a person does on the signing screen, by the names that they see. */
export const signingPerson = (screen: Screen) => {
  const button = (name: string | RegExp) => ({ role: 'button', name });
  /** On the paper, not in the checklist. */
  const field = (role: string, name: RegExp) => ({ role, name, inside: { role: 'group', name: /ページ/u } });
  const finish = button(/^署名手続きを完了する/u);
  return {
    async enterCode(code: string) {
      await screen.type({ role: 'textbox', name: /^アクセスコード/u }, code);
      await screen.click(button(/^次へ/u));
    },
    /** Past what was sent and who signs. */
    begin: () => screen.click(button(/^(自分で署名する|文書を確認する)/u)),
    type: (name: RegExp, text: string) => screen.type(field('textbox', name), text),
    pick: (name: RegExp, day: string) => screen.pick(field('date', name), day),
    tick: (name: RegExp) => screen.click(field('checkbox', name)),
    /** Goes to a field by the checklist and places a seal there that is made from text. */
    async sealWithText(name: RegExp, text?: string) {
      const place = button(/^この画像で署名する/u);
      await screen.click({ role: 'button', inside: { role: 'listitem', text: name } });
      await screen.click(field('button', name));
      if (text !== undefined) await screen.type({ role: 'textbox', name: /文字/u }, text);
      await screen.click(place);
      await screen.gone(place);
    },
    async agree() {
      await screen.click(button('完了する'));
      const consent = { role: 'checkbox', name: /同意します。?$/u };
      if ((await screen.find(consent)).checked) throw new Error('The consent was ticked at first.');
      await screen.click(consent);
    },
    finish: (times = 1) => screen.click(finish, { times }),
    done: () => screen.find({ role: 'heading', name: /^手続きが完了しました/u }),
  };
};
