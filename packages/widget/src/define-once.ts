/** Registers elements that are not there yet; harmless where there is no DOM, and when it runs twice. */
export function defineOnce(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  if (typeof customElements === 'undefined') return;
  for (const [name, element] of Object.entries(elements)) if (!customElements.get(name)) customElements.define(name, element);
}
