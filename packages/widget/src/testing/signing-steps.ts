// For tests: what a person does on the screen of one element.
import { all, find, reads, type, until } from './screen.js';

export async function enterCode(element: Element, code: string): Promise<void> {
  type(await find(element, 'textbox', 'アクセスコード'), code);
  (await find(element, 'button', '次へ')).click();
}

/** Past what was sent and who signs, where that is asked. */
export async function begin(element: Element): Promise<void> {
  const next = await until(() => deep<HTMLElement>(element, 'sky-review') ?? all(element, 'button', /^(自分で署名する|文書を確認する)$/u)[0], 'the envelope');
  if (next.localName === 'button') next.click();
}

/** The same; waits until paper is on the screen, and fields over it. */
export async function firstPage(element: Element): Promise<void> {
  await begin(element);
  await until(() => deep(element, 'canvas'), 'a painted page');
  await until(() => deep(element, 'sky-field'), 'fields');
}

export async function fillTexts(element: Element): Promise<void> {
  type(await find(element, 'textbox', '入力1'), '青葉県青葉市緑町二丁目3番4号');
  type(await find(element, 'textbox', '入力2'), '022-123-4567');
  const date = await until(() => deep<HTMLInputElement>(element, 'input[type=date]'), 'the date');
  type(date, '2026-11-21');
  const tick = await find<HTMLInputElement>(element, 'checkbox', '確認1');
  if (!tick.checked) tick.click();
}

/** Jumps to a signature field by the checklist, and places a seal from text. */
export async function seal(element: Element, name: string): Promise<void> {
  (await find(element, 'button', name)).click();
  const field = await until(() => fieldButton(element, name), `the field ${name}`);
  field.click();
  (await find(element, 'button', 'この画像で署名する')).click();
  await until(() => all(element, 'button', 'この画像で署名する').length === 0 || undefined, 'the dialog to close');
}

/** The control on the paper, not the line of the checklist. */
export function fieldButton(element: Element, name: string): HTMLElement | undefined {
  return all(element, 'button', name).find((button) => button.getRootNode() instanceof ShadowRoot && (button.getRootNode() as ShadowRoot).host.localName === 'sky-field');
}

export async function agree(element: Element): Promise<void> {
  (await find(element, 'button', /^完了する$/u)).click();
  await reads(element, '署名手続きを完了しますか');
  (await find(element, 'checkbox', /同意します。$/u)).click();
}

/** The first element that matches, through shadow roots. */
export function deep<T extends Element = Element>(root: Element, selector: string): T | undefined {
  for (const element of root.shadowRoot?.querySelectorAll('*') ?? []) {
    if (element.matches(selector)) return element as T;
    const found = element.shadowRoot ? deep<T>(element, selector) : undefined;
    if (found) return found;
  }
  return undefined;
}
