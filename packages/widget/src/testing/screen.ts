// For tests: finds what a person would find, by role and name, through shadow roots.

const roles: Readonly<Record<string, string>> = {
  button: 'button',
  link: 'a[href]',
  heading: 'h1, h2, h3',
  textbox: 'input:not([type=checkbox], [type=radio], [type=date], [type=file], [type=range], [type=number]), textarea',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  combobox: 'select',
  dialog: 'dialog',
  listitem: 'li',
};

/** Every element below `root`, shadow roots included, in the order in which it is read. */
function* everything(root: Element | ShadowRoot): Generator<Element> {
  if (root instanceof Element && root.shadowRoot) yield* everything(root.shadowRoot);
  for (const element of root.children) {
    yield element;
    yield* everything(element);
  }
}

/** What a screen reader calls it, as far as labels and contents tell. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label) return label;
  const labels = (element as HTMLInputElement).labels;
  if (labels?.length) return [...labels].map(({ textContent }) => textContent).join(' ').trim();
  return (element.textContent ?? '').trim().replace(/\s+/gu, ' ');
}

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** All that are on the screen with this role and a name that begins with (or matches) `name`. */
export function all<T extends HTMLElement = HTMLElement>(root: Element, role: string, name: string | RegExp): T[] {
  const selector = `${roles[role] ?? '[role]'}, [role=${role}]`;
  return [...everything(root)].filter((element): element is T => {
    if (!(element instanceof HTMLElement) || !element.matches(selector) || !isShown(element)) return false;
    if (element.hasAttribute('role') && element.getAttribute('role') !== role) return false;
    const own = nameOf(element);
    return typeof name === 'string' ? own.startsWith(name) : name.test(own);
  });
}

/** Waits until `look` finds something. */
export async function until<T>(look: () => T | undefined | false | null, what: string, ms = 15_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** The first of that role and name, as soon as it is on the screen. */
export function find<T extends HTMLElement = HTMLElement>(root: Element, role: string, name: string | RegExp): Promise<T> {
  return until(() => all<T>(root, role, name)[0], `${role} ${String(name)}`);
}

/** The last one: fields on the paper come after the checklist. */
export function findLast<T extends HTMLElement = HTMLElement>(root: Element, role: string, name: string | RegExp): Promise<T> {
  return until(() => all<T>(root, role, name).at(-1), `${role} ${String(name)}`);
}

/** Whether these words are on the screen. */
export function says(root: Element, words: string): boolean {
  for (const element of everything(root)) {
    if (element.localName === 'style' || element.localName === 'script') continue;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes(words) && isShown(element)) return true;
    }
  }
  return false;
}

export function reads(root: Element, words: string): Promise<true> {
  return until(() => says(root, words) || undefined, `the words ${words}`);
}

/** Types as a person does: the field hears of it. */
export function type(input: HTMLElement, text: string): void {
  const field = input as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What of the element reaches past the edge of the window, or of a box that cuts it off; what scrolls, as the paper may, is looked at as a whole. */
export function stickingOut(root: Element, width: number): string[] {
  const found: string[] = [];
  const look = (element: Element, [from, to]: readonly [number, number]): void => {
    const { overflowX, textOverflow, display, clipPath } = getComputedStyle(element);
    // What is there only for its children has no box; what is only spoken is clipped away.
    if ((display !== 'contents' && !isShown(element)) || clipPath !== 'none' || element.localName === 'style') return;
    // A modal dialog is above all boxes around it.
    const [start, end] = element.matches(':modal') ? [0, width] : [from, to];
    const { right, left, width: wide } = element.getBoundingClientRect();
    if (wide > 0 && (right > end + 1 || left < start - 1)) found.push(`${element.localName}.${element.className.toString()} ${Math.round(left)}–${Math.round(right)}`);
    if (element !== root && (/auto|scroll/u.test(overflowX) || textOverflow === 'ellipsis')) return;
    const inner = /hidden|clip/u.test(overflowX) ? ([Math.max(start, left), Math.min(end, right)] as const) : ([start, end] as const);
    for (const child of [...(element.shadowRoot?.children ?? []), ...element.children]) look(child, inner);
  };
  look(root, [0, width]);
  return found;
}

const spacing = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';
const spacingSheets = new WeakSet<ShadowRoot>();

/** Spaces all text but that on the paper, which belongs to the document, as WCAG 1.4.12 says. */
export function spaceText(root: Element): void {
  for (const { shadowRoot } of [root, ...everything(root)]) {
    if (!shadowRoot || spacingSheets.has(shadowRoot) || shadowRoot.host.matches('sky-page, sky-field')) continue;
    spacingSheets.add(shadowRoot);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
  }
}

/** Words that their box cuts off. */
export function cutOff(root: Element): string[] {
  return [...everything(root)].flatMap((element) => {
    if (!(element instanceof HTMLElement) || !isShown(element) || element.matches('.unseen, canvas, input, select, textarea')) return [];
    const { overflowX, overflowY } = getComputedStyle(element);
    const cut = (/hidden|clip/u.test(overflowX) && element.scrollWidth > element.clientWidth + 1) || (/hidden|clip/u.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
    const hasWords = [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim());
    return cut && hasWords ? [`${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 30) ?? ''}`] : [];
  });
}
