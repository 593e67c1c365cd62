// Runs in the page under test: finds what a person would find, through shadow roots, by the role and the name that axe computes.
import axe from 'axe-core';

export interface Wanted {
  /** A role of ARIA, or `date` for an input of that type, which has none. */
  readonly role: string;
  /** The whole name, or a regular expression as its source. */
  readonly name?: string | { readonly source: string };
  /** Words that stand in it. */
  readonly text?: { readonly source: string };
  /** What it stands in. */
  readonly inside?: Wanted;
}

export interface Found {
  readonly x: number;
  readonly y: number;
  /** Something else lies over its middle. */
  readonly covered: boolean;
  readonly value?: string;
  readonly checked?: boolean;
  readonly href?: string;
}

/** Part of axe-core's public `commons`, which its types leave out. */
const commons = axe.commons as unknown as {
  readonly aria: { getRole(element: Element): string | null };
  readonly text: { accessibleText(element: Element): string };
};

/** Every element below `root`, shadow roots included, in the order in which it is read. */
function* everything(root: Element | ShadowRoot): Generator<Element> {
  if (root instanceof Element && root.shadowRoot) yield* everything(root.shadowRoot);
  for (const element of root.children) {
    yield element;
    yield* everything(element);
  }
}

const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
const words = (element: Element): string => [element, ...everything(element)].flatMap(({ childNodes }) => [...childNodes]).map((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : '')).join('');
const isDate = (element: Element): boolean => element instanceof HTMLInputElement && element.type === 'date';

function matches(element: Element, { role, name, text }: Wanted): boolean {
  if (!isShown(element) || !(role === 'date' ? isDate(element) : commons.aria.getRole(element) === role)) return false;
  if (text && !new RegExp(text.source, 'u').test(words(element).trim())) return false;
  if (name === undefined) return true;
  const own = commons.text.accessibleText(element).trim();
  return typeof name === 'string' ? own === name : new RegExp(name.source, 'u').test(own);
}

function elements(wanted: Wanted): Element[] {
  axe.setup(document.documentElement);
  try {
    const search = (each: Wanted): Element[] => {
      const places = each.inside ? search(each.inside) : [document.body];
      return places.flatMap((place) => [...everything(place)].filter((element) => matches(element, each)));
    };
    return search(wanted);
  } finally {
    axe.teardown();
  }
}

/** What the mouse would hit, through shadow roots. */
function hit(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === found) return found;
    found = inner;
  }
}

/** Whether one of them stands in the other, as an icon in its button or an input in its label. */
function belongTogether(one: Element, other: Element | null): boolean {
  const up = (from: Element | null): Element[] => (from ? [from, ...up(from.assignedSlot ?? from.parentElement ?? ((from.getRootNode() as ShadowRoot).host ?? null))] : []);
  return up(other).includes(one) || up(one).includes(other as Element);
}

function tell(element: Element): Found {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const { value, checked, href } = element as HTMLInputElement & HTMLAnchorElement;
  return { x, y, covered: !belongTogether(element, hit(x, y)), value, checked, href };
}

const eyes = {
  /** All that are shown, in reading order; `scrollTo` brings one of them into the middle of the window first. */
  all(wanted: Wanted, scrollTo?: number): Found[] {
    const found = elements(wanted);
    if (scrollTo !== undefined) found.at(scrollTo)?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    return found.map(tell);
  },
  /** Whether these words are shown. */
  says: (text: string): boolean => [...everything(document.body)].some((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes(text)) && isShown(element)),
  /** Selects what stands in the input that has the focus, so that typing replaces it. */
  selectAll(): void {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    (focused as HTMLInputElement | null)?.select();
  },
  /** Picks a day, as the browser's own calendar does. */
  pick(wanted: Wanted, day: string): void {
    const input = elements(wanted).at(-1) as HTMLInputElement;
    input.focus();
    input.value = day;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  },
};
export type Eyes = typeof eyes;
Object.assign(globalThis, { eyes });
