import { all, find, reads, says, type, until } from '@sky-sign/widget/testing';
import { expect } from 'storybook/test';
import type { Stage } from './stage.js';

// What a person does, and what a story is about: found by role and name, as a person or a screen reader finds it.

/** Asserts that these words are on the screen. */
export async function shows({ element, lang }: Stage, words: Readonly<Record<'ja' | 'en', string>>): Promise<void> {
  await reads(element, words[lang]);
  await expect(says(element, words[lang])).toBe(true);
}

/** Asserts that a heading of this name is on the screen, in view. */
export async function showsHeading({ element, lang }: Stage, name: Readonly<Record<'ja' | 'en', string>>): Promise<void> {
  await expect(await find(element, 'heading', name[lang])).toBeVisible();
}

export async function click({ element }: Stage, role: string, name: string | RegExp): Promise<void> {
  (await find(element, role, name)).click();
}

export async function enterCode(stage: Stage, code: string = stage.accessCode ?? ''): Promise<void> {
  if (code === '') return click(stage, 'button', stage.words.open);
  type(await find(stage.element, 'textbox', stage.words.code), code);
  await click(stage, 'button', exactly(stage.words.next));
}

/** Past the code, to who signs or what was sent. */
export async function toEnvelope(stage: Stage): Promise<void> {
  await enterCode(stage);
  await until(() => all(stage.element, 'button', stage.words.oneself)[0] ?? all(stage.element, 'button', stage.words.read)[0], 'the envelope');
}

/** Up to the first page, with its fields. */
export async function toDocuments(stage: Stage): Promise<void> {
  const { element, words } = stage;
  await enterCode(stage);
  const next = await until(() => inside(element, 'sky-review') ?? all(element, 'button', words.oneself)[0] ?? all(element, 'button', words.read)[0], 'the envelope');
  if (next.localName === 'button') next.click();
  await until(() => inside(element, 'canvas'), 'a painted page');
  await painted(stage);
}

/** Waits until what is in view is painted. */
export async function painted({ element }: Stage): Promise<void> {
  await until(() => inside(element, 'sky-pages') && !every(element, 'sky-page').some((page) => inView(page) && !inside(page, 'canvas')), 'the pages in view');
}

/** By the checklist, wherever it is. */
export async function goTo(stage: Stage, field: string | RegExp): Promise<void> {
  const { element, words } = stage;
  const inList = (): HTMLElement | undefined => all(element, 'button', field).find((button) => hostOf(button) === 'sky-checklist');
  if (!inList()) await click(stage, 'button', words.list);
  (await until(inList, `${String(field)} in the checklist`)).click();
}

export async function fill(stage: Stage): Promise<void> {
  const { element, words } = stage;
  const date = await until(() => inside<HTMLInputElement>(element, 'input[type=date]'), 'the date');
  type(date, '2026-11-21');
  type(await find(element, 'textbox', words.text1), '青葉県青葉市緑町二丁目3番4号');
  type(await find(element, 'textbox', words.text2), '022-123-4567');
  const tick = await find<HTMLInputElement>(element, 'checkbox', words.check1);
  if (!tick.checked) tick.click();
  await reads(element, stage.lang === 'ja' ? '必須の項目があと2件あります。' : '2 required items left.');
}

/** Opens the seal dialog of a field. */
export async function openSeal(stage: Stage, field: string | RegExp = stage.words.seal1): Promise<void> {
  const { element, words } = stage;
  await goTo(stage, field);
  (await until(() => all(element, 'button', field).find((button) => hostOf(button) === 'sky-field'), `the field ${String(field)}`)).click();
  await find(element, 'button', words.useSeal);
}

export async function seal(stage: Stage, field: string | RegExp): Promise<void> {
  const { element, words } = stage;
  await openSeal(stage, field);
  await click(stage, 'button', words.useSeal);
  await until(() => all(element, 'button', words.useSeal).length === 0, 'the dialog to close');
}

/** Fills in everything that is required. */
export async function fillAll(stage: Stage): Promise<void> {
  await toDocuments(stage);
  await fill(stage);
  await seal(stage, stage.words.seal1);
  await seal(stage, stage.words.seal2);
}

/** Up to the last question. */
export async function toConfirmation(stage: Stage): Promise<void> {
  await fillAll(stage);
  await click(stage, 'button', exactly(stage.words.complete));
  await find(stage.element, 'heading', stage.words.confirmTitle);
}

export async function menu(stage: Stage, item: string | RegExp): Promise<void> {
  const { element, words } = stage;
  await click(stage, 'button', words.more);
  (await until(() => all(element, 'button', item).find((button) => hostOf(button) === 'sky-header'), `${String(item)} in the menu`)).click();
}

export async function zoomTo({ element, lang }: Stage, zoom: '50' | '400' | 'page'): Promise<void> {
  const select = await find<HTMLSelectElement>(element, 'combobox', lang === 'ja' ? '表示倍率' : 'Zoom');
  select.value = zoom;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The zoom that is in effect; 1 is 100 %. */
export function shownZoom({ element }: Stage): number {
  return inside<HTMLElement & { readonly shownZoom: number }>(element, 'sky-toolbar')?.shownZoom ?? 0;
}

/** Asserts that the open dialog itself says this. */
export async function showsInDialog({ element, lang }: Stage, words: Readonly<Record<'ja' | 'en', string>>): Promise<void> {
  const alert = await until(() => inside(element, 'dialog[open] [role=alert]'), 'the message in the dialog');
  await expect(alert).toBeVisible();
  await expect(alert.textContent).toContain(words[lang]);
}

/** Writes the reason, and declines. */
export async function decline(stage: Stage): Promise<void> {
  const { element, words } = stage;
  await menu(stage, words.decline);
  type(await until(() => inside(element, 'textarea#reason'), 'the reason'), '契約金額を確認させてください。');
  await click(stage, 'button', /^(辞退する|Decline)$/u);
}

/** Says who shall sign instead, in the dialog that asks for it. */
export async function handOn(stage: Stage): Promise<void> {
  const { element, lang } = stage;
  type(await find(element, 'textbox', lang === 'ja' ? '氏名' : 'Name'), '山田 花子');
  type(await until(() => inside(element, 'input[type=email]'), 'the address'), 'hanako@yamada-kensetsu.example');
  await click(stage, 'button', /^(依頼する|Ask)$/u);
}

export const exactly = (name: string | RegExp): RegExp => (typeof name === 'string' ? new RegExp(`^${name}$`, 'u') : name);

/** The first element that matches, through shadow roots. */
export function inside<T extends HTMLElement = HTMLElement>(root: Element, selector: string): T | undefined {
  return every<T>(root, selector)[0];
}

export function every<T extends HTMLElement = HTMLElement>(root: Element, selector: string): T[] {
  const found: T[] = [];
  for (const element of root.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []) {
    if (element.matches(selector)) found.push(element as T);
    found.push(...every<T>(element, selector));
  }
  return found;
}

function hostOf(element: Element): string {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host.localName : '';
}

function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

export { all, find, reads, type, until };
