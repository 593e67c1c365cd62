/** The language of the nearest element around, through shadow roots (HTML, 3.2.6.1); empty where it is said to be unknown, or nowhere. */
export function languageAround(element: Element): string {
  for (let at: Element | null = parentOf(element); at; at = parentOf(at)) {
    const lang = at.getAttribute('lang');
    if (lang !== null) return lang;
  }
  return '';
}

function parentOf(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
}
