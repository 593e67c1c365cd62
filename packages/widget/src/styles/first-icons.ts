import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** The icons of the screens before the access code. */
export const firstShapes = {
  done: svg`<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/><path d="M7.5 12.4l3 3 6-6.2" stroke="var(--_surface)"/>`,
  alert: svg`<path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z" fill="currentColor" stroke="none"/><path d="M12 7v6.2M12 16.6v.1" stroke="var(--_surface)" stroke-width="2.2"/>`,
  info: svg`<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/><path d="M12 11v6M12 7.2v.1" stroke="var(--_surface)" stroke-width="2.2"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

/** A drawing beside words; it says nothing by itself. `size` in CSS pixels. */
export function drawIcon(shape: SVGTemplateResult, size: number, className: string): TemplateResult {
  return html`<svg class=${className} width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

export function firstIcon(name: keyof typeof firstShapes, size = 24): TemplateResult {
  return drawIcon(firstShapes[name], size, '');
}
